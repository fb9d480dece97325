using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Arms the escalations of a process, an activity or an event, and finds the definition of one that has fired.</summary>
internal static class Escalations
{
    /// <summary>The step of an activity instance behind its start rule: where it is in an exclusive group or has a milestone, its turn comes first
    /// (statements 13.1f and 13.1j).</summary>
    public static Operation StepBehindStart(Episode episode, ActivityInstance activity) =>
        episode.DefinitionOf(activity).AwaitsTurn ? new Operation(Verb.AwaitTurn, activity) : StepBehindTurn(episode, activity);

    /// <summary>The step of an activity instance that begins: where there are escalations, they are armed first (statement 6.2).</summary>
    public static Operation StepBehindTurn(Episode episode, ActivityInstance activity) =>
        new(episode.DefinitionOf(activity).EscalationArray.Length == 0 ? Verb.PlanDestinations : Verb.BeginActivity, activity);

    /// <summary>The start rule lets an activity instance begin: its escalations are armed, and then its destinations are planned (statement 6.2).</summary>
    public static void Begin(Episode episode, ActivityInstance activity)
    {
        var escalations = episode.DefinitionOf(activity).EscalationArray;
        var began = episode.StartDueOf(activity);
        Arm(episode, TimerOwner.Of(activity), escalations, DueOf(episode, escalations, activity, from: began), began);
        episode.Plan(Verb.PlanDestinations, activity);
    }

    /// <summary>Works out when each escalation fires first of an activity that is entered now and begins at once.</summary>
    public static DateTimeOffset?[] DueOf(Episode episode, ActivityDefinition entered) =>
        DueOf(episode, entered.EscalationArray, entered, activity: null, @event: null, episode.Now);

    /// <summary>Works out when each escalation of an element fires first; null for one whose date has no value (statement 6.3b). An instant that is past is the
    /// present one.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="escalations">The escalations.</param>
    /// <param name="activity">The activity instance that they belong to; null for the process.</param>
    /// <param name="event">The event that they belong to; null for none.</param>
    /// <param name="from">When the element began, which may be earlier than now when no host ran (statement 5.4b); null for now.</param>
    /// <exception cref="RuleFailure">The due time of one cannot be worked out.</exception>
    public static DateTimeOffset?[] DueOf(
        Episode episode, EscalationDefinition[] escalations, ActivityInstance? activity, string? @event = null, DateTimeOffset? from = null) =>
        DueOf(episode, escalations, activity is null ? null : episode.DefinitionOf(activity), activity, @event, from ?? episode.Now);

    /// <summary>Arms the escalations of an element that has just begun.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="owner">The element.</param>
    /// <param name="escalations">Its escalations.</param>
    /// <param name="due">When each fires first.</param>
    /// <param name="from">When the element began, which may be earlier than now; null for now.</param>
    public static void Arm(
        Episode episode, in TimerOwner owner, EscalationDefinition[] escalations, DateTimeOffset?[] due, DateTimeOffset? from = null)
    {
        for (var index = 0; index < due.Length; index++)
        {
            var name = escalations[index].Name;
            if (due[index] is { } instant)
            {
                var counted = DueInstant.BaseOf(escalations[index].When, from ?? episode.Now, episode.Now);
                episode.Process.Timers.Arm(owner, ProcessTimerKind.Escalation, name, InstanceTimers.Only, instant, counted);
                continue;
            }

            NotArmed(episode, owner, name);
        }
    }

    /// <summary>Tells of escalations that will never be armed.</summary>
    public static void RecordNotArmed(Episode episode, in TimerOwner owner, EscalationDefinition[] escalations)
    {
        foreach (var escalation in escalations)
        {
            NotArmed(episode, owner, escalation.Name);
        }
    }

    /// <summary>The instance ends, or goes elsewhere, before it has begun. It waits for nothing any more, and its escalations will never be armed.</summary>
    public static void ForgetStart(Episode episode)
    {
        if (episode.Process.StartsAt is not null)
        {
            episode.Process.Timers.End(TimerOwner.Process);
            RecordNotArmed(episode, TimerOwner.Process, episode.Definition.EscalationArray);
        }
    }

    /// <summary>Tells of the firings whose element has ended before their action was done (statement 6.6b).</summary>
    public static void RecordDropped(Episode episode)
    {
        foreach (var firing in episode.Process.TimersOrNull?.FiringsOrNull?.TakeDropped() ?? [])
        {
            Record(episode, JournalKind.EscalationDropped, firing.Owner, firing.Escalation, detail: null);
        }
    }

    /// <summary>Whether something has fired whose action is to be called.</summary>
    public static bool IsCallOpen(ProcessInstance process) => process.TimersOrNull?.FiringsOrNull is { WantCall: true };

    /// <summary>The definition of an escalation that has fired.</summary>
    public static EscalationDefinition DefinitionOf(Episode episode, Firing firing)
    {
        var escalations = firing.Destination is { } destination ? episode.DefinitionOf(destination).EscalationArray
            : firing.Activity is { } activity ? episode.DefinitionOf(activity).EscalationArray
            : episode.Definition.EscalationArray;
        var definition = EscalationDefinition.Find(escalations, firing.Escalation);
        Invariant.Holds(definition is not null);
        return definition!;
    }

    /// <summary>The question of an escalation, which names it in an error.</summary>
    public static Question QuestionOf(Episode episode, EscalationDefinition escalation, Firing firing) =>
        QuestionOf(episode, escalation, firing.Activity, firing.Destination?.Event?.Name);

    private static Question QuestionOf(Episode episode, EscalationDefinition escalation, ActivityInstance? activity, string? @event) =>
        Question.OfEscalation(escalation, @event, episode.Process, activity is null ? null : episode.DefinitionOf(activity), activity);

    public static void Record(Episode episode, JournalKind kind, in TimerOwner owner, string name, string? detail) =>
        episode.Journal.Add(kind, episode.Now, owner.ActivityInstance, owner.Destination, owner.EventInstance, name, detail);

    private static DateTimeOffset?[] DueOf(
        Episode episode, EscalationDefinition[] escalations, ActivityDefinition? definition, ActivityInstance? activity, string? @event, DateTimeOffset from)
    {
        if (escalations.Length == 0)
        {
            return [];
        }

        var due = new DateTimeOffset?[escalations.Length];
        for (var index = 0; index < due.Length; index++)
        {
            due[index] = Question.OfEscalation(escalations[index], @event, episode.Process, definition, activity).Read(
                (Rule: escalations[index].When, From: from, episode.WorkingHours),
                static ((DueTime Rule, DateTimeOffset From, WorkingHoursTable WorkingHours) source, in RuleScope scope) =>
                    DueInstant.OrNull(source.Rule, source.From, source.WorkingHours, scope)) is { } instant
                ? DueInstant.Later(instant, episode.Now)
                : null;
        }

        return due;
    }

    private static void NotArmed(Episode episode, in TimerOwner owner, string name)
    {
        Record(episode, JournalKind.EscalationNotArmed, owner, name, detail: null);
        episode.Alarms.Add(new Alarm(AlarmKind.EscalationNotArmed, name, Message: ""));
    }
}
