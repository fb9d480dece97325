using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>An activity: its events, and the rules that decide whether, for whom and how often they run, and when the activity is done. The engine checks the
/// preceding rule, then the start rule, then the destination rule. It runs the events. Then it checks the succeeding rule and the lines.</summary>
public sealed class ActivityDefinition
{
    internal ActivityDefinition(
        string name,
        int ordinal,
        ActivityRules rules,
        EventDefinition[] events,
        IReadOnlyList<DataFieldDefinition> fields,
        FieldTable activityFields,
        FieldTable destinationFields,
        Priority priority,
        TimeSpan? expectedDuration,
        LineDefinition[] lines)
    {
        Name = name;
        Ordinal = ordinal;
        PrecedingRule = rules.Preceding;
        StartRule = rules.Start;
        EscalationArray = rules.Escalations;
        SucceedingRule = rules.Succeeding;
        WhenUnresolved = rules.WhenUnresolved;
        DestinationRule = rules.Destination;
        EventArray = events;
        Fields = fields;
        ActivityFields = activityFields;
        DestinationFields = destinationFields;
        Priority = priority;
        ExpectedDuration = expectedDuration;
        OutgoingLines = lines;
        OutcomeArray = rules.Outcomes;
        OutcomeOrdinal = activityFields.OrdinalOf(Outcome.Name);
        ActionResultOrdinal = destinationFields.OrdinalOf(ActionResult.Name);
        SharedFields = [.. fields.Where(field => field.Scope is FieldScope.Activity)];
        OwnFields = [.. fields.Where(field => field.Scope is FieldScope.Destination)];
    }

    /// <summary>The name; unique within the process.</summary>
    public string Name { get; }

    /// <summary>Whether an arrival runs at all; null is always. It is an if, not a wait (statement 10.4).</summary>
    public Rule? PrecedingRule { get; }

    /// <summary>How many arrivals it waits for; null for none, so that each arrival runs (statement 13.1).</summary>
    public Arrivals? Join { get; internal init; }

    /// <summary>Whether the process ends when it completes: everything else expires (statement 13.1g).</summary>
    public bool EndsProcess { get; internal init; }

    /// <summary>Whether the other destinations go on when the succeeding rule is true, and end without lines (statement 13.1l).</summary>
    public bool KeepsRest { get; internal init; }

    /// <summary>When an arrival that runs begins; null is at once. It is a when, never a whether (statement 5.1).</summary>
    public DueTime? StartRule { get; }

    /// <summary>Whether it has no start rule.</summary>
    internal bool HasNoStartRule => StartRule is null;

    /// <summary>Whether it is in an exclusive group (statement 13.1f).</summary>
    internal bool IsExclusive { get; init; }

    /// <summary>The rule of its milestone: while it is false, the activity is pending, and when it turns false later, the activity expires. Null for none
    /// (statement 13.1j).</summary>
    public Rule? Milestone { get; internal init; }

    /// <summary>The things that its milestone looks at.</summary>
    internal RuleReads? MilestoneReads { get; init; }

    /// <summary>Whether an arrival that runs may have to wait, for its exclusive group or its milestone.</summary>
    internal bool AwaitsTurn => IsExclusive || Milestone is not null;

    /// <summary>Whether an arrival that runs begins at once, whatever else is active.</summary>
    internal bool BeginsAtOnce => HasNoStartRule && !AwaitsTurn;

    /// <summary>The escalations, which act when the activity takes too long (statement 6.1).</summary>
    public IReadOnlyList<EscalationDefinition> Escalations => EscalationArray;

    internal EscalationDefinition[] EscalationArray { get; }

    /// <summary>Whether it has an exception rule of its own (statement 8.3).</summary>
    public bool HasExceptionRule => ExceptionRule is not null;

    internal ExceptionHandler? ExceptionRule { get; init; }

    /// <summary>How destinations and slots are planned (statement 4.1).</summary>
    public DestinationRule DestinationRule { get; }

    /// <summary>The events, in the order in which each destination runs them; may be empty (statement 4.3).</summary>
    public IReadOnlyList<EventDefinition> Events => EventArray;

    /// <summary>Whether the activity is done, asked after each completed destination; null is true the first time (statements 0.2 and 3.1).</summary>
    public Rule? SucceedingRule { get; }

    /// <summary>The possible outcomes, in the order of asking; with any, they are the succeeding rule of the activity (statement 2.5).</summary>
    public IReadOnlyList<OutcomeDefinition> Outcomes => OutcomeArray;

    /// <summary>How urgent its tasks are shown to be (statement 1.16).</summary>
    public Priority Priority { get; }

    /// <summary>How long its tasks are expected to take; null when nothing is said (statement 1.16).</summary>
    public TimeSpan? ExpectedDuration { get; }

    /// <summary>The behavior when the succeeding rule can no longer become true (statement 0.3).</summary>
    public WhenUnresolved WhenUnresolved { get; }

    /// <summary>The data fields of the activity instance and of its destinations (statement 11.1).</summary>
    public IReadOnlyList<DataFieldDefinition> Fields { get; }

    /// <summary>The lines that leave it, in the order in which their rules are asked (statement 10.1).</summary>
    public IReadOnlyList<LineDefinition> Lines => OutgoingLines;

    internal int Ordinal { get; }

    internal EventDefinition[] EventArray { get; }

    internal OutcomeDefinition[] OutcomeArray { get; }

    /// <summary>The position of the field <c>Outcome</c> among the activity fields; -1 without outcomes.</summary>
    internal int OutcomeOrdinal { get; }

    /// <summary>The position of the field <c>Action Result</c> among the destination fields; -1 without a client event.</summary>
    internal int ActionResultOrdinal { get; }

    /// <summary>Whether another activity leaves out who has acted here (statement 4.10).</summary>
    internal bool AreActorsWanted { get; init; }

    /// <summary>Whether it makes no sense without a destination: it plans per destination, or has a task for people (statement 4.12).</summary>
    internal bool NeedsSomebody => DestinationRule.IsPerDestination || DestinationRule.IsForTask;

    /// <summary>The names of the signals for which its events wait (statement 13.1k).</summary>
    internal IEnumerable<string> Signals => EventArray.OfType<SignalEventDefinition>().Select(item => item.Signal);

    /// <summary>Whether one of its events waits for a signal.</summary>
    internal bool WaitsFor(string signal) => Signals.Contains(signal, StringComparer.Ordinal);

    /// <summary>The activity fields, in the order of <see cref="ActivityFields"/>.</summary>
    internal DataFieldDefinition[] SharedFields { get; }

    /// <summary>The destination fields, in the order of <see cref="DestinationFields"/>.</summary>
    internal DataFieldDefinition[] OwnFields { get; }

    internal FieldTable ActivityFields { get; }

    internal FieldTable DestinationFields { get; }

    internal LineDefinition[] OutgoingLines { get; }
}
