using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>Says how many slots an activity plans (statement 4.4).</summary>
public static class Slots
{
    /// <summary>A slot for each destination.</summary>
    public static SlotAllocation PerDestination { get; } = new SlotAllocation.EachDestination();

    /// <summary>A fixed number of slots.</summary>
    /// <param name="count">The number.</param>
    /// <returns>The allocation.</returns>
    public static SlotAllocation Number(int count) => new SlotAllocation.Fixed(count, source: null);

    /// <summary>A fixed number of slots, each with the next element of a list as its instance data (statement 4.7). When the list is shorter, the remaining
    /// slots get none.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="count">The number.</param>
    /// <param name="data">A list field of the process.</param>
    /// <returns>The allocation.</returns>
    public static SlotAllocation Number<T>(int count, Field<IReadOnlyList<T>> data) => new SlotAllocation.Fixed(count, From(data));

    /// <summary>A number of slots that is worked out when the activity is planned. With a task, a number that is null or below 1 puts the instance into Error,
    /// unless the activity has another policy. Without one, null and 0 give no slots, and less is an error (statement 4.13).</summary>
    /// <param name="count">For example a field, or a choice between two numbers.</param>
    /// <returns>The allocation.</returns>
    public static SlotAllocation Number(Operand<int> count) => new SlotAllocation.Counted(NotNull(count), source: null);

    /// <summary>A number of slots that is computed when the activity is planned (statement 4.7). Each gets the next element of a list as its instance
    /// data.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="count">For example a field, or a choice between two numbers.</param>
    /// <param name="data">A list field of the process.</param>
    /// <returns>The allocation.</returns>
    public static SlotAllocation Number<T>(Operand<int> count, Field<IReadOnlyList<T>> data) => new SlotAllocation.Counted(NotNull(count), From(data));

    /// <summary>A slot for each element of a list, which it gets as its instance data (statement 4.7).</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="list">A list field of the process.</param>
    /// <returns>The allocation.</returns>
    public static SlotAllocation ForEach<T>(Field<IReadOnlyList<T>> list) => new SlotAllocation.EachElement(From(list));

    /// <summary>A slot for each element of the list with which the resolver answers a question (statements 4.7 and 4.8b). Each slot gets its element as its
    /// instance data.</summary>
    /// <typeparam name="T">The type of the elements: one that a data field can hold.</typeparam>
    /// <param name="question">The name of the question, to which <see cref="Destinations.IDestinationResolver.ListAsync"/> knows the answer.</param>
    /// <param name="arguments">Fields of the process or of the activity, or other operands, with whose values the question is asked.</param>
    /// <returns>The allocation.</returns>
    /// <exception cref="ArgumentException">It cannot be the name of a question, or an argument has a value that no data field can hold.</exception>
    /// <exception cref="NotSupportedException">A data field cannot hold a list of this type (statement 11.2).</exception>
    /// <example><code>activity.PlanPerSlot(Slots.ForEach&lt;string&gt;("Lines of the order", OrderNumber))</code></example>
    public static SlotAllocation ForEach<T>(string question, params ReadOnlySpan<Operand> arguments) =>
        new SlotAllocation.EachElement(From<T>(question, arguments));

    /// <summary>A fixed number of slots, each with the next element of the list with which the resolver answers a question (statements 4.7 and 4.8b). When the
    /// list is shorter, the remaining slots get none.</summary>
    /// <typeparam name="T">The type of the elements: one that a data field can hold.</typeparam>
    /// <param name="count">The number.</param>
    /// <param name="question">The name of the question.</param>
    /// <param name="arguments">The operands with whose values the question is asked.</param>
    /// <returns>The allocation.</returns>
    /// <inheritdoc cref="ForEach{T}(string, ReadOnlySpan{Operand})" path="/exception"/>
    public static SlotAllocation Number<T>(int count, string question, params ReadOnlySpan<Operand> arguments) =>
        new SlotAllocation.Fixed(count, From<T>(question, arguments));

    /// <summary>A number of slots that is computed when the activity is planned, each with the next element of the list with which the resolver answers a
    /// question (statements 4.7 and 4.8b).</summary>
    /// <typeparam name="T">The type of the elements: one that a data field can hold.</typeparam>
    /// <param name="count">For example a field, or a choice between two numbers.</param>
    /// <param name="question">The name of the question.</param>
    /// <param name="arguments">The operands with whose values the question is asked.</param>
    /// <returns>The allocation.</returns>
    /// <inheritdoc cref="ForEach{T}(string, ReadOnlySpan{Operand})" path="/exception"/>
    public static SlotAllocation Number<T>(Operand<int> count, string question, params ReadOnlySpan<Operand> arguments) =>
        new SlotAllocation.Counted(NotNull(count), From<T>(question, arguments));

    private static ListSource.OfQuestion From<T>(string question, ReadOnlySpan<Operand> arguments) =>
        new(new QuestionDefinition(question, arguments), FieldShape.Of<IReadOnlyList<T>>());

    private static ListSource.OfField From<T>(Field<IReadOnlyList<T>> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return new ListSource.OfField(list);
    }

    private static Operand<int> NotNull(Operand<int> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return count;
    }
}
