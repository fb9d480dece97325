using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Workflow.Core;

/// <summary>One value of a data field: null, a value of one of the types of <see cref="FieldType"/>, or a list of such values (statement 11.2). It cannot be
/// changed once made; lists and bytes are copied on the way in.</summary>
[StructLayout(LayoutKind.Explicit)]
public readonly struct FieldValue : IEquatable<FieldValue>
{
    /// <summary>Text, bytes, or the array of a list; null for everything that fits into the number.</summary>
    [FieldOffset(0)]
    private readonly object? _reference;

    /// <summary>Zero for null.</summary>
    [FieldOffset(8)]
    private readonly byte _type;

    [FieldOffset(9)]
    private readonly bool _isList;

    [FieldOffset(10)]
    private readonly short _offsetMinutes;

    [FieldOffset(16)]
    private readonly decimal _decimal;

    [FieldOffset(16)]
    private readonly double _double;

    /// <summary>Holds a whole number, or 0 or 1 for a Boolean. It also holds the ticks of a date in UTC or of an amount of time, or the number of a
    /// day.</summary>
    [FieldOffset(16)]
    private readonly long _whole;

    private FieldValue(FieldType type, object? reference, bool isList = false)
    {
        _reference = reference;
        _type = (byte)type;
        _isList = isList;
    }

    private FieldValue(FieldType type, long whole, short offsetMinutes = 0)
    {
        _type = (byte)type;
        _whole = whole;
        _offsetMinutes = offsetMinutes;
    }

    private FieldValue(decimal value) => (_type, _decimal) = ((byte)FieldType.Decimal, value);

    private FieldValue(double value)
    {
        _type = (byte)FieldType.Double;
        _double = value;
    }

    /// <summary>The absence of a value.</summary>
    public static FieldValue Null => default;

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => _type == 0;

    /// <summary>The type of the value, or of each element of a list; meaningless when <see cref="IsNull"/>.</summary>
    public FieldType Type => (FieldType)_type;

    /// <summary>Whether the value is a list.</summary>
    public bool IsList => _isList;

    internal object? Reference => _reference;

    internal long Whole => _whole;

    internal double Floating => _double;

    internal decimal Number => _decimal;

    internal short OffsetMinutes => _offsetMinutes;

    /// <summary>Makes a value of a C# value.</summary>
    /// <typeparam name="T">A type that a field can hold; see <see cref="FieldShape.Of{T}"/>.</typeparam>
    /// <param name="value">The value; null gives <see cref="Null"/>.</param>
    /// <returns>The field value.</returns>
    /// <exception cref="NotSupportedException">The C# type has no field type (statement 11.2).</exception>
    /// <exception cref="ArgumentException">A text contains half a surrogate pair, or a list of texts a null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldValue From<T>(T value)
    {
        if (typeof(T) == typeof(decimal))
        {
            return new FieldValue(Unsafe.As<T, decimal>(ref value));
        }

        if (typeof(T) == typeof(int))
        {
            return new FieldValue(FieldType.Integer, Unsafe.As<T, int>(ref value));
        }

        if (typeof(T) == typeof(long))
        {
            return new FieldValue(FieldType.Long, Unsafe.As<T, long>(ref value));
        }

        if (typeof(T) == typeof(bool))
        {
            return new FieldValue(FieldType.Boolean, Unsafe.As<T, bool>(ref value) ? 1 : 0);
        }

        if (typeof(T) == typeof(double))
        {
            return new FieldValue(Unsafe.As<T, double>(ref value));
        }

        if (typeof(T) == typeof(DateTimeOffset))
        {
            return OfDate(Unsafe.As<T, DateTimeOffset>(ref value));
        }

        if (typeof(T) == typeof(DateOnly))
        {
            return new FieldValue(FieldType.DateOnly, Unsafe.As<T, DateOnly>(ref value).DayNumber);
        }

        if (typeof(T) == typeof(TimeSpan))
        {
            return new FieldValue(FieldType.TimeSpan, Unsafe.As<T, TimeSpan>(ref value).Ticks);
        }

        if (typeof(T) == typeof(ReadOnlyMemory<byte>))
        {
            return new FieldValue(FieldType.Binary, Unsafe.As<T, ReadOnlyMemory<byte>>(ref value).ToArray());
        }

        return OfReference(value);
    }

    /// <summary>Reads the value as a C# value.</summary>
    /// <typeparam name="T">The C# type of the value's own type; nothing is converted.</typeparam>
    /// <param name="value">The value, when there is one of that type.</param>
    /// <returns>False when the value is null or of another type.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet<T>(out T value)
    {
        Unsafe.SkipInit(out value);
        if (typeof(T) == typeof(decimal))
        {
            Unsafe.As<T, decimal>(ref value) = _decimal;
            return IsScalar(FieldType.Decimal);
        }

        if (typeof(T) == typeof(int))
        {
            Unsafe.As<T, int>(ref value) = (int)_whole;
            return IsScalar(FieldType.Integer);
        }

        if (typeof(T) == typeof(long))
        {
            Unsafe.As<T, long>(ref value) = _whole;
            return IsScalar(FieldType.Long);
        }

        if (typeof(T) == typeof(bool))
        {
            Unsafe.As<T, bool>(ref value) = _whole != 0;
            return IsScalar(FieldType.Boolean);
        }

        if (typeof(T) == typeof(double))
        {
            Unsafe.As<T, double>(ref value) = _double;
            return IsScalar(FieldType.Double);
        }

        if (typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeSpan))
        {
            return TryGetTime(out value);
        }

        if (typeof(T) == typeof(ReadOnlyMemory<byte>))
        {
            Unsafe.As<T, ReadOnlyMemory<byte>>(ref value) = _reference as byte[];
            return IsScalar(FieldType.Binary);
        }

        if (_reference is T reference)
        {
            value = reference;
            return true;
        }

        value = default!;
        return false;
    }

    /// <summary>Reads the value as a C# value.</summary>
    /// <typeparam name="T">The C# type of the value's own type; nothing is converted.</typeparam>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is null or of another type (statement 11.6).</exception>
    public T Get<T>() => TryGet<T>(out var value)
        ? value
        : throw new InvalidOperationException(IsNull
            ? "There is no value; ask with TryGet where there may be none."
            : $"The value is {new FieldShape(Type, IsList)} and not {typeof(T).Name}.");

    /// <summary>Whether the value may be stored in a field of the shape: it is null, or of that shape exactly (statement 11.6).</summary>
    /// <param name="shape">The shape of the field.</param>
    /// <returns>Whether it fits.</returns>
    public bool Fits(FieldShape shape) => IsNull || (Type == shape.Type && IsList == shape.IsList);

    /// <summary>Whether both are null, or both have the same shape and the same content. Dates are equal when instant and offset are.</summary>
    /// <param name="other">The value to compare with.</param>
    /// <returns>Whether they are the same value.</returns>
    public bool Equals(FieldValue other) => FieldValueEquality.Same(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FieldValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => FieldValueEquality.HashOf(this);

    /// <summary>The value as text, the same in every culture: for transcripts and messages, not for parsing.</summary>
    /// <returns>For example <c>240</c>, <c>"Train to Lisbon"</c>, <c>[1, 2]</c> or <c>null</c>.</returns>
    public override string ToString() => FieldValueText.Of(this);

    /// <summary>How many elements a list has; zero for null.</summary>
    internal int ElementCount => _isList ? ((System.Collections.IList)_reference!).Count : 0;

    /// <summary>An element of a list; null behind its end.</summary>
    internal FieldValue ElementOrNull(int index)
    {
        if (index >= ElementCount)
        {
            return Null;
        }

        return FieldValueList.Element(_reference!, index);
    }

    internal static FieldValue OfArray(FieldType type, object array) => new(type, array, isList: true);

    internal static FieldValue OfBytes(byte[] bytes) => new(FieldType.Binary, bytes);

    /// <summary>Whether they are the same value.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are.</returns>
    public static bool operator ==(FieldValue left, FieldValue right) => left.Equals(right);

    /// <summary>The opposite of equality.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(FieldValue left, FieldValue right) => !left.Equals(right);

    private static FieldValue OfReference<T>(T value) => value switch
    {
        null => Null,
        string text => new FieldValue(FieldType.String, Utf16.Checked(text, nameof(value))),
        _ => FieldValueList.TryCopy(value, out var type, out var list)
            ? OfArray(type, list)
            : throw new NotSupportedException($"A data field cannot hold {typeof(T).Name}."),
    };

    private static FieldValue OfDate(DateTimeOffset date) =>
        new(FieldType.Date, date.UtcTicks, (short)(date.Offset.Ticks / TimeSpan.TicksPerMinute));

    private static DateTimeOffset ToDate(long utcTicks, short offsetMinutes)
    {
        var offset = TimeSpan.FromMinutes(offsetMinutes);
        return new DateTimeOffset(utcTicks + offset.Ticks, offset);
    }

    /// <summary>A value of another type is never taken for a date, which it may be too large for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryGetTime<T>(out T value)
    {
        Unsafe.SkipInit(out value);
        if (typeof(T) == typeof(DateTimeOffset))
        {
            var isDate = IsScalar(FieldType.Date);
            Unsafe.As<T, DateTimeOffset>(ref value) = isDate ? ToDate(_whole, _offsetMinutes) : default;
            return isDate;
        }

        if (typeof(T) == typeof(DateOnly))
        {
            var isDay = IsScalar(FieldType.DateOnly);
            Unsafe.As<T, DateOnly>(ref value) = isDay ? DateOnly.FromDayNumber((int)_whole) : default;
            return isDay;
        }

        Unsafe.As<T, TimeSpan>(ref value) = new TimeSpan(_whole);
        return IsScalar(FieldType.TimeSpan);
    }

    private bool IsScalar(FieldType type) => _type == (byte)type && !_isList;
}
