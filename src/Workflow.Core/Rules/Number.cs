using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Workflow.Core.Rules;

/// <summary>A number of any of the types a field can have, compared by value: 1, 1L, 1.0m and 1.0 are the same (statement 3.4).</summary>
/// <remarks>The comparison is exact: a decimal and a double are the same only when they are the same number. So 0.1m is not 0.1, whose value is a little more.
/// Minus zero is zero. If a double is not a number, every comparison is false except <c>!=</c>.</remarks>
[StructLayout(LayoutKind.Explicit)]
public readonly struct Number : IEquatable<Number>
{
    [FieldOffset(0)]
    private readonly NumberKind _kind;

    [FieldOffset(8)]
    private readonly long _whole;

    [FieldOffset(8)]
    private readonly decimal _decimal;

    [FieldOffset(8)]
    private readonly double _double;

    private Number(long value) => _whole = value;

    private Number(decimal value)
    {
        _kind = NumberKind.Decimal;
        _decimal = value;
    }

    private Number(double value)
    {
        _kind = NumberKind.Double;
        _double = value;
    }

    internal bool IsNaN => _kind is NumberKind.Double && double.IsNaN(_double);

    private bool IsFinite => _kind is not NumberKind.Double || double.IsFinite(_double);

    /// <summary>Whether both have the same value. Unlike <c>==</c>, two that are not a number are equal, as is usual for members of sets.</summary>
    /// <param name="other">The number to compare with.</param>
    /// <returns>Whether they are the same.</returns>
    public bool Equals(Number other) => this == other || (IsNaN && other.IsNaN);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Number other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => NumberOrder.HashOf(_kind is NumberKind.Double ? _double : null, _kind is NumberKind.Double ? 0 : ToDecimal());

    /// <summary>The number as text, the same in every culture.</summary>
    /// <returns>For example <c>240</c>.</returns>
    public override string ToString() => _kind switch
    {
        NumberKind.Whole => _whole.ToString(CultureInfo.InvariantCulture),
        NumberKind.Decimal => _decimal.ToString(CultureInfo.InvariantCulture),
        _ => _double.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The number with the form in which it is kept, for example <c>Whole 240</c>.</summary>
    internal string ToExactText() => $"{_kind} {this}";

    /// <summary>Takes the value of a field of a type of numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Number From<T>(T value)
    {
        if (typeof(T) == typeof(int))
        {
            return new Number(Unsafe.As<T, int>(ref value));
        }

        if (typeof(T) == typeof(long))
        {
            return new Number(Unsafe.As<T, long>(ref value));
        }

        if (typeof(T) == typeof(decimal))
        {
            return new Number(Unsafe.As<T, decimal>(ref value));
        }

        Invariant.Holds(typeof(T) == typeof(double));
        return new Number(Unsafe.As<T, double>(ref value));
    }

    internal static Order OrderOf(in Number left, in Number right)
    {
        if ((left._kind | right._kind) is NumberKind.Whole)
        {
            return ValueOrder.OfSign(left._whole.CompareTo(right._whole));
        }

        return (left._kind, right._kind) switch
        {
            (NumberKind.Double, NumberKind.Double) => ValueOrder.OfDoubles(left._double, right._double),
            (NumberKind.Double, _) => NumberOrder.Of(left._double, right.ToDecimal()),
            (_, NumberKind.Double) => NumberOrder.Reverse(NumberOrder.Of(right._double, left.ToDecimal())),
            _ => ValueOrder.OfSign(left.ToDecimal().CompareTo(right.ToDecimal())),
        };
    }

    /// <exception cref="OverflowException">The sum does not fit.</exception>
    internal static Number Add(in Number left, in Number right)
    {
        if ((left._kind | right._kind) is NumberKind.Whole && IsSum(left._whole, right._whole, out var sum))
        {
            return new Number(sum);
        }

        return IsDouble(left, right)
            ? OfFinite(left.ToDouble() + right.ToDouble(), left, "+", right)
            : OfDecimals(decimal.Add, left, "+", right);
    }

    /// <exception cref="OverflowException">The difference does not fit.</exception>
    internal static Number Subtract(in Number left, in Number right)
    {
        if ((left._kind | right._kind) is NumberKind.Whole && (Int128)left._whole - right._whole is var difference && Fits(difference))
        {
            return new Number((long)difference);
        }

        return IsDouble(left, right)
            ? OfFinite(left.ToDouble() - right.ToDouble(), left, "-", right)
            : OfDecimals(decimal.Subtract, left, "-", right);
    }

    /// <exception cref="OverflowException">The product does not fit.</exception>
    internal static Number Multiply(in Number left, in Number right)
    {
        if ((left._kind | right._kind) is NumberKind.Whole && (Int128)left._whole * right._whole is var product && Fits(product))
        {
            return new Number((long)product);
        }

        return IsDouble(left, right)
            ? OfFinite(left.ToDouble() * right.ToDouble(), left, "*", right)
            : OfDecimals(decimal.Multiply, left, "*", right);
    }

    /// <summary>A number divided by a count, as decimal unless it is a double.</summary>
    internal static Number Divide(in Number sum, int count) =>
        sum._kind is NumberKind.Double ? new Number(sum._double / count) : new Number(sum.ToDecimal() / count);

    private static bool IsDouble(in Number left, in Number right) => left._kind is NumberKind.Double || right._kind is NumberKind.Double;

    /// <summary>Whether the sum fits into 64 bits: it does unless its sign differs from both.</summary>
    private static bool IsSum(long left, long right, out long sum)
    {
        sum = unchecked(left + right);
        return ((left ^ sum) & (right ^ sum)) >= 0;
    }

    private static bool Fits(Int128 value) => value == (long)value;

    private static Number OfDecimals(Func<decimal, decimal, decimal> operation, in Number left, string symbol, in Number right)
    {
        try
        {
            return new Number(operation(left.ToDecimal(), right.ToDecimal()));
        }
        catch (OverflowException exception)
        {
            throw new OverflowException(Overflow(left, symbol, right), exception);
        }
    }

    private static Number OfFinite(double result, in Number left, string symbol, in Number right) =>
        double.IsFinite(result) || !left.IsFinite || !right.IsFinite
            ? new Number(result)
            : throw new OverflowException(Overflow(left, symbol, right));

    private static string Overflow(in Number left, string symbol, in Number right) =>
        $"{left} {symbol} {right} is too large for a number of its type. Use smaller numbers, or fields of type double.";

    private decimal ToDecimal() => _kind is NumberKind.Decimal ? _decimal : _whole;

    private double ToDouble() => _kind switch
    {
        NumberKind.Whole => _whole,
        NumberKind.Decimal => (double)_decimal,
        _ => _double,
    };

    /// <summary>A whole number.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Number(int value) => new((long)value);

    /// <summary>A whole number.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Number(long value) => new(value);

    /// <summary>A decimal number.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Number(decimal value) => new(value);

    /// <summary>A binary floating point number.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Number(double value) => new(value);

    /// <summary>Whether both have the same value.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(Number left, Number right) => OrderOf(left, right) is Order.Equal;

    /// <summary>Whether they have different values, or one is not a number.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(Number left, Number right) => OrderOf(left, right) is not Order.Equal;

    /// <summary>Whether the left one is less.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether it is less.</returns>
    public static bool operator <(Number left, Number right) => OrderOf(left, right) is Order.Less;

    /// <summary>Whether the left one is greater.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether it is greater.</returns>
    public static bool operator >(Number left, Number right) => OrderOf(left, right) is Order.Greater;

    /// <summary>Whether the left one is less or the same.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether it is less or the same.</returns>
    public static bool operator <=(Number left, Number right) => OrderOf(left, right) is Order.Less or Order.Equal;

    /// <summary>Whether the left one is greater or the same.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether it is greater or the same.</returns>
    public static bool operator >=(Number left, Number right) => OrderOf(left, right) is Order.Greater or Order.Equal;
}
