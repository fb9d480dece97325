namespace Workflow.Core.Rules;

/// <summary>Compares a double with a decimal exactly: converting either to the type of the other would round it (statement 3.4).</summary>
internal static class NumberOrder
{
    /// <summary>2 to the power of 96: no decimal reaches it.</summary>
    private const double BeyondDecimal = 79228162514264337593543950336.0;

    public static Order Of(double left, decimal right)
    {
        if (double.IsNaN(left))
        {
            return Order.Unordered;
        }

        if (Math.Abs(left) >= BeyondDecimal)
        {
            return left > 0 ? Order.Greater : Order.Less;
        }

        var whole = ((Int128)left).CompareTo((Int128)right);
        return whole != 0 ? ValueOrder.OfSign(whole) : OfFractions(left - Math.Truncate(left), right - decimal.Truncate(right));
    }

    public static Order Reverse(Order order) => order switch
    {
        Order.Less => Order.Greater,
        Order.Greater => Order.Less,
        _ => order,
    };

    /// <summary>The same for all numbers with the same value, of any type. It comes from the whole part, or from a double that no decimal reaches.</summary>
    public static int HashOf(double? floating, decimal exact) => floating is { } value
        ? Math.Abs(value) < BeyondDecimal ? ((Int128)value).GetHashCode() : value.GetHashCode()
        : ((Int128)exact).GetHashCode();

    private static Order OfFractions(double left, decimal right)
    {
        var sign = Math.Sign(left).CompareTo(Math.Sign(right));
        if (sign != 0)
        {
            return ValueOrder.OfSign(sign);
        }

        var order = OfPositiveFractions(Math.Abs(left), Math.Abs(right));
        return left < 0 ? Reverse(order) : order;
    }

    /// <summary>Compares bit by bit: doubling and taking one away are exact in both types, and the bits of a double come to an end.</summary>
    private static Order OfPositiveFractions(double left, decimal right)
    {
        while (left != 0 && right != 0)
        {
            left *= 2;
            right *= 2;
            if (left >= 1 != right >= 1)
            {
                return left >= 1 ? Order.Greater : Order.Less;
            }

            if (left >= 1)
            {
                left -= 1;
                right -= 1;
            }
        }

        return left != 0 ? Order.Greater : right != 0 ? Order.Less : Order.Equal;
    }
}
