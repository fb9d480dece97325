using Workflow.Core.Formats;

namespace Workflow.Core.Tests.Formats;

[TestFixture]
internal sealed class RefusalTests
{
    private static readonly FieldValue _list = FieldValue.From<IReadOnlyList<string>>(["one", "two", "😀"]);

    private static IEnumerable<TestCaseData> Malformed =>
    [
        Case("an unknown field type", [9]),
        Case("field type zero in a list", [0x80, 0]),
        Case("an unknown field type in a list", [0x80 | 9, 0]),
        Case("a boolean of 2", [(byte)FieldType.Boolean, 4]),
        Case("a boolean of -1", [(byte)FieldType.Boolean, 1]),
        Case("33 bits in an integer", [(byte)FieldType.Integer, 0x80, 0x80, 0x80, 0x80, 0x20]),
        Case("a text longer than the bytes", [(byte)FieldType.String, 5, 0x41]),
        Case("a text of negative length", [(byte)FieldType.String, .. Varint(ulong.MaxValue)]),
        Case("a text as long as an int can say", [(byte)FieldType.String, .. Varint(int.MaxValue)]),
        Case("bytes longer than there are", [(byte)FieldType.Binary, .. Varint(int.MaxValue)]),
        Case("a list longer than the bytes", [0x80 | (byte)FieldType.Decimal, .. Varint(int.MaxValue)]),
        Case("a list longer than a count", [0x80 | (byte)FieldType.Boolean, .. Varint((ulong)int.MaxValue + 1)]),
        Case("broken UTF-8", [(byte)FieldType.String, 1, 0xC3]),
        Case("a surrogate in UTF-8", [(byte)FieldType.String, 3, 0xED, 0xA0, 0x80]),
        Case("an overlong character", [(byte)FieldType.String, 2, 0xC0, 0x80]),
        Case("a decimal with 29 places", [(byte)FieldType.Decimal, .. Varint(29u << 16), 0, 1]),
        Case("a decimal with unknown flags", [(byte)FieldType.Decimal, 1, 0, 1]),
        Case("a decimal of more than 96 bits", [(byte)FieldType.Decimal, 0, .. Varint(1UL << 32), 1]),
        Case("a decimal with flags of 64 bits", [(byte)FieldType.Decimal, .. Varint(1UL << 40), 0, 1]),
        Case("a date before the calendar", [(byte)FieldType.Date, 0, .. Varint(1)]),
        Case("a date behind the calendar", [(byte)FieldType.Date, .. Varint((ulong)DateTime.MaxValue.Ticks + 1), 0]),
        Case("a date with an offset of 15 hours", [(byte)FieldType.Date, .. Varint(TimeSpan.TicksPerDay), .. Varint(15 * 60 * 2)]),
        Case("a date with the least offset there is", [(byte)FieldType.Date, .. Varint(TimeSpan.TicksPerDay), .. Varint(ulong.MaxValue)]),
        Case("a double cut short", [(byte)FieldType.Double, 1, 2, 3]),
        Case("a date without a time, in a version that has none", [(byte)FieldType.DateOnly, 0]),
        Case("an amount of time, in a version that has none", [(byte)FieldType.TimeSpan, 0]),
        Case("nothing at all", []),
        Case("bytes behind the value", [0, 0]),
    ];

    [TestCaseSource(nameof(Malformed))]
    public void Bytes_that_are_no_value_are_refused(byte[] content) => Should.Throw<StoredFormatException>(() => Piece.ReadValue(Piece.OfContent(content)));

    [Test]
    public void A_piece_that_is_cut_short_is_refused_at_every_length()
    {
        var piece = Piece.OfValue(_list);

        for (var length = 0; length < piece.Length; length++)
        {
            Should.Throw<StoredFormatException>(() => Piece.ReadValue(piece[..length]), $"length {length}");
        }
    }

    /// <summary>With a fitting checksum behind it, so that the content itself is found to be incomplete.</summary>
    [Test]
    public void A_content_that_is_cut_short_is_refused_at_every_length()
    {
        var content = Piece.Opened(Piece.OfValue(_list));

        for (var length = 0; length < content.Length; length++)
        {
            Should.Throw<StoredFormatException>(() => Piece.ReadValue(Piece.Sealed(content.AsSpan(0, length))), $"length {length}");
        }
    }

