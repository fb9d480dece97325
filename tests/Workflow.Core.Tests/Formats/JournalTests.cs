using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Tests.Formats;

[TestFixture]
internal sealed class JournalTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly ProcessInstanceId _id = new(7);
    private static readonly PartPlace _place = new(7, Number: 1);

    private static readonly string[] _words = [.. Enumerable.Range(0, 40).Select(number => $"word {number}"), "", "😀"];

    private static Gen<JournalEntry> AnyEntry { get; } = Gen.OneOf(AnyFact(), AnyFieldChange());

    [Test]
    [Statement("12.6")]
    public void Every_kind_with_every_combination_of_contents_comes_back([Values] JournalKind kind)
    {
        var entries = new List<JournalEntry>();
        for (var contents = 0; contents < 128; contents++)
        {
            entries.Add(new JournalEntry
            {
                Kind = kind,
                Time = _now.AddTicks(contents),
                ActivityInstance = contents & 1,
                Destination = (contents >> 1) & 1,
                Event = (contents & 4) == 0 ? 0 : int.MaxValue,
                Name = (contents & 8) == 0 ? null : $"name {contents % 20}",
                Detail = (contents & 16) == 0 ? null : "",
                User = (contents & 32) == 0 ? null : "dora",
                Result = (contents & 64) != 0,
            });
        }

        RoundTrip(entries);
    }

    [Test]
    [Statement("12.6")]
    public void Any_facts_come_back() =>
        Prop.ForAll(AnyEntry.NonEmptyListOf().ToArbitrary(), entries => RoundTrip([.. entries])).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void Facts_are_numbered_by_their_place_in_the_history()
    {
        var piece = Write([Fact("a"), Fact("b"), Fact("c")], firstNumber: 4_000_000_000);

        JournalReader.Read(piece, _id, 4_000_000_000).Select(entry => entry.Number).ShouldBe([4_000_000_000, 4_000_000_001, 4_000_000_002]);
    }

    [Test]
    public void A_text_that_occurred_lately_is_not_stored_again()
    {
        var once = Write([Fact("a rather long name")]).Length;

        (Write([Fact("a rather long name"), Fact("a rather long name")]).Length - once).ShouldBeLessThan(8);
    }

    /// <summary>A text can be referred to as long as it is among the last 16 different ones. Before and after that border it must come back.</summary>
    [Test]
    public void A_text_comes_back_on_both_sides_of_the_window([Values(14, 15, 16, 17, 100)] int between)
    {
        List<JournalEntry> entries = [Fact("first"), .. Enumerable.Range(0, between).Select(number => Fact($"other {number}")), Fact("first"), Fact("first")];

        RoundTrip(entries);
    }

    [Test]
    public void A_text_may_be_name_detail_and_user_at_once() =>
        RoundTrip([new JournalEntry { Kind = JournalKind.ProcessStarted, Time = _now, Name = "same", Detail = "same", User = "same" }]);

    [Test]
    public void A_clock_that_is_put_back_does_no_harm() =>
        RoundTrip([Fact("a"), Fact("b") with { Time = DateTimeOffset.MinValue }, Fact("c") with { Time = DateTimeOffset.MaxValue }, Fact("d")]);

    [Test]
    public void A_writer_is_used_again()
    {
        var writer = new JournalWriter();
        writer.Clear();
        Add(writer, Fact("first"));
        writer.End(_id, 1);
        writer.Clear();
        writer.Count.ShouldBe(0);

        Add(writer, Fact("first"));

        writer.End(_id, 1).ToArray().ShouldBe(Write([Fact("first")]));
    }

    private static readonly byte[] _unknown = [0, (byte)(Enum.GetValues<JournalKind>().Max() + 1), 255];

    [TestCaseSource(nameof(_unknown))]
    public void An_unknown_kind_is_refused(byte kind)
    {
        var piece = Piece.Of(
            writer =>
            {
                writer.Instant(_now);
                writer.Byte(kind);
                writer.Byte(0);
                writer.Signed(0);
            },
            PartKind.Journal,
            _place);

        Should.Throw<StoredFormatException>(() => JournalReader.Read(piece, _id, 1));
    }

    [Test]
    public void A_text_that_refers_to_nothing_is_refused([Values(1, 2, int.MaxValue)] int back)
    {
        var piece = Piece.Of(
            writer =>
            {
                writer.Instant(_now);
                writer.Byte((byte)JournalKind.Goto);
                writer.Byte((byte)JournalContents.Name);
                writer.Signed(0);
                writer.Number(back);
            },
            PartKind.Journal,
            _place);

        Should.Throw<StoredFormatException>(() => JournalReader.Read(piece, _id, 1)).Message.ShouldContain($"{back} back");
    }

    [Test]
    public void Damaged_facts_with_a_fitting_checksum_are_refused_or_are_facts([Seeds(20)] int seed)
    {
        var mutations = new Mutations((ulong)seed);
        var content = Piece.Opened(Write([Fact("a"), Fact("b"), Fact("a"), Change("Amount", FieldValue.From(12m)), Change("Names", FieldValue.From("😀"))]));

        for (var count = 0; count < 500; count++)
        {
            try
            {
                JournalReader.Read(Piece.Sealed(mutations.Of(content, from: 2), _place), _id, 1).ShouldAllBe(entry => Enum.IsDefined(entry.Kind));
            }
            catch (StoredFormatException)
            {
                // Refused, as it should be when the bytes say nothing.
            }
        }
    }

    [Test]
    public void A_history_that_is_cut_short_within_a_fact_is_refused()
    {
        var content = Piece.Opened(Write([Fact("only")]));

        for (var length = 2; length < content.Length; length++)
        {
            if (length != 2 + sizeof(long))
            {
                Should.Throw<StoredFormatException>(() => JournalReader.Read(Piece.Sealed(content.AsSpan(0, length), _place), _id, 1), $"length {length}");
            }
        }
    }

    private static JournalEntry Fact(string name) => new() { Kind = JournalKind.Goto, Time = _now, Name = name };

    private static JournalEntry Change(string name, FieldValue value) => new() { Kind = JournalKind.FieldChanged, Time = _now, Name = name, Value = value };

    private static Gen<string?> Word() => Gen.Elements<string?>([.. _words, null, null]);

    private static Gen<JournalEntry> AnyFact() =>
        from kind in Gen.Elements(Enum.GetValues<JournalKind>())
        from ticks in Gen.Choose(int.MinValue, int.MaxValue)
        from numbers in Gen.Elements(0, 1, 127, 128, int.MaxValue).Three()
        from texts in Word().Three()
        from result in ArbMap.Default.GeneratorFor<bool>()
        select new JournalEntry
        {
            Kind = kind,
            Time = _now.AddTicks(ticks),
            ActivityInstance = numbers.Item1,
            Destination = numbers.Item2,
            Event = numbers.Item3,
            Name = texts.Item1,
            Detail = texts.Item2,
            User = texts.Item3,
            Result = result,
        };

    private static Gen<JournalEntry> AnyFieldChange() =>
        from name in Gen.Elements(_words)
        from numbers in Gen.Elements(0, 1, int.MaxValue).Two()
        from value in FieldValues.Any
        select Change(name, value) with { ActivityInstance = numbers.Item1, Destination = numbers.Item2 };

    private static void RoundTrip(IReadOnlyList<JournalEntry> entries)
    {
        var read = JournalReader.Read(Write(entries), _id, 1);

        read.Select(entry => entry with { Number = 0 }).ShouldBe(entries);
        Write(read).ShouldBe(Write(entries));
    }

    private static byte[] Write(IReadOnlyList<JournalEntry> entries, long firstNumber = 1)
    {
        var writer = new JournalWriter();
        foreach (var entry in entries)
        {
            Add(writer, entry);
        }

        writer.Count.ShouldBe(entries.Count);
        return writer.End(_id, firstNumber).ToArray();
    }

    private static void Add(JournalWriter writer, JournalEntry entry)
    {
        if (entry.Kind is JournalKind.FieldChanged && entry.Name is not null && !entry.Result && entry is { Detail: null, User: null, Event: 0 })
        {
            writer.AddFieldChange(entry.Time, entry.ActivityInstance, entry.Destination, entry.Name, entry.Value);
        }
        else
        {
            writer.Add(entry.Kind, entry.Time, entry.ActivityInstance, entry.Destination, entry.Event, entry.Name, entry.Detail, entry.User, entry.Result);
        }
    }
}
