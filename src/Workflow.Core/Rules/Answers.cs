using System.Numerics;
using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>The answers to an activity, one for each completed slot: what slot functions and aggregates look at (statements 3.5 to 3.7). For succeeding
/// rules, outcomes, and lines that leave the activity; in the succeeding rule of an event they see the slots of its own destination.</summary>
/// <example><code>Answers.AtLeast(2) == "Approve"
/// Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed)
/// Answers.CountOf(Vote == "yes") * 2 > Answers.Total</code></example>
public static class Answers
{
    /// <summary>Every destination satisfies the predicate, whether it has answered or not (statements 0.1 and 3.7). It counts with the values of its answer, or
    /// with its present ones.</summary>
    public static SlotFunction All { get; } = new(SlotFunctionKind.All);

    /// <summary>Every planned slot is completed and satisfies the predicate (statement 3.7).</summary>
    public static SlotFunction AllSlots { get; } = new(SlotFunctionKind.AllSlots);

    /// <summary>Every slot completed so far satisfies the predicate, and there is one: true from the first such answer on (statement 3.7).</summary>
    public static SlotFunction AllCompleted { get; } = new(SlotFunctionKind.AllCompleted);

    /// <summary>No completed slot satisfies the predicate: true before anybody has answered (statements 3.7 and 3.8).</summary>
    public static SlotFunction None { get; } = new(SlotFunctionKind.None);

    /// <summary>Every planned slot is completed, with any answers. This rule waits for everybody (statement 3.9).</summary>
    public static Rule AllGiven { get; } = AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed);

    /// <summary>The number of planned slots (statement 3.7).</summary>
    public static NumberOperand Total { get; } = new AnswerTotal();

    /// <summary>At least so many completed slots satisfy the predicate (statement 3.7).</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <returns>The function.</returns>
    public static SlotFunction AtLeast(int count) => new(SlotFunctionKind.AtLeast, Constant<Number>.Of(count));

    /// <summary>At least so many completed slots satisfy the predicate; false when the number is null (statements 3.4 and 3.7).</summary>
    /// <param name="count">How many, for example by amount.</param>
    /// <returns>The function.</returns>
    public static SlotFunction AtLeast(Operand<int> count) => new(SlotFunctionKind.AtLeast, count.AsNumber());

    /// <summary>At least so many completed slots satisfy the predicate; false when the number is null (statements 3.4 and 3.7).</summary>
    /// <param name="count">How many, for example <c>Answers.Total - 1</c>.</param>
    /// <returns>The function.</returns>
    public static SlotFunction AtLeast(Operand<Number> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return new SlotFunction(SlotFunctionKind.AtLeast, count);
    }

    /// <summary>At most so many completed slots satisfy the predicate: true before anybody has answered (statements 3.7 and 3.8).</summary>
    /// <param name="count">How many; at least 0.</param>
    /// <returns>The function.</returns>
    public static SlotFunction AtMost(int count) => new(SlotFunctionKind.AtMost, Constant<Number>.Of(count));

    /// <summary>At most so many completed slots satisfy the predicate; false when the number is null (statements 3.4 and 3.7).</summary>
    /// <param name="count">How many, for example by amount.</param>
    /// <returns>The function.</returns>
    public static SlotFunction AtMost(Operand<int> count) => new(SlotFunctionKind.AtMost, count.AsNumber());

    /// <summary>At most so many completed slots satisfy the predicate; false when the number is null (statements 3.4 and 3.7).</summary>
    /// <param name="count">How many, for example <c>Answers.Total - 1</c>.</param>
    /// <returns>The function.</returns>
    public static SlotFunction AtMost(Operand<Number> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return new SlotFunction(SlotFunctionKind.AtMost, count);
    }

    /// <summary>The number of completed slots that satisfy a predicate (statement 3.7).</summary>
    /// <param name="predicate">Asked of each completed slot.</param>
    /// <returns>The number.</returns>
    public static NumberOperand CountOf(Rule predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new AnswerCount(predicate);
    }

    /// <summary>The sum of a field over the completed slots; 0 over nothing. Slots without a value are left out (statement 3.5).</summary>
    /// <typeparam name="T">A type of numbers.</typeparam>
    /// <param name="field">The field.</param>
    /// <returns>The sum.</returns>
    public static NumberOperand Sum<T>(DestinationField<T> field)
        where T : struct, INumber<T> => AnswerAggregate<T>.Of(AggregateKind.Sum, field);

    /// <summary>The least value of a field over the completed slots; null over nothing. Slots without a value are left out (statement 3.5).</summary>
    /// <typeparam name="T">A type of numbers.</typeparam>
    /// <param name="field">The field.</param>
    /// <returns>The least value.</returns>
    public static NumberOperand Minimum<T>(DestinationField<T> field)
        where T : struct, INumber<T> => AnswerAggregate<T>.Of(AggregateKind.Minimum, field);

    /// <summary>The greatest value of a field over the completed slots; null over nothing. Slots without a value are left out (statement 3.5).</summary>
    /// <typeparam name="T">A type of numbers.</typeparam>
    /// <param name="field">The field.</param>
    /// <returns>The greatest value.</returns>
    public static NumberOperand Maximum<T>(DestinationField<T> field)
        where T : struct, INumber<T> => AnswerAggregate<T>.Of(AggregateKind.Maximum, field);

    /// <summary>The average of a field over the completed slots; null over nothing. Slots without a value are left out (statement 3.5).</summary>
    /// <typeparam name="T">A type of numbers.</typeparam>
    /// <param name="field">The field.</param>
    /// <returns>The average: a decimal number, or a double for a field of doubles.</returns>
    public static NumberOperand Average<T>(DestinationField<T> field)
        where T : struct, INumber<T> => AnswerAggregate<T>.Of(AggregateKind.Average, field);

    /// <summary>The number of completed slots in which a field has a value (statement 3.5).</summary>
    /// <typeparam name="T">The type of the field.</typeparam>
    /// <param name="field">The field.</param>
    /// <returns>The number.</returns>
    public static NumberOperand Count<T>(DestinationField<T> field) => AnswerAggregate<T>.Of(AggregateKind.Count, field);
}