    [Test]
    public void Any_byte_changed_to_any_other_is_noticed()
    {
        var piece = Piece.OfValue(_list);

        for (var at = 0; at < piece.Length; at++)
        {
            for (var difference = 1; difference < 256; difference++)
            {
                var damaged = (byte[])piece.Clone();
                damaged[at] ^= (byte)difference;
                Should.Throw<StoredFormatException>(() => Piece.ReadValue(damaged), $"byte {at}");
            }
        }
    }

    [Test]
    public void Another_version_is_refused_and_named([Values(0, 100, 255)] byte version) =>
        Should.Throw<StoredFormatException>(() => Piece.ReadValue(Piece.Sealed([version, (byte)PartKind.Header, 0])))
            .Message.ShouldContain($"version {version}");

    [Test]
    public void Another_kind_is_refused([Values] PartKind written, [Values] PartKind read)
    {
        var piece = Piece.Of(writer => writer.Byte(0), written);

        if (written == read)
        {
            new PartReader(piece, read, default, "piece").Byte().ShouldBe((byte)0);
        }
        else
        {
            Should.Throw<StoredFormatException>(() => new PartReader(piece, read, default, "piece").Byte()).Message.ShouldContain($"kind {(int)written}");
        }
    }

    [Test]
    [Statement("14.7b")]
    public void A_piece_in_the_place_of_another_is_refused()
    {
        var place = new PartPlace(1, 2, 3, 4);
        var piece = Piece.Of(writer => writer.Byte(7), place: place);

        new PartReader(piece, PartKind.Header, place, "piece").Byte().ShouldBe((byte)7);
        PartPlace[] others = [place with { Process = 2 }, place with { ActivityInstance = 3 }, place with { Destination = 2 }, place with { Number = 5 }];
        foreach (var other in others)
        {
            Should.Throw<StoredFormatException>(() => new PartReader(piece, PartKind.Header, other, "piece").Byte()).Message.ShouldContain("place of another");
        }
    }

    /// <summary>As version 0.1 has written it.</summary>
    [Test]
    [Statement("13.8")]
    public void A_piece_of_the_lowest_version_is_read_in_any_place([Values(1L, 2L)] long process) =>
        new PartReader(Piece.OfContent([7]), PartKind.Header, new PartPlace(process), "piece").Byte().ShouldBe((byte)7);

    [Test]
    public void The_message_names_the_stored_thing_and_says_that_it_was_left_alone()
    {
        var message = Should.Throw<StoredFormatException>(() => new PartReader([], PartKind.Header, default, "process instance 7").Byte()).Message;

        message.ShouldContain("process instance 7");
        message.ShouldContain("left as it is");
    }

    [Test]
    public void Bytes_behind_the_end_are_refused_and_counted() =>
        Should.Throw<StoredFormatException>(() => Piece.ReadValue(Piece.OfContent([0, 1, 2, 3]))).Message.ShouldContain("3 bytes");

    /// <summary>Every such result is either refused, or a value that is written and read again as itself.</summary>
    [Test]
    public void A_damaged_value_with_a_fitting_checksum_is_refused_or_is_a_value([Seeds(20)] int seed)
    {
        var mutations = new Mutations((ulong)seed);
        var originals = FieldValues.Extremes.Select(value => Piece.Opened(Piece.OfValue(value))).ToList();

        for (var count = 0; count < 500; count++)
        {
            var damaged = Piece.Sealed(mutations.Of(originals[mutations.Next(originals.Count)], from: 2));
            try
            {
                var value = Piece.ReadValue(damaged);
                Piece.ReadValue(Piece.OfValue(value)).ShouldBe(value);
            }
            catch (StoredFormatException)
            {
                // Refused, as it should be when the bytes say nothing.
            }
        }
    }

    private static TestCaseData Case(string name, byte[] content) => new TestCaseData(content).SetArgDisplayNames(name);

    private static byte[] Varint(ulong number) => Piece.Opened(Piece.Of(writer => writer.Number(number)))[2..];

    private static byte[] Varint(long number) => Varint((ulong)number);

    private static byte[] Varint(int number) => Varint((ulong)number);

    private static byte[] Varint(uint number) => Varint((ulong)number);
}
