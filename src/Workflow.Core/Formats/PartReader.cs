using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Workflow.Core.Formats;

/// <summary>Reads one stored piece. Everything it does not understand to the last byte is refused.</summary>
internal ref struct PartReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _what;
    private ReadOnlySpan<byte> _rest;

    public PartReader(ReadOnlySpan<byte> piece, PartKind kind, in PartPlace place, string what)
    {
        _what = what;
        if (!PartFormat.HasFrame(piece))
        {
            throw Refuse("it is cut short");
        }

        if (!PartFormat.IsSound(piece, place))
        {
            throw Refuse("its checksum does not fit, so it is damaged, or is in the place of another");
        }

        Version = piece[0];
        if (PartFormat.IsNewer(piece))
        {
            throw Newer(piece, what);
        }

        if (piece[1] != (byte)kind)
        {
            throw Refuse($"it is a piece of kind {piece[1].Invariant()} and not a {kind}");
        }

        if (Version < PartFormat.Lowest)
        {
            throw Refuse($"its format has version {Version.Invariant()}, and the lowest is {PartFormat.Lowest.Invariant()}");
        }

        _rest = piece[2..^PartFormat.ChecksumLength];
    }

    /// <summary>The version of the piece. It holds nothing that came with a later version.</summary>
    public byte Version { get; }

    /// <summary>Says of a sound piece that a newer version of the library wrote it.</summary>
    public static StoredFormatException Newer(ReadOnlySpan<byte> piece, string what)
    {
        var why = PartFormat.IsUnknown(piece[1])
            ? $"it is a piece of kind {piece[1].Invariant()}, which this library does not know"
            : $"its format has version {piece[0].Invariant()}, and this library knows version {PartFormat.Latest((PartKind)piece[1]).Invariant()}";
        return new StoredFormatException(
            $"The stored {what} cannot be read: {why}. Use the version of the library that wrote it, or a newer one. It was left as it is.",
            isFromNewerVersion: true);
    }

    public readonly StoredFormatException Refuse(string reason) =>
        new($"The stored {_what} cannot be read: {reason}. It was left as it is.");

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Refuses leftover bytes.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Refuse($"{_rest.Length.Invariant()} bytes follow its end");
        }
    }

    public byte Byte()
    {
        var value = Take(1)[0];
        return value;
    }

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw Refuse($"{other.Invariant()} is neither yes nor no"),
    };

    /// <summary>The checksum of another piece.</summary>
    public uint Checksum() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public uint? OptionalChecksum() => Flag() ? Checksum() : null;

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                if (shift > 0 && next == 0)
                {
                    throw Refuse("a number is longer than it needs to be");
                }

                return shift == 63 && next > 1 ? throw Refuse("a number is too large") : value;
            }
        }

        throw Refuse("a number is too long");
    }

    public int Integer()
    {
        var value = Number();
        return value <= int.MaxValue ? (int)value : throw Refuse("a count is too large");
    }

    public long Long()
    {
        var value = Number();
        return value <= long.MaxValue ? (long)value : throw Refuse("a number is too large");
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A count of things that take at least one byte each, so that a damaged one cannot ask for more memory than there are bytes.</summary>
    public int Count()
    {
        var count = Integer();
        return count <= _rest.Length ? count : throw Refuse($"it announces {count.Invariant()} elements and holds {_rest.Length.Invariant()} bytes");
    }

    public string Text()
    {
        var bytes = Take(Integer());
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Refuse("a text is not valid UTF-8");
        }
    }

    public string? OptionalText() => Flag() ? Text() : null;

    public DateTimeOffset Instant() => Instant(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long))));

    public DateTimeOffset Instant(DateTimeOffset since) => Instant(unchecked(since.UtcTicks + Signed()));

    public DateTimeOffset? OptionalInstant(DateTimeOffset since) => Flag() ? Instant(since) : null;

    /// <summary>One of the values of an enumeration that the version of the piece has.</summary>
    public T Choice<T>()
        where T : struct, Enum
    {
        var number = Byte();
        var since = StoredChoices<T>.SinceOf(number);
        return since != 0 && since <= Version ? StoredChoices<T>.Of(number) : throw Refuse($"{number.Invariant()} is not a {typeof(T).Name}");
    }

    public FieldValue Value()
    {
        var tag = Byte();
        if (tag == 0)
        {
            return FieldValue.Null;
        }

        var number = (byte)(tag & ~ValueTag.List);
        var since = StoredChoices<FieldType>.SinceOf(number);
        var type = since != 0 && since <= Version ? StoredChoices<FieldType>.Of(number) : throw Refuse($"{number.Invariant()} is not a field type");
        return (tag & ValueTag.List) == 0 ? Scalar(type) : List(type);
    }

    private FieldValue Scalar(FieldType type) => type switch
    {
        FieldType.Boolean => FieldValue.From(Boolean()),
        FieldType.Date => FieldValue.From(Date()),
        FieldType.Decimal => FieldValue.From(Decimal()),
        FieldType.Double => FieldValue.From(Double()),
        FieldType.Integer => FieldValue.From(Integer32()),
        FieldType.Long => FieldValue.From(Signed()),
        FieldType.String => FieldValue.From(Text()),
        FieldType.Binary => FieldValue.OfBytes(Bytes()),
        FieldType.DateOnly => FieldValue.From(Day()),
        FieldType.TimeSpan => FieldValue.From(new TimeSpan(Signed())),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private FieldValue List(FieldType type)
    {
        var count = Count();
        switch (type)
        {
            case FieldType.Boolean: return Elements(type, count, static (ref PartReader reader) => reader.Boolean());
            case FieldType.Date: return Elements(type, count, static (ref PartReader reader) => reader.Date());
            case FieldType.Decimal: return Elements(type, count, static (ref PartReader reader) => reader.Decimal());
            case FieldType.Double: return Elements(type, count, static (ref PartReader reader) => reader.Double());
            case FieldType.Integer: return Elements(type, count, static (ref PartReader reader) => reader.Integer32());
            case FieldType.Long: return Elements(type, count, static (ref PartReader reader) => reader.Signed());
            case FieldType.String: return Elements(type, count, static (ref PartReader reader) => reader.Text());
            case FieldType.Binary: return Elements(type, count, static (ref PartReader reader) => (ReadOnlyMemory<byte>)reader.Bytes());
            case FieldType.DateOnly: return Elements(type, count, static (ref PartReader reader) => reader.Day());
            case FieldType.TimeSpan: return Elements(type, count, static (ref PartReader reader) => new TimeSpan(reader.Signed()));
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private delegate T ElementReader<T>(ref PartReader reader);

    private FieldValue Elements<T>(FieldType type, int count, ElementReader<T> read)
    {
        var elements = ImmutableArray.CreateBuilder<T>(count);
        for (var index = 0; index < count; index++)
        {
            elements.Add(read(ref this));
        }

        return FieldValue.OfArray(type, elements.MoveToImmutable());
    }

    private bool Boolean() => Signed() switch
    {
        0 => false,
        1 => true,
        var other => throw Refuse("a value is neither true nor false"),
    };

    private DateOnly Day() => Signed() is >= 0 and <= 3_652_058 and var day ? DateOnly.FromDayNumber((int)day) : throw Refuse("a date is out of range");

    private int Integer32()
    {
        var value = Signed();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Refuse("a number has more than 32 bits");
    }

    private DateTimeOffset Date()
    {
        var instant = Instant(Long());
        var minutes = Signed();
        if (minutes is < -14 * 60 or > 14 * 60)
        {
            throw Refuse("an offset from UTC is more than 14 hours");
        }

        var offset = TimeSpan.FromMinutes(minutes);
        var local = instant.UtcTicks + offset.Ticks;
        return local >= 0 && local <= DateTime.MaxValue.Ticks ? instant.ToOffset(offset) : throw Refuse("a date lies outside of the calendar");
    }

    private double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    private decimal Decimal()
    {
        var flags = Number();
        var high = Number();
        var low = Number();
        const ulong Allowed = 0x80FF0000;
        if ((flags & ~Allowed) != 0 || ((flags >> 16) & 0xFF) > 28 || high > uint.MaxValue)
        {
            throw Refuse("a decimal number is malformed");
        }

        return new decimal([(int)low, (int)(low >> 32), (int)high, (int)flags]);
    }

    private byte[] Bytes() => Take(Integer()).ToArray();

    private readonly DateTimeOffset Instant(long utcTicks) => utcTicks >= 0 && utcTicks <= DateTime.MaxValue.Ticks
        ? new DateTimeOffset(utcTicks, TimeSpan.Zero)
        : throw Refuse("an instant lies outside of the calendar");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw Refuse("it is cut short");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
