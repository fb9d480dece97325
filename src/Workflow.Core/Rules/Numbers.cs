using System.Numerics;

namespace Workflow.Core.Rules;

/// <summary>Makes numbers of operands: of fields of different types of numbers, and of lists (statements 3.4 and 3.5).</summary>
public static class Numbers
{
    /// <summary>The operand as a number that can be compared with numbers of other types, by value, and reckoned with.</summary>
    /// <typeparam name="T"><see cref="int"/>, <see cref="long"/>, <see cref="decimal"/> or <see cref="double"/>.</typeparam>
    /// <param name="operand">The operand.</param>
    /// <returns>The number; null when the operand is.</returns>
    public static NumberOperand AsNumber<T>(this Operand<T> operand)
        where T : struct, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(operand);
        return new NumberConversion<T>(operand);
    }

    /// <summary>The sum of a list; 0 when it is empty or null (statement 3.5).</summary>
    /// <typeparam name="T">A type of numbers.</typeparam>
    /// <param name="list">The list.</param>
    /// <returns>The sum.</returns>
    public static NumberOperand Sum<T>(this Operand<IReadOnlyList<T>> list)
        where T : struct, INumber<T> => ListAggregate<T>.Of(AggregateKind.Sum, list);

    /// <summary>The least value of a list; null when it is empty or null (statement 3.5).</summary>
    /// <typeparam name="T">A type of numbers.</typeparam>
    /// <param name="list">The list.</param>
    /// <returns>The least value.</returns>
    public static NumberOperand Minimum<T>(this Operand<IReadOnlyList<T>> list)
        where T : struct, INumber<T> => ListAggregate<T>.Of(AggregateKind.Minimum, list);

    /// <summary>The greatest value of a list; null when it is empty or null (statement 3.5).</summary>
    /// <typeparam name="T">A type of numbers.</typeparam>
    /// <param name="list">The list.</param>
    /// <returns>The greatest value.</returns>
    public static NumberOperand Maximum<T>(this Operand<IReadOnlyList<T>> list)
        where T : struct, INumber<T> => ListAggregate<T>.Of(AggregateKind.Maximum, list);

    /// <summary>The average of a list; null when it is empty or null (statement 3.5).</summary>
    /// <typeparam name="T">A type of numbers.</typeparam>
    /// <param name="list">The list.</param>
    /// <returns>The average: a decimal number, or a double for a list of doubles.</returns>
    public static NumberOperand Average<T>(this Operand<IReadOnlyList<T>> list)
        where T : struct, INumber<T> => ListAggregate<T>.Of(AggregateKind.Average, list);

    /// <summary>The number of elements of a list; 0 when it is empty or null (statement 3.5).</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="list">The list.</param>
    /// <returns>The number.</returns>
    public static NumberOperand Count<T>(this Operand<IReadOnlyList<T>> list) => ListAggregate<T>.Of(AggregateKind.Count, list);
}
