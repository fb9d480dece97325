using System.Globalization;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>Puts an instance into Error, unless a retry policy or an exception rule decides otherwise. In Error all branches stop, and the planned steps are
/// kept (statements 8.1, 8.2, 8.3 and 13.2).</summary>
internal static class Failure
{
    /// <summary>The end of messages that tell how to mend the cause (statement 8.2).</summary>
    public const string ThenRetry = "Then retry this instance.";

    private const string OfProcess = "process ";
    private const string OfActivity = "activity ";

    /// <summary>A rule of the definition has thrown.</summary>
    /// <returns>Whether an exception rule lets the step be taken again without it (statement 8.3). Otherwise the instance is in Error.</returns>
    public static bool TryPass(Episode episode, in Operation failed, RuleFailure failure)
    {
        var fault = Fault.OfRule(failure.InnerException!);
        if (ExceptionRules.Continue(episode, failure, ref fault))
        {
            episode.Process.Skip(failure.Element);
            return true;
        }

        Stop(episode, failed, failure.Element, fault, keepsSkipped: true);
        return false;
    }

    /// <summary>Counts an activity that is entered.</summary>
    /// <returns>Why the instance may not enter it; null when it may.</returns>
    public static string? WhyNotFurther(Episode episode)
    {
        var limits = episode.Limits;
        episode.EnteredActivities++;
        if (!episode.Process.TryCountStep(limits.Steps))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"It entered {limits.Steps} activities by itself without waiting for anybody, which is the limit. Give the loop an exit, or raise "
                    + $"WorkflowOptions.AutomaticStepLimit.");
        }

        return episode.Process.JournalCount < limits.History ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"Its history holds {episode.Process.JournalCount} facts, and the limit is {limits.History}. Let it end and start another instance, or raise "
                + $"WorkflowOptions.HistoryLimit.");
    }

    public static void OfLimit(Episode episode, in Operation next, string message) =>
        Stop(episode, next, $"{OfProcess}'{episode.Process.Definition}'", new Fault(message));

    /// <summary>A loop reaches this limit before that of steps, because each step is several operations.</summary>
    public static void OfOperationLimit(Episode episode, in Operation next)
    {
        var steps = episode.EnteredActivities;
        var remedy = steps > episode.Definition.ActivityArray.Length
            ? $"It entered {steps.Invariant()} activities in this command, so it entered some again and again. Give the "
                + "loop an exit, or an event that waits for somebody; where branches come together, let a preceding rule pass one of them."
            : "Divide the work: fewer lines, or fewer slots at once.";
        OfLimit(episode, next, $"One command ran more than {episode.OperationLimit.Invariant()} operations, which is the limit. {remedy}");
    }

    /// <summary>An activity whose policy is to fail when its succeeding rule can no longer become true (statement 0.3). A retry asks the rule again.</summary>
    public static void OfUnresolved(Episode episode, ActivityInstanceDestination destination, Verb asked)
    {
        var message = "Its succeeding rule is false and no answer is left that could make it true. "
            + "Let this instance go to another activity. For later ones, change the rule or the slots, or choose another policy with WhenUnresolved.";
        Stop(episode, new Operation(asked, destination), $"{OfActivity}'{destination.Activity.Name}'", new Fault(message));
    }

    /// <summary>The resolver could not say who belongs to a role. A retry asks the destination rule again (statement 4.12).</summary>
    public static void OfResolver(Episode episode, ActivityInstance activity, Fault fault)
    {
        activity.Planning.MembersKnown();
        if (activity.IsPlanned)
        {
            // Nobody is kept waiting by it: the roles are asked for again at the next interval.
            episode.Alarms.Add(new Alarm(AlarmKind.RolesNotFollowed, activity.Name, fault.Message, fault.Exception));
            RoleTimer.Arm(episode, activity);
            return;
        }

        Stop(
            episode,
            new Operation(Verb.PlanDestinations, activity),
            $"{Question.DestinationRule} of '{activity.Name}'",
            fault with { Message = $"{fault.Message} {ThenRetry}" });
    }

    /// <summary>The code of a server event threw. The event itself holds what a retry has to do again.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="destination">The destination of the event.</param>
    /// <param name="fault">The failure.</param>
    /// <param name="drawn">The number that was drawn for the jitter of a retry, from 0 to 1.</param>
    public static void OfServerEvent(Episode episode, ActivityInstanceDestination destination, Fault fault, double drawn)
    {
        episode.RecordEvent(JournalKind.EventFailed, destination, fault.Message);
        if (Retries.TryPlan(episode, destination, drawn, ref fault))
        {
            return;
        }

        var element = FailedElement.OfEvent(destination);
        var isPassed = ExceptionRules.Continue(episode, destination, element, ref fault);
        destination.FailEvent();
        if (isPassed)
        {
            Continuation.WithoutEvent(episode, destination, "An exception rule let the instance go on without the event.");
            return;
        }

        Stop(episode, failed: null, element, fault);
    }

    /// <summary>The action of an escalation has failed. The firing holds what a retry has to do again (statement 6.11).</summary>
    public static void OfEscalation(Episode episode, Firing firing, Fault fault)
    {
        Escalations.Record(episode, JournalKind.EscalationFailed, firing.Owner, firing.Escalation, fault.Message);
        firing.Fail();
        var question = Escalations.QuestionOf(episode, Escalations.DefinitionOf(episode, firing), firing);
        if (ExceptionRules.Continue(episode, firing, question, ref fault))
        {
            episode.Process.Timers.End(firing);
            return;
        }

        Stop(episode, failed: null, question.Element, fault);
    }

    /// <summary>Why what has failed cannot be skipped (statement 8.2b); null when it can.</summary>
    public static string? WhyNotSkipped(string element) =>
        element.StartsWith(Question.DestinationRule, StringComparison.Ordinal)
            ? "nobody would know whom its activity is for. Repair the destination rule and retry, or let the instance go to another activity."
        : element.StartsWith(OfProcess, StringComparison.Ordinal) || element.StartsWith(OfActivity, StringComparison.Ordinal)
            ? "it is a limit, or the policy of an activity, and no single rule or event. Let the instance go to another activity."
        : null;

    /// <param name="episode">The episode.</param>
    /// <param name="failed">The step that failed; null where an element holds what a retry has to do again.</param>
    /// <param name="element">The element that failed, in words.</param>
    /// <param name="fault">The failure.</param>
    /// <param name="keepsSkipped">Whether the step has asked questions that it does not ask again (statement 8.2b). Otherwise a retry asks all of them.</param>
    private static void Stop(Episode episode, Operation? failed, string element, Fault fault, bool keepsSkipped = false)
    {
        if (!keepsSkipped)
        {
            episode.Process.EndSkips();
        }


        var suspended = new List<SuspendedStep>();
        if (failed is { } step)
        {
            suspended.Add(SuspendedSteps.Of(episode.Definition, step));
        }

        while (episode.TryNext(out var operation))
        {
            suspended.Add(SuspendedSteps.Of(episode.Definition, operation));
        }

        var error = new ProcessError(element, fault.WholeMessage, fault.ExceptionType, episode.Now)
        {
            Number = episode.Process.JournalCount + episode.Journal.Count + 1,
            Details = fault.WholeDetails,
        };
        episode.Process.Fail(error, suspended);
        episode.Record(JournalKind.ProcessError, element, error.Message);
        episode.Alarms.Add(new Alarm(AlarmKind.Failed, element, error.Message, fault.Exception));
    }
}
