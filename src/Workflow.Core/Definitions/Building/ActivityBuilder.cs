using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Writes an activity down: its fields, its rules, and its events in the order in which they run.</summary>
public sealed partial class ActivityBuilder
{
    private readonly List<Field> _fields = [];
    private readonly List<EventDraft> _events = [];
    private readonly List<OutcomeDefinition> _outcomes = [];
    private readonly DestinationBuilder _destinations = new();

    internal ActivityBuilder(string name) => Name = name;

    internal string Name { get; }

    internal string Element => $"the activity '{Name}'";

    /// <summary>The fields that were declared, and those that people's answers need (statement 2.4).</summary>
    internal IReadOnlyList<Field> AllFields => AnswerFields.AddTo(_fields, Events.Any(item => item.TakesAnswers), Outcomes.Count > 0, OutcomeField);

    internal IReadOnlyList<EventDraft> Events => _events;

    /// <summary>The outcomes in order, those that are made of actions behind the others (statement 2.5).</summary>
    internal IReadOnlyList<OutcomeDefinition> Outcomes => HasOutcomesFromActions ? [.. _outcomes, .. AnswerFields.OutcomesOf(_events)] : _outcomes;

    internal Priority TaskPriority { get; private set; } = Core.Priority.Medium;

    internal TimeSpan? Duration { get; private set; }

    internal IReadOnlyList<SetDraft> Sets => _destinations.Sets;

    internal NoDestinations WhenNobodyPolicy { get; private set; } = NoDestinations.Error;

    internal Rule? Preceding { get; private set; }

    internal Arrivals? Join { get; private set; }

    internal DueTime? Start { get; private set; }

    internal Rule? Reached { get; private set; }

    internal bool IsEnd { get; private set; }

    internal bool IsRestKept { get; private set; }

    internal Rule? Succeeding { get; private set; }

    internal WhenUnresolved Unresolved { get; private set; }

    internal PlanOption? Plan { get; private set; }

    internal SlotAllocation? Allocation { get; private set; }

    /// <summary>The value that <c>Outcome</c> is said to hold at first; null when none is said.</summary>
    internal string? SaidAtFirst { get; private set; }

    /// <summary>Whether the field <c>Outcome</c> is declared in so many words.</summary>
    internal bool DeclaresOutcomeField => _fields.Exists(declared => AnswerFields.IsSame(declared, Rules.Outcome.Field!));

    private bool HasOutcomesFromActions { get; set; }

    private ActivityField<string> OutcomeField =>
        SaidAtFirst is null ? Rules.Outcome.Field : new ActivityField<string>(Rules.Outcome.Name, SaidAtFirst) { IsHidden = true };

    /// <summary>Declares activity fields, which all destinations share, and destination fields. Each destination has its own copy of the latter (statement
    /// 11.1).</summary>
    /// <param name="fields">The fields, each of which may be declared once.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Fields(params ReadOnlySpan<Field> fields)
    {
        foreach (var field in fields)
        {
            ArgumentNullException.ThrowIfNull(field, nameof(fields));
            _fields.Add(field);
        }

        return this;
    }

