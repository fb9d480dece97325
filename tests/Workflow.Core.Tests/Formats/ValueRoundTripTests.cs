using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Formats;

namespace Workflow.Core.Tests.Formats;

[TestFixture]
internal sealed class ValueRoundTripTests
{
    private static IEnumerable<TestCaseData> Extremes => FieldValues.Extremes.Select((value, index) => new TestCaseData(value).SetArgDisplayNames($"{index}"));

    [TestCaseSource(nameof(Extremes))]
    public void An_extreme_value_comes_back_as_it_was(FieldValue value) => RoundTrip(value);

    [Test]
    public void Any_value_comes_back_as_it_was() =>
        Prop.ForAll(FieldValues.Any.ToArbitrary(), RoundTrip).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Test]
    public void Any_values_one_behind_the_other_come_back_in_order() =>
        Prop.ForAll(FieldValues.Any.ListOf().ToArbitrary(), SequenceRoundTrip).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    /// <summary>Equality of numbers does not see the sign of a zero, trailing zeros or the payload of a value that is not a number. The stored form
    /// does.</summary>
    [Test]
    public void A_number_keeps_its_form()
    {
        Piece.ReadValue(Piece.OfValue(FieldValue.From(1.00m))).ToString().ShouldBe(FieldValue.From(1.00m).ToString());
        BitConverter.DoubleToInt64Bits(Piece.ReadValue(Piece.OfValue(FieldValue.From(-0.0))).Get<double>()).ShouldBe(BitConverter.DoubleToInt64Bits(-0.0));
        decimal.GetBits(Piece.ReadValue(Piece.OfValue(FieldValue.From(-0.00m))).Get<decimal>()).ShouldBe(decimal.GetBits(-0.00m));
    }

    [Test]
    public void A_date_keeps_its_offset([Values(-840, -1, 0, 1, 840)] int minutes)
    {
        var date = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.FromMinutes(minutes));

        var read = Piece.ReadValue(Piece.OfValue(FieldValue.From(date))).Get<DateTimeOffset>();
        var list = Piece.ReadValue(Piece.OfValue(FieldValue.From<IReadOnlyList<DateTimeOffset>>([date]))).Get<IReadOnlyList<DateTimeOffset>>();

        read.EqualsExact(date).ShouldBeTrue();
        list.ShouldHaveSingleItem().EqualsExact(date).ShouldBeTrue();
    }

    /// <summary>Half of a surrogate pair cannot be stored as UTF-8. Replaced in silence, the stored instance would be another one than that in memory, and go
    /// another way after a restart. The text is made here, since an attribute cannot hold it either.</summary>
    [Test]
    [Statement("14.1")]
    public void Half_a_surrogate_pair_is_refused_or_kept([Values] bool high)
    {
        var text = $"a{(high ? '\uD83D' : '\uDE00')}b";
        FieldValue value;
        try
        {
            value = FieldValue.From(text);
        }
        catch (ArgumentException)
        {
            return;
        }

        Piece.ReadValue(Piece.OfValue(value)).ShouldBe(value);
    }

    [Test]
    public void Whole_numbers_come_back()
    {
        ulong[] numbers = [0, 1, 127, 128, 16_383, 16_384, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue];
        var piece = Piece.Of(writer => Array.ForEach(numbers, writer.Number));

        var reader = new PartReader(piece, PartKind.Header, default, "numbers");
        foreach (var number in numbers)
        {
            reader.Number().ShouldBe(number);
        }

        reader.IsAtEnd.ShouldBeTrue();
    }

    [Test]
    public void Signed_numbers_come_back()
    {
        long[] numbers = [0, -1, 1, -64, 64, int.MinValue, int.MaxValue, long.MinValue, long.MaxValue];
        var piece = Piece.Of(writer => Array.ForEach(numbers, writer.Signed));

        var reader = new PartReader(piece, PartKind.Header, default, "numbers");
        foreach (var number in numbers)
        {
            reader.Signed().ShouldBe(number);
        }

        reader.End();
    }

    [Test]
    public void Instants_texts_and_flags_come_back()
    {
        var since = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(2));
        var piece = Piece.Of(writer =>
        {
            writer.Instant(since);
            writer.Instant(DateTimeOffset.MinValue, since);
            writer.OptionalInstant(DateTimeOffset.MaxValue, since);
            writer.OptionalInstant(null, since);
            writer.OptionalText("");
            writer.OptionalText(null);
            writer.Flag(true);
        });

        var reader = new PartReader(piece, PartKind.Header, default, "instants");
        reader.Instant().ShouldBe(since);
        reader.Instant(since).ShouldBe(DateTimeOffset.MinValue);
        reader.OptionalInstant(since).ShouldBe(DateTimeOffset.MaxValue);
        reader.OptionalInstant(since).ShouldBeNull();
        reader.OptionalText().ShouldBe("");
        reader.OptionalText().ShouldBeNull();
        reader.Flag().ShouldBeTrue();
        reader.End();
    }

    [Test]
    public void Pieces_lie_one_behind_the_other_in_one_buffer_that_grows()
    {
        var writer = new PartWriter();
        var pieces = new List<Range>();
        for (var index = 0; index < 500; index++)
        {
            writer.Begin(PartKind.Activity);
            writer.Text($"piece {index}");
            pieces.Add(writer.End(default));
        }

        for (var index = 0; index < pieces.Count; index++)
        {
            var reader = new PartReader(writer.Memory(pieces[index]).Span, PartKind.Activity, default, "piece");
            reader.Text().ShouldBe($"piece {index}");
            reader.End();
        }
    }

    private static void RoundTrip(FieldValue value)
    {
        var piece = Piece.OfValue(value);

        var read = Piece.ReadValue(piece);

        read.ShouldBe(value);
        Piece.OfValue(read).ShouldBe(piece);
    }

    private static void SequenceRoundTrip(IList<FieldValue> values)
    {
        var reader = new PartReader(Piece.Of(writer => values.ToList().ForEach(value => writer.Value(value))), PartKind.Header, default, "values");
        foreach (var value in values)
        {
            reader.Value().ShouldBe(value);
        }

        reader.End();
    }
}
