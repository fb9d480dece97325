using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Formats;

/// <summary>The stored form grows: what a newer version has written is known as newer, and never taken for damage (statement 13.8).</summary>
[TestFixture]
[Statement("13.8")]
internal sealed class NewerFormTests
{
    /// <summary>The lowest version is stored, so these numbers never change. A value that is added later is listed with its version.</summary>
    [Test]
    public void The_lowest_version_has_the_values_that_it_had() =>
        string.Join(", ", StoredChoices.Lowest.Select(item => $"{item.Enumeration.Name} {item.Greatest}")).ShouldBe(
            "ProcessInstanceStatus 4, ActivityInstanceStatus 3, DestinationStatus 3, EventInstanceStatus 8, SlotStatus 3, DestinationKind 3, FieldType 8, "
            + "JournalKind 37, ProcessTimerKind 0, FiringStatus 0, DelayKind 0");

    [Test]
    public void Every_stored_value_has_the_version_that_it_came_with_and_no_other_number_has_one()
    {
        foreach (var (enumeration, _) in StoredChoices.Lowest)
        {
            var versions = StoredChoices.VersionsOf(enumeration);
            Enumerable.Range(0, versions.Length).Where(number => versions[number] != 0).ShouldBe(
                Enum.GetValues(enumeration).Cast<object>().Select(value => (int)value), enumeration.Name);
        }
    }

    [Test]
    public void Every_kind_of_piece_is_known() =>
        Enumerable.Range(0, 256).Where(kind => !PartFormat.IsUnknown((byte)kind)).ShouldBe(Enum.GetValues<PartKind>().Select(kind => (int)kind));

    [Test]
    public void A_piece_above_the_latest_version_of_its_kind_is_newer([Values] PartKind kind)
    {
        var newer = (byte)(PartFormat.Latest(kind) + 1);
        var piece = Piece.Of(writer => writer.Raise(newer), kind);

        var refusal = Should.Throw<StoredFormatException>(() => new PartReader(piece, kind, default, "piece").End());

        refusal.IsFromNewerVersion.ShouldBeTrue();
        refusal.Message.ShouldContain($"version {newer}");
    }

    [Test]
    public void A_piece_of_the_latest_version_is_read_and_says_its_version([Values] PartKind kind)
    {
        var latest = PartFormat.Latest(kind);

        new PartReader(Piece.Of(writer => writer.Raise(latest), kind), kind, default, "piece").Version.ShouldBe(latest);
    }

    [Test]
    public void A_version_is_raised_and_never_lowered()
    {
        var piece = Piece.Of(
            writer =>
            {
                writer.Raise(200);
                writer.Raise(100);
            });

        piece[0].ShouldBe((byte)200);
    }

    [Test]
    public void A_sound_piece_of_an_unknown_kind_is_newer()
    {
        var unknown = (byte)(Enum.GetValues<PartKind>().Max() + 1);

        var refusal = Should.Throw<StoredFormatException>(() => new PartReader(Piece.Of(_ => { }, (PartKind)unknown), PartKind.Header, default, "piece").End());

        refusal.IsFromNewerVersion.ShouldBeTrue();
        refusal.Message.ShouldContain($"kind {unknown}");
    }

    [Test]
    public void A_newer_piece_that_is_damaged_is_damaged()
    {
        var piece = Piece.Of(writer => writer.Raise(100));
        piece[^1] ^= 1;

        Should.Throw<StoredFormatException>(() => new PartReader(piece, PartKind.Header, default, "piece").End()).IsFromNewerVersion.ShouldBeFalse();
    }

    [Test]
    public void An_unknown_value_in_a_known_version_is_damage()
    {
        var piece = Piece.Of(writer => writer.Byte((byte)(Enum.GetValues<SlotStatus>().Max() + 1)));

        Should.Throw<StoredFormatException>(() => new PartReader(piece, PartKind.Header, default, "piece").Choice<SlotStatus>())
            .IsFromNewerVersion.ShouldBeFalse();
    }

    [Test]
    public void A_history_of_a_newer_version_is_newer()
    {
        var piece = Piece.Of(writer => writer.Raise((byte)(PartFormat.Latest(PartKind.Journal) + 1)), PartKind.Journal);

        Should.Throw<StoredFormatException>(() => JournalReader.Read(piece, default, 0)).IsFromNewerVersion.ShouldBeTrue();
    }
}
