using System.Runtime.CompilerServices;

namespace Workflow.Core.Rules;

/// <summary>Compares two values of one type (statement 3.4).</summary>
/// <remarks>The type tests are decided when the code is compiled for a value type, so that nothing is boxed and nothing is left of them.</remarks>
internal static class ValueOrder
{
    /// <summary>Whether values of the type come one before the other: numbers, dates, amounts of time and text do.</summary>
    public static bool Exists<T>() =>
        typeof(T) == typeof(decimal) || typeof(T) == typeof(int) || typeof(T) == typeof(long) || typeof(T) == typeof(double)
        || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeSpan) || typeof(T) == typeof(string)
        || typeof(T) == typeof(Number);

    /// <summary>For types without an order as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Order Sameness<T>(T left, T right) => Same(left, right) ? Order.Equal : Order.Unordered;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Same<T>(T left, T right)
    {
        if (typeof(T) == typeof(double))
        {
            return Unsafe.As<T, double>(ref left) == Unsafe.As<T, double>(ref right);
        }

        if (typeof(T) == typeof(Number))
        {
            return Unsafe.As<T, Number>(ref left) == Unsafe.As<T, Number>(ref right);
        }

        if (typeof(T) == typeof(ReadOnlyMemory<byte>))
        {
            return Unsafe.As<T, ReadOnlyMemory<byte>>(ref left).Span.SequenceEqual(Unsafe.As<T, ReadOnlyMemory<byte>>(ref right).Span);
        }

        return typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(left, right) : SameReference(left!, right!);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Order Of<T>(T left, T right)
    {
        if (typeof(T) == typeof(decimal))
        {
            return OfSign(Unsafe.As<T, decimal>(ref left).CompareTo(Unsafe.As<T, decimal>(ref right)));
        }

        if (typeof(T) == typeof(int))
        {
            return OfSign(Unsafe.As<T, int>(ref left).CompareTo(Unsafe.As<T, int>(ref right)));
        }

        if (typeof(T) == typeof(long))
        {
            return OfSign(Unsafe.As<T, long>(ref left).CompareTo(Unsafe.As<T, long>(ref right)));
        }

        if (typeof(T) == typeof(double))
        {
            return OfDoubles(Unsafe.As<T, double>(ref left), Unsafe.As<T, double>(ref right));
        }

        if (typeof(T) == typeof(DateTimeOffset))
        {
            return OfSign(Unsafe.As<T, DateTimeOffset>(ref left).CompareTo(Unsafe.As<T, DateTimeOffset>(ref right)));
        }

        if (typeof(T) == typeof(DateOnly))
        {
            return OfSign(Unsafe.As<T, DateOnly>(ref left).CompareTo(Unsafe.As<T, DateOnly>(ref right)));
        }

        if (typeof(T) == typeof(TimeSpan))
        {
            return OfSign(Unsafe.As<T, TimeSpan>(ref left).CompareTo(Unsafe.As<T, TimeSpan>(ref right)));
        }

        if (typeof(T) == typeof(Number))
        {
            return Number.OrderOf(Unsafe.As<T, Number>(ref left), Unsafe.As<T, Number>(ref right));
        }

        return OfSign(string.CompareOrdinal((string)(object)left!, (string)(object)right!));
    }

    public static Order OfSign(int sign) => sign < 0 ? Order.Less : sign == 0 ? Order.Equal : Order.Greater;

    /// <summary>By value: minus zero is zero, and a value that is not a number has no order.</summary>
    public static Order OfDoubles(double left, double right) =>
        left < right ? Order.Less : left > right ? Order.Greater : left == right ? Order.Equal : Order.Unordered;

    private static bool SameReference(object left, object right) =>
        left is string text ? string.Equals(text, (string)right, StringComparison.Ordinal) : SameLists(left, right);

    private static bool SameLists(object left, object right) => left switch
    {
        IReadOnlyList<string> list => SameElements(list, (IReadOnlyList<string>)right),
        IReadOnlyList<bool> list => SameElements(list, (IReadOnlyList<bool>)right),
        IReadOnlyList<DateTimeOffset> list => SameElements(list, (IReadOnlyList<DateTimeOffset>)right),
        IReadOnlyList<decimal> list => SameElements(list, (IReadOnlyList<decimal>)right),
        IReadOnlyList<double> list => SameElements(list, (IReadOnlyList<double>)right),
        IReadOnlyList<int> list => SameElements(list, (IReadOnlyList<int>)right),
        IReadOnlyList<long> list => SameElements(list, (IReadOnlyList<long>)right),
        IReadOnlyList<DateOnly> list => SameElements(list, (IReadOnlyList<DateOnly>)right),
        IReadOnlyList<TimeSpan> list => SameElements(list, (IReadOnlyList<TimeSpan>)right),
        IReadOnlyList<ReadOnlyMemory<byte>> list => SameElements(list, (IReadOnlyList<ReadOnlyMemory<byte>>)right),
        _ => false,
    };

    private static bool SameElements<T>(IReadOnlyList<T> left, IReadOnlyList<T> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var index = 0; index < left.Count; index++)
        {
            if (!SameElement(left[index], right[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameElement<T>(T left, T right) => left is null || right is null ? left is null && right is null : Same(left, right);
}
