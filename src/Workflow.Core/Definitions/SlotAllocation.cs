using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>Where the number of slots comes from (statements 4.4 and 4.7).</summary>
public abstract class SlotAllocation
{
    private SlotAllocation()
    {
    }

    /// <summary>The question to the resolver that gives the list of instance data; null for none (statements 4.7 and 4.8b).</summary>
    public QuestionDefinition? Question => Source?.Question;

    /// <summary>The source of the list of instance data; null for none.</summary>
    internal abstract ListSource? Source { get; }

    /// <summary>The same with its fields bound.</summary>
    internal abstract SlotAllocation Bind(RuleBinder binder);

    /// <summary>A slot for each destination.</summary>
    public sealed class EachDestination : SlotAllocation
    {
        internal EachDestination()
        {
        }

        internal override ListSource? Source => null;

        internal override SlotAllocation Bind(RuleBinder binder) => this;
    }

    /// <summary>A number written in the definition.</summary>
    public sealed class Fixed : SlotAllocation
    {
        internal Fixed(int count, ListSource? source)
        {
            Count = count;
            Source = source;
        }

        /// <summary>The number of slots.</summary>
        public int Count { get; }

        /// <summary>The list field whose next value each slot gets as its instance data; null for none, and where a question gives the list (statement
        /// 4.7).</summary>
        public Field? Data => Source?.List;

        internal override ListSource? Source { get; }

        internal override SlotAllocation Bind(RuleBinder binder) => new Fixed(Count, Source?.Bind(binder));
    }

    /// <summary>A number that an expression gives when the activity is planned.</summary>
    public sealed class Counted : SlotAllocation
    {
        internal Counted(Operand<int> count, ListSource? source)
        {
            Count = count;
            Source = source;
        }

        /// <summary>The number of slots. With a task, the policy of the activity decides about a number that is null or below 1. Without one, null and 0 give
        /// no slots, and less is an error (statement 4.13).</summary>
        public Operand<int> Count { get; }

        /// <summary>The list field whose next value each slot gets as its instance data; null for none, and where a question gives the list (statement
        /// 4.7).</summary>
        public Field? Data => Source?.List;

        internal override ListSource? Source { get; }

        internal override SlotAllocation Bind(RuleBinder binder) => new Counted(Count.Bind(binder), Source?.Bind(binder));
    }

    /// <summary>A slot for each element of a list, which it gets as its instance data (statement 4.7).</summary>
    public sealed class EachElement : SlotAllocation
    {
        internal EachElement(ListSource source) => Source = source;

        /// <summary>The list field; null where a question gives the list.</summary>
        public Field? List => Source.List;

        internal override ListSource Source { get; }

        internal override SlotAllocation Bind(RuleBinder binder) => new EachElement(Source.Bind(binder));
    }
}