    /// <summary>Sets the preceding rule: when it is false, this arrival ends here. It does not wait (statement 10.4).</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PrecedingRule(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        (Join, Preceding) = (null, rule);
        return this;
    }

    /// <summary>Sets a join as the preceding rule: an arrival that is not enough ends here and is kept (statement 13.1).</summary>
    /// <param name="arrivals">The arrivals that it waits for, for example <c>Arrivals.All</c>.</param>
    /// <param name="and">A rule that must be true, too, when the join is about to pass; without one the join decides alone.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PrecedingRule(Arrivals arrivals, Rule? and = null)
    {
        ArgumentNullException.ThrowIfNull(arrivals);
        (Join, Preceding) = (arrivals, and);
        return this;
    }

    /// <summary>Sets the start rule: the activity instance waits until then, without destinations. A date in the past begins at once (statements
    /// 5.1 to 5.3).</summary>
    /// <param name="when">When, for example <c>DueTime.At(TravelDate).Minus(Delay.WorkingDays(3)).In("Office")</c>.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder StartRule(DueTime when)
    {
        ArgumentNullException.ThrowIfNull(when);
        Start = when;
        return this;
    }

    /// <summary>Sets a milestone: an activity instance waits while the rule is false, and expires without following a line when it turns false later (statement
    /// 13.1j). The engine asks the rule when a data field has been written that it reads.</summary>
    /// <param name="rule">The rule, for example <c>IsOpen == true</c>. It reads process fields and activity fields.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Milestone(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Reached = rule;
        return this;
    }

    /// <summary>Plans one activity instance destination, whose events run once; what an activity does that says nothing (statement 4.3).</summary>
    /// <param name="slots">How many slots it has; one when not given.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PlanJustOnce(SlotAllocation? slots = null)
    {
        Plan = PlanOption.JustOnce;
        Allocation = slots;
        return this;
    }

    /// <summary>Plans an activity instance destination for each slot, without destinations (statement 4.7). Each has its own serial number and fields, and runs
    /// the events itself.</summary>
    /// <param name="slots">How many: for example <c>Slots.Number(3)</c> or <c>Slots.ForEach(Orders)</c>.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PlanPerSlot(SlotAllocation slots)
    {
        ArgumentNullException.ThrowIfNull(slots);
        Plan = PlanOption.PerSlot;
        Allocation = slots;
        return this;
    }

    /// <summary>Names the destinations of the activity (statement 4.1).</summary>
    /// <param name="to">Names users, groups and roles, in one or several sets.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Destinations(Action<DestinationBuilder> to)
    {
        ArgumentNullException.ThrowIfNull(to);
        to(_destinations);
        return this;
    }

    /// <summary>Says what happens when the destination rule finds nobody, or no slot for a task; Error when not said (statements 4.12 and 4.13).</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder WhenNobody(NoDestinations policy)
    {
        WhenNobodyPolicy = policy;
        return this;
    }

    /// <summary>Plans an activity instance destination for each destination, all at once (statement 4.5). Each has its own serial number and fields, and runs
    /// the events itself.</summary>
    /// <param name="slots">How many slots there are over all; one for each destination when not given (statement 4.3).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PlanPerDestination(SlotAllocation? slots = null)
    {
        Plan = PlanOption.PerDestination;
        Allocation = slots ?? Slots.PerDestination;
        return this;
    }

    /// <summary>Plans an activity instance destination for each destination, the next when the one before has completed. The engine checks the succeeding rule
    /// after the last (statements 3.2 and 4.5).</summary>
    /// <param name="slots">How many slots there are over all; one for each destination when not given (statement 4.3).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PlanPerDestinationInTurn(SlotAllocation? slots = null)
    {
        Plan = PlanOption.PerDestinationInTurn;
        Allocation = slots ?? Slots.PerDestination;
        return this;
    }

    /// <summary>Adds a client event: a task for people (statement 1.1).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="task">Says what people may decide.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Client(string name, Action<ClientEventBuilder> task)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(task);
        var builder = new ClientEventBuilder();
        task(builder);
        _events.Add(new ClientEventDraft(name, builder));
        return this;
    }

    /// <summary>Adds an outcome: the result of the activity when the rule is true. Outcomes replace the succeeding rule. The engine checks them in order, and
    /// the first true one wins (statements 2.5 and 2.6).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="when">The rule, for example <c>Answers.AtLeast(2) == "Approve"</c>; without one it counts as true.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Outcome(string name, Rule? when = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        _outcomes.Add(new OutcomeDefinition(name, when));
        return this;
    }

    /// <summary>Adds an outcome for each action that finishes, and for each answer of an outside system (<c>Waits</c>). It is reached when all slots are
    /// completed with it (statements 2.5 and 7.3b).</summary>
    /// <returns>This builder.</returns>
    public ActivityBuilder OutcomesFromActions()
    {
        HasOutcomesFromActions = true;
        return this;
    }

    /// <summary>Sets the value of the field <c>Outcome</c> as long as no outcome is reached (statements 0.3 and 6.8). It is also the value when the activity
    /// expires or ends without one. It is refused when the definition is built if the activity has no outcomes, or declares the field itself.</summary>
    /// <param name="outcome">The name, which a line should follow.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder OutcomeAtFirst(string outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        SaidAtFirst = outcome;
        return this;
    }

    /// <summary>Sets how urgent the tasks are shown to be; medium when not said (statement 1.16).</summary>
    /// <param name="priority">The priority.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Priority(Priority priority)
    {
        TaskPriority = priority;
        return this;
    }

    /// <summary>Sets how long the tasks are expected to take; they are flagged when they take longer (statement 1.16).</summary>
    /// <param name="duration">Positive.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder ExpectedDuration(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        Duration = duration;
        return this;
    }

    /// <summary>Sets the succeeding rule: asked after each completed destination; when true, the activity is done and the others expire (statement 3.1).
    /// Without one it is true the first time (statement 0.2).</summary>
    /// <param name="rule">The rule, for example <c>Answers.AllGiven</c>, which waits for everybody.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder SucceedingRule(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Succeeding = rule;
        return this;
    }

    /// <summary>Ends the process when the activity completes: everything else expires in the same commit, and the finish rule is asked (statement 13.1g). No
    /// line may leave the activity.</summary>
    /// <returns>This builder.</returns>
    public ActivityBuilder EndsProcess()
    {
        IsEnd = true;
        return this;
    }

    /// <summary>Keeps the rest: when the succeeding rule or an outcome is true, the lines are asked once, and the other destinations go on (statement 13.1l).
    /// They end without lines, and the activity instance ends with the last of them. It is for plan per destination and plan per slot.</summary>
    /// <returns>This builder.</returns>
    public ActivityBuilder KeepRest()
    {
        IsRestKept = true;
        return this;
    }

    /// <summary>Says what happens when the succeeding rule can no longer become true (statement 0.3).</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder WhenUnresolved(WhenUnresolved policy)
    {
        Unresolved = policy;
        return this;
    }
}
