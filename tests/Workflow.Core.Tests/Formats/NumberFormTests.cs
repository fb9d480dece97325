using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Formats;

/// <summary>A number has exactly one stored form.</summary>
[TestFixture]
internal sealed class NumberFormTests
{
    [TestCase(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02 }, TestName = "A_number_of_65_bits_is_refused")]
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, TestName = "A_number_of_70_bits_is_refused")]
    [TestCase(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 }, TestName = "A_number_of_eleven_bytes_is_refused")]
    [TestCase(new byte[] { 0x80, 0x80 }, TestName = "A_number_that_does_not_end_is_refused")]
    public void A_number_that_is_none_is_refused(byte[] content) => Should.Throw<StoredFormatException>(() => Number(content));

    [TestCase(new byte[] { 0x80, 0x00 }, TestName = "Zero_in_two_bytes_is_refused")]
    [TestCase(new byte[] { 0xFF, 0x00 }, TestName = "127_in_two_bytes_is_refused")]
    [TestCase(new byte[] { 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00 }, TestName = "One_in_ten_bytes_is_refused")]
    public void A_number_longer_than_needed_is_refused(byte[] content) => Should.Throw<StoredFormatException>(() => Number(content));

    [Test]
    public void The_greatest_number_is_read() =>
        Number([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]).ShouldBe(ulong.MaxValue);

    [Test]
    public void A_count_of_32_bits_is_refused() =>
        Should.Throw<StoredFormatException>(() => Read([0x80, 0x80, 0x80, 0x80, 0x08], static (ref PartReader reader) => reader.Integer()));

    [Test]
    public void A_long_of_64_bits_is_refused() => Should.Throw<StoredFormatException>(() =>
        Read([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], static (ref PartReader reader) => reader.Long()));

    [Test]
    public void A_count_of_more_elements_than_bytes_is_refused()
    {
        Read([2, 0, 0], static (ref PartReader reader) => reader.Count()).ShouldBe(2);
        Should.Throw<StoredFormatException>(() => Read([3, 0, 0], static (ref PartReader reader) => reader.Count())).Message.ShouldContain("3 elements");
    }

    [Test]
    public void A_flag_other_than_zero_and_one_is_refused([Values(2, 0x80, 0xFF)] byte flag) =>
        Should.Throw<StoredFormatException>(() => Read([flag], static (ref PartReader reader) => reader.Flag()));

    [Test]
    public void An_unknown_number_of_an_enumeration_is_refused([Range(0, 255)] int number)
    {
        var since = StoredChoices<JournalKind>.SinceOf((byte)number);
        (since != 0).ShouldBe(Enum.IsDefined((JournalKind)number));
        if (since == PartFormat.Lowest)
        {
            Read([(byte)number], static (ref PartReader reader) => reader.Choice<JournalKind>()).ShouldBe((JournalKind)number);
        }
        else
        {
            Should.Throw<StoredFormatException>(() => Read([(byte)number], static (ref PartReader reader) => reader.Choice<JournalKind>()));
        }

        if (since != 0)
        {
            var reader = new PartReader(Piece.Sealed([since, (byte)PartKind.Journal, (byte)number]), PartKind.Journal, default, "number");
            reader.Choice<JournalKind>().ShouldBe((JournalKind)number, "a piece of the version that it came with has it");
        }
    }

    [Test]
    public void An_instant_outside_of_the_calendar_is_refused([Values(-1L, long.MinValue, long.MaxValue)] long ticks) =>
        Should.Throw<StoredFormatException>(() => Read(BitConverter.GetBytes(ticks), static (ref PartReader reader) => reader.Instant()));

    [Test]
    public void A_distance_that_leads_out_of_the_calendar_is_refused([Values(long.MinValue, long.MaxValue, -1L)] long distance) =>
        Should.Throw<StoredFormatException>(() => Read(
            Piece.Opened(Piece.Of(writer => writer.Signed(distance)))[2..], static (ref PartReader reader) => reader.Instant(DateTimeOffset.MinValue)));

    private static ulong Number(byte[] content) => Read(content, static (ref PartReader reader) => reader.Number());

    private static T Read<T>(byte[] content, Reading<T> read)
    {
        var reader = new PartReader(Piece.OfContent(content), PartKind.Header, default, "number");
        return read(ref reader);
    }

    private delegate T Reading<T>(ref PartReader reader);
}
