using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Workflow.Core.Formats;

/// <summary>Writes stored pieces one behind the other into one buffer, which is used again for the next commit.</summary>
internal sealed class PartWriter
{
    private const int MostKept = 1 << 20;

    private byte[] _buffer = new byte[1024];
    private int _length;
    private int _start;

    /// <summary>Where the piece begins that is being written.</summary>
    public int Start => _start;

    /// <summary>The version of the piece that is being written, as far as it is raised by now.</summary>
    public byte Version => _buffer[_start];

    /// <summary>Makes ready for the next pieces. A buffer that one large value has made is not kept.</summary>
    public void Clear()
    {
        if (_buffer.Length > MostKept)
        {
            _buffer = new byte[1024];
        }

        _length = 0;
        _start = 0;
    }

    /// <summary>Begins a piece, in the lowest version of the format that is written.</summary>
    public void Begin(PartKind kind, byte version = PartFormat.Placed)
    {
        _start = _length;
        Byte(version);
        Byte((byte)kind);
    }

    /// <summary>Says that the piece holds something that came with a version. A piece has the lowest version that can express it. So an older library reads as
    /// much as it can, and leaves the rest to newer ones.</summary>
    public void Raise(byte version)
    {
        if (_buffer[_start] < version)
        {
            _buffer[_start] = version;
        }
    }

    /// <summary>Room for several small things in a row. <see cref="GiveBack"/> returns the part that was not needed.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }

        var span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }

    public void GiveBack(int count) => _length -= count;

    /// <summary>Puts a number into room that was reserved, seven bits to a byte.</summary>
    /// <returns>The place behind it.</returns>
    public static int Put(Span<byte> room, int place, ulong value)
    {
        while (value >= 0x80)
        {
            room[place++] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[place++] = (byte)value;
        return place;
    }

    /// <summary>Closes the piece with its checksum.</summary>
    /// <param name="place">The place where it will be stored.</param>
    /// <returns>Where it lies in the buffer.</returns>
    public Range End(in PartPlace place)
    {
        var checksum = PartFormat.Checksum(_buffer.AsSpan(_start.._length), place);
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), checksum);
        return _start.._length;
    }

    /// <summary>The checksum of a piece that is closed.</summary>
    public uint ChecksumOf(Range piece) => PartFormat.ChecksumOf(_buffer.AsSpan(piece));

    /// <summary>The bytes of a piece; good until the next <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Memory(Range piece) => _buffer.AsMemory(piece);

    public void Byte(byte value) => Reserve(1)[0] = value;

    /// <summary>One of the values of an enumeration.</summary>
    public void Choice<T>(T value)
        where T : struct, Enum
    {
        var number = StoredChoices<T>.NumberOf(value);
        Raise(StoredChoices<T>.SinceOf(number));
        Byte(number);
    }

    /// <summary>The checksum of another piece.</summary>
    public void Checksum(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);

    public void OptionalChecksum(uint? value)
    {
        Flag(value is not null);
        if (value is { } checksum)
        {
            Checksum(checksum);
        }
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>A number that is not negative, seven bits to a byte.</summary>
    public void Number(ulong value)
    {
        if (value < 0x80)
        {
            Byte((byte)value);
            return;
        }

        var span = Reserve(10);
        _length -= span.Length - Put(span, 0, value);
    }

    public void Number(int value) => Number((ulong)(uint)value);

    public void Number(long value) => Number((ulong)value);

    /// <summary>A number that may be negative; small ones of either sign are short.</summary>
    public void Signed(long value) => Number(ZigZag(value));

    /// <summary>A number that may be negative as one that may not; small ones of either sign stay small.</summary>
    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public void Text(string value)
    {
        if (value.Length < 0x80 && Ascii.IsValid(value))
        {
            Byte((byte)value.Length);
            Ascii.FromUtf16(value, Reserve(value.Length), out _);
            return;
        }

        var bytes = Encoding.UTF8.GetByteCount(value);
        Number(bytes);
        Encoding.UTF8.GetBytes(value, Reserve(bytes));
    }

    public void OptionalText(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Instant(DateTimeOffset value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), value.UtcTicks);

    /// <summary>An instant as its distance from another.</summary>
    public void Instant(DateTimeOffset value, DateTimeOffset since) => Signed(value.UtcTicks - since.UtcTicks);

    public void OptionalInstant(DateTimeOffset? value, DateTimeOffset since)
    {
        Flag(value is not null);
        if (value is { } instant)
        {
            Instant(instant, since);
        }
    }

    public void Value(in FieldValue value)
    {
        if (value.IsNull)
        {
            Byte(0);
            return;
        }

        var type = StoredChoices<FieldType>.NumberOf(value.Type);
        Raise(StoredChoices<FieldType>.SinceOf(type));
        Byte((byte)(type | (value.IsList ? ValueTag.List : 0)));
        if (value.IsList)
        {
            List(value);
        }
        else
        {
            Scalar(value);
        }
    }

    private void Scalar(in FieldValue value)
    {
        switch (value.Type)
        {
            case FieldType.Decimal:
                Decimal(value.Number);
                break;
            case FieldType.Double:
                Double(value.Floating);
                break;
            case FieldType.String:
                Text((string)value.Reference!);
                break;
            case FieldType.Binary:
                Bytes((byte[])value.Reference!);
                break;
            case FieldType.Date:
                Date(value.Whole, value.OffsetMinutes);
                break;
            default:
                Signed(value.Whole);
                break;
        }
    }

    private void List(in FieldValue value)
    {
        switch (value.Reference)
        {
            case ImmutableArray<bool> list: Elements(list, static (writer, element) => writer.Signed(element ? 1 : 0)); break;
            case ImmutableArray<DateTimeOffset> list: Elements(list, static (writer, element) => writer.Date(FieldValue.From(element))); break;
            case ImmutableArray<decimal> list: Elements(list, static (writer, element) => writer.Decimal(element)); break;
            case ImmutableArray<double> list: Elements(list, static (writer, element) => writer.Double(element)); break;
            case ImmutableArray<int> list: Elements(list, static (writer, element) => writer.Signed(element)); break;
            case ImmutableArray<long> list: Elements(list, static (writer, element) => writer.Signed(element)); break;
            case ImmutableArray<string> list: Elements(list, static (writer, element) => writer.Text(element)); break;
            case ImmutableArray<ReadOnlyMemory<byte>> list: Elements(list, static (writer, element) => writer.Bytes(element.Span)); break;
            case ImmutableArray<DateOnly> list: Elements(list, static (writer, element) => writer.Signed(element.DayNumber)); break;
            case ImmutableArray<TimeSpan> list: Elements(list, static (writer, element) => writer.Signed(element.Ticks)); break;
            default: Invariant.Holds(value.Reference is null); break;
        }
    }

    private void Elements<T>(ImmutableArray<T> list, Action<PartWriter, T> write)
    {
        Number(list.Length);
        foreach (var element in list)
        {
            write(this, element);
        }
    }

    private void Date(in FieldValue value) => Date(value.Whole, value.OffsetMinutes);

    private void Date(long utcTicks, short offsetMinutes)
    {
        Number(utcTicks);
        Signed(offsetMinutes);
    }

    private void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Reserve(sizeof(double)), value);

    private void Decimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Number((ulong)(uint)bits[3]);
        Number((ulong)(uint)bits[2]);
        Number(((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }
}
