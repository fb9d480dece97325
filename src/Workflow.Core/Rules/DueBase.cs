using Workflow.Core.Calendars;
using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>The instant that a due time starts from.</summary>
internal abstract class DueBase
{
    /// <summary>A copy in which each field is resolved to its position.</summary>
    public virtual DueBase Bind(RuleBinder binder) => this;

    /// <summary>The instant; null when there is none.</summary>
    /// <param name="scope">The data of the instance.</param>
    /// <param name="now">The instant of the question.</param>
    /// <param name="calendar">The calendar in which a local time is meant.</param>
    public abstract DateTimeOffset? Read(in RuleScope scope, DateTimeOffset now, LocalCalendar? calendar);

    public abstract TextTree ToTree();

    /// <summary>Whether it is a time on a local clock, so that a calendar says when it is.</summary>
    public virtual bool IsLocal => false;

    /// <summary>The instant that is written in the definition; null for any other base.</summary>
    public virtual DateTimeOffset? Written => null;

    /// <summary>The instant at which the question is asked.</summary>
    internal sealed class Arrival : DueBase
    {
        public override DateTimeOffset? Read(in RuleScope scope, DateTimeOffset now, LocalCalendar? calendar) => now;

        public override TextTree ToTree() => new("now");
    }

    /// <summary>An instant that is written in the definition.</summary>
    internal sealed class At(DateTimeOffset instant) : DueBase
    {
        public override DateTimeOffset? Written => instant;

        public override DateTimeOffset? Read(in RuleScope scope, DateTimeOffset now, LocalCalendar? calendar) => instant;

        public override TextTree ToTree() => new($"at {ExactText.Of(FieldValue.From(instant))}");
    }

    /// <summary>A local date and time that is written in the definition.</summary>
    internal sealed class AtLocal(DateTime localTime) : DueBase
    {
        public override bool IsLocal => true;

        public override DateTimeOffset? Written => new(localTime.Ticks, TimeSpan.Zero);

        public override DateTimeOffset? Read(in RuleScope scope, DateTimeOffset now, LocalCalendar? calendar) => calendar!.InstantOf(localTime);

        public override TextTree ToTree() => new($"at local {localTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)}");
    }

    /// <summary>An instant that an operand has.</summary>
    internal sealed class OfInstant(Operand<DateTimeOffset> operand) : DueBase
    {
        public override DueBase Bind(RuleBinder binder) => new OfInstant(operand.Bind(binder));

        public override DateTimeOffset? Read(in RuleScope scope, DateTimeOffset now, LocalCalendar? calendar) =>
            operand.Read(scope, out var value) ? value : null;

        public override TextTree ToTree() => new("at", operand.ToTree());
    }

    /// <summary>The start of a date that an operand has.</summary>
    internal sealed class OfDate(Operand<DateOnly> operand) : DueBase
    {
        public override bool IsLocal => true;

        public override DueBase Bind(RuleBinder binder) => new OfDate(operand.Bind(binder));

        public override DateTimeOffset? Read(in RuleScope scope, DateTimeOffset now, LocalCalendar? calendar) =>
            operand.Read(scope, out var value) ? calendar!.StartOf(value) : null;

        public override TextTree ToTree() => new("at the start of", operand.ToTree());
    }

    /// <summary>An instant that code works out.</summary>
    internal sealed class OfFunction(string name, InstantFunction function) : DueBase
    {
        public override DueBase Bind(RuleBinder binder)
        {
            binder.UsePredicate(name);
            return this;
        }

        public override DateTimeOffset? Read(in RuleScope scope, DateTimeOffset now, LocalCalendar? calendar) => function(new RuleContext(scope));

        public override TextTree ToTree() => new($"function {ExactText.Quoted(name)}");
    }
}
