using System.Diagnostics;
using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Planning;

/// <summary>Reads something of a definition in the scope of a question.</summary>
/// <typeparam name="TSource">The part of the definition that is read.</typeparam>
/// <typeparam name="TAnswer">The answer.</typeparam>
internal delegate TAnswer Reading<in TSource, out TAnswer>(TSource source, in RuleScope scope);

/// <summary>One question that a process instance asks its definition. It has the place, the element, the rule or its default, and the data that the rule may
/// see. The engine asks every rule through it. So one place says what holds without a rule, and names a rule that throws (statement 8.1). The same place can
/// tell how an answer came about.</summary>
internal readonly partial struct Question
{
    /// <summary>The element of a question for destinations, in words, before the name of the activity.</summary>
    public const string DestinationRule = "destination rule";

    private const string Escalation = "escalation";

    private readonly RulePlace _place;
    private readonly RuleDefault _default;
    private readonly string _what;
    private readonly string? _name;
    private readonly Rule? _rule;
    private readonly ProcessInstance _process;
    private readonly ActivityDefinition? _definition;
    private readonly object? _subject;

    /// <param name="place">The place, which decides what the rule may see.</param>
    /// <param name="what">The kind of rule, as an error names it.</param>
    /// <param name="name">The name of the element that has the rule; null for the process and for the activity itself.</param>
    /// <param name="rule">The rule; null for the default.</param>
    /// <param name="default">The answer without a rule.</param>
    /// <param name="process">The process instance.</param>
    /// <param name="definition">The definition of the activity that the element is part of; null for the process.</param>
    /// <param name="subject">The activity instance or the destination that is asked about; null before there is one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Question(
        RulePlace place, string what, string? name, Rule? rule, RuleDefault @default, ProcessInstance process, ActivityDefinition? definition = null,
        object? subject = null)
    {
        _place = place;
        _what = what;
        _name = name;
        _rule = rule;
        _default = @default;
        _process = process;
        _definition = definition;
        _subject = subject;
    }

    /// <summary>The element, in words.</summary>
    public string Element => (_name, _place, _definition) switch
    {
        (null, _, null) => _what,
        (null, _, _) => $"{_what} of '{_definition.Name}'",
        (_, RulePlace.ProcessLine or RulePlace.ActivityLine, _) => $"{_what} of '{_name}'",
        (_, _, null) => $"{_what} '{_name}'",
        _ => $"{_what} '{_name}' of '{_definition!.Name}'",
    };

    private ActivityInstanceDestination Destination => (ActivityInstanceDestination)_subject!;

    /// <summary>Whether a line from the start is followed (statement 10.1).</summary>
    public static Question OfLine(LineDefinition line, ProcessInstance process) =>
        new(RulePlace.ProcessLine, "line rule", line.Name, line.Rule, RuleDefault.True, process);

    /// <summary>Whether a line that leaves an activity is followed (statement 10.1).</summary>
    public static Question OfLine(LineDefinition line, ActivityInstance from, ActivityDefinition definition) =>
        new(RulePlace.ActivityLine, "line rule", line.Name, line.Rule, RuleDefault.True, from.Process, definition, from);

    /// <summary>Whether an activity begins when a line leads to it (statement 0.4).</summary>
    public static Question OfArrival(ActivityDefinition definition, ProcessInstance process) =>
        new(RulePlace.Preceding, "preceding rule", null, definition.PrecedingRule, RuleDefault.True, process, definition);

    /// <summary>Whether a process starts, and when it begins (statement 5.4).</summary>
    public static Question OfProcessStart(ProcessStartRule rule, ProcessInstance candidate) =>
        new(RulePlace.ProcessStart, "start rule of the process", null, rule.Condition, RuleDefault.True, candidate);

    /// <summary>When an activity begins (statement 5.1).</summary>
    public static Question OfStart(ActivityDefinition definition, ActivityInstance activity) =>
        new(RulePlace.Start, "start rule", null, null, RuleDefault.True, activity.Process, definition, activity);

    /// <summary>Whether the milestone of an activity is reached (statement 13.1j).</summary>
    public static Question OfMilestone(ActivityDefinition definition, ActivityInstance activity) =>
        new(RulePlace.Milestone, "milestone", null, definition.Milestone, RuleDefault.True, activity.Process, definition, activity);

    /// <summary>When an escalation fires, and to whom it gives a task (statements 6.3 and 6.7b).</summary>
    /// <param name="escalation">The escalation.</param>
    /// <param name="event">The event that it belongs to; null for none.</param>
    /// <param name="process">The process instance.</param>
    /// <param name="definition">The definition of the activity; null for an escalation of the process.</param>
    /// <param name="activity">The activity instance; null for an escalation of the process, and for an activity that is entered now.</param>
    public static Question OfEscalation(
        EscalationDefinition escalation, string? @event, ProcessInstance process, ActivityDefinition? definition, ActivityInstance? activity) => new(
        definition is null ? RulePlace.ProcessEscalation : RulePlace.Escalation,
        @event is null ? Escalation : escalation.WordsOfEvent,
        @event ?? escalation.Name,
        null, RuleDefault.True, process, definition,
        activity);

    /// <summary>The values that an action sets, and those to whom it gives the task (statement 2.1).</summary>
    public static Question OfAction(ActionDefinition action, ActivityDefinition definition, ActionTaking taking) =>
        new(RulePlace.Action, "action", action.Name, null, RuleDefault.True, taking.Destination.Activity.Process, definition, taking);

    /// <summary>The destinations of an activity and the number of its slots (statements 4.1 to 4.7).</summary>
    public static Question OfDestinations(ActivityDefinition definition, ActivityInstance activity) =>
        new(RulePlace.DestinationSet, DestinationRule, null, null, RuleDefault.True, activity.Process, definition, activity);

    /// <summary>Whether a server event is over when its code has returned (statements 0.2 and 7.3).</summary>
    public static Question OfServerEvent(EventDefinition definition, ActivityDefinition activity, ActivityInstanceDestination destination) =>
        OfEvent(definition, activity, destination, RuleDefault.True);

    /// <summary>Whether a task is over after an answer (statements 0.2 and 2.7).</summary>
    public static Question OfTask(ClientEventDefinition definition, ActivityDefinition activity, ActivityInstanceDestination destination) => OfEvent(
        definition,
        activity,
        destination,
        activity.OutcomeArray.Length == 0 ? RuleDefault.AllSlotsCompleted
            : destination.Activity.IsJustOnce ? RuleDefault.AnyOutcome
            : RuleDefault.True);

    /// <summary>Whether an activity is over after a destination has completed (statements 0.2 and 2.6).</summary>
    public static Question OfActivity(ActivityDefinition definition, ActivityInstanceDestination completed) => new(
        RulePlace.ActivitySucceeding,
        "succeeding rule",
        null,
        definition.SucceedingRule,
        definition.OutcomeArray.Length > 0 ? RuleDefault.AnyOutcome : RuleDefault.True,
        completed.Activity.Process,
        definition,
        completed);

    /// <summary>Whether a process continues when nothing is active (statement 10.9).</summary>
    public static Question OfFinish(FinishRule? rule, ProcessInstance process) =>
        new(RulePlace.Finish, "finish rule", null, rule?.Rule, RuleDefault.False, process);

    /// <summary>The answer.</summary>
    /// <exception cref="RuleFailure">The rule threw.</exception>
    public bool IsTrue() => IsTrue(out _);

    /// <summary>The answer, with the first outcome that is true where the outcomes decide (statement 2.6).</summary>
    /// <exception cref="RuleFailure">The rule, or the rule of an outcome, threw.</exception>
    public bool IsTrue(out OutcomeDefinition? outcome)
    {
        outcome = null;
        if (_rule is not null)
        {
            return Read(_rule, static (rule, in scope) => rule.Evaluate(scope));
        }

        switch (_default)
        {
            case RuleDefault.True:
                return true;
            case RuleDefault.False:
                return false;
            case RuleDefault.AllSlotsCompleted:
                return AreAllSlotsCompleted(Destination);
            default:
                Invariant.Holds(_default is RuleDefault.AnyOutcome);
                outcome = FirstOutcome();
                return outcome is not null;
        }
    }

    /// <summary>Answers the question, and tells how the answer came about.</summary>
    /// <exception cref="RuleFailure">The rule, or the rule of an outcome, threw.</exception>
    public RuleTrace Explain()
    {
        if (_rule is not null)
        {
            return Read(_rule, static (rule, in scope) => rule.Explain(scope));
        }

        var trace = new RuleTrace(WithoutRule(_default), answer: null);
        var answer = _default is RuleDefault.True;
        switch (_default)
        {
            case RuleDefault.AllSlotsCompleted:
                answer = AreAllSlotsCompleted(Destination);
                trace.Add(new RuleTraceValue("slots", Destination.SlotCount.Invariant()));
                trace.Add(new RuleTraceValue("completed", Destination.WorklistHeader!.CompletedSlots.Invariant()));
                break;
            case RuleDefault.AnyOutcome:
                foreach (var outcome in _definition!.OutcomeArray)
                {
                    var clause = answer ? new RuleTrace(outcome.Rule?.ToString() ?? WithoutRule(RuleDefault.True), answer: null) : OfOutcome(outcome).Explain();
                    trace.Add(clause);
                    answer |= clause.Result ?? false;
                }

                break;
            default:
                break;
        }

        trace.End(answer);
        return trace;
    }

    /// <summary>Reads something of the definition that is no condition. A question that an administrator skips is not read: a rule is false, a start is due at
    /// once, and anything else has no value (statement 8.2b).</summary>
    /// <exception cref="RuleFailure">It threw.</exception>
    public TAnswer Read<TSource, TAnswer>(TSource source, Reading<TSource, TAnswer> reading)
    {
        if (_process.Skipped.Count > 0 && _process.PassesOver(Element))
        {
            return default!;
        }

        return ReadAnew(source, reading);
    }

    /// <summary>As <see cref="Read"/>. It is read also where an administrator skips it: nothing goes on by the answer.</summary>
    /// <exception cref="RuleFailure">It threw.</exception>
    public TAnswer ReadAnew<TSource, TAnswer>(TSource source, Reading<TSource, TAnswer> reading)
    {
        try
        {
            return reading(source, Scope());
        }
        catch (Exception exception) when (exception is not (WorkflowInvariantException or PartNotLoadedException))
        {
            throw Failure(exception);
        }
    }

    /// <summary>The failure that names the element of the question.</summary>
    public RuleFailure Failure(Exception cause) => new(this, cause);

    private static Question OfEvent(
        EventDefinition definition, ActivityDefinition activity, ActivityInstanceDestination destination, RuleDefault @default) => new(
        RulePlace.EventSucceeding,
        "succeeding rule of event",
        definition.Name,
        definition.SucceedingRule,
        @default,
        destination.Activity.Process,
        activity,
        destination);

    private static bool AreAllSlotsCompleted(ActivityInstanceDestination destination) => destination.WorklistHeader!.CompletedSlots >= destination.SlotCount;

    private static string WithoutRule(RuleDefault @default) => @default switch
    {
        RuleDefault.True => "always, without a rule",
        RuleDefault.False => "never, without a rule",
        RuleDefault.AllSlotsCompleted => "all slots are completed",
        RuleDefault.AnyOutcome => "an outcome is true",
        _ => throw new UnreachableException(),
    };

    /// <summary>The first outcome whose rule is true (statement 2.6); null for none.</summary>
    private OutcomeDefinition? FirstOutcome()
    {
        foreach (var outcome in _definition!.OutcomeArray)
        {
            if (OfOutcome(outcome).IsTrue())
            {
                return outcome;
            }
        }

        return null;
    }

    /// <summary>The question for one outcome. It sees the same data as the question that the outcomes decide.</summary>
    private Question OfOutcome(OutcomeDefinition outcome) =>
        new(_place, "outcome", outcome.Name, outcome.Rule, RuleDefault.True, _process, _definition, _subject);

    /// <summary>The things that its rule sees.</summary>
    public RuleScope Scope() => _place switch
    {
        RulePlace.ProcessLine or RulePlace.Finish or RulePlace.ProcessEscalation or RulePlace.ProcessStart => RuleScope.OfProcess(_process),
        RulePlace.ActivityLine => RuleScope.OfLine((ActivityInstance)_subject!, _definition!.DestinationFields.InitialFields),
        RulePlace.Preceding => RuleScope.OfArrival(_process, _definition!.ActivityFields.InitialFields),
        RulePlace.Escalation when _subject is null => RuleScope.OfArrival(_process, _definition!.ActivityFields.InitialFields),
        RulePlace.DestinationSet or RulePlace.Start or RulePlace.Escalation or RulePlace.Milestone =>
            RuleScope.OfArrival(_process, ((ActivityInstance)_subject!).Fields),
        RulePlace.EventSucceeding or RulePlace.SubProcess => RuleScope.OfEvent(Destination),
        RulePlace.ActivitySucceeding => RuleScope.OfActivity(Destination),
        RulePlace.Task => RuleScope.OfTask(Destination),
        RulePlace.Action => RuleScope.OfAction((ActionTaking)_subject!),
        _ => throw new UnreachableException(),
    };
}
