using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Asks the exception rules whether an instance goes on without what has failed: that of the event, of the activity, and of the process, or that of
/// the line and of the process. The nearest one decides. One that throws passes the question on (statements 8.3 and 8.3b).</summary>
internal static class ExceptionRules
{
    /// <summary>A rule of the definition has thrown.</summary>
    /// <returns>Whether the step is taken again without it.</returns>
    public static bool Continue(Episode episode, RuleFailure failure, ref Fault fault)
    {
        var question = failure.Question;
        return !episode.Process.Skipped.Contains(failure.Element, StringComparer.Ordinal)
            && Decide(episode, Levels(episode, question), question.Subject, failure.Element, attempts: 0, question.Scope(), ref fault);
    }

    /// <summary>The code of a server event has failed.</summary>
    public static bool Continue(Episode episode, ActivityInstanceDestination destination, string element, ref Fault fault) => Decide(
        episode,
        Levels(episode, episode.DefinitionOf(destination), episode.DefinitionOf(destination.Activity)),
        TimerOwner.OfEvent(destination),
        element,
        destination.Event!.Attempts,
        RuleScope.OfEvent(destination),
        ref fault);

    /// <summary>The action of an escalation has failed. Its code could read what its event can.</summary>
    public static bool Continue(Episode episode, Firing firing, in Question question, ref Fault fault)
    {
        var scope = firing.Destination is { Event: not null } destination ? RuleScope.OfEvent(destination) : question.Scope();
        return Decide(episode, Levels(episode, question), firing.Owner, question.Element, firing.Attempts, scope, ref fault);
    }

    /// <summary>Whether the policy of a server event has its code called again after this failure (statement 13.2).</summary>
    public static bool LetRetry(Episode episode, ExceptionFilter? filter, ActivityInstanceDestination destination, string element, ref Fault fault)
    {
        if (filter is null)
        {
            return true;
        }

        try
        {
            return filter(Context(element, fault, destination.Event!.Attempts, RuleScope.OfEvent(destination)));
        }
        catch (Exception exception) when (IsOfHost(exception))
        {
            fault = fault.And("the filter of its retry policy", exception);
            Report(episode, $"The filter of the retry policy of {element}", exception);
            return false;
        }
    }

    private static bool Decide(
        Episode episode, (string Of, ExceptionHandler Handler)[] levels, in TimerOwner of, string element, int attempts, in RuleScope scope, ref Fault fault)
    {
        if (fault.Kind is not FaultKind.Exception || levels.Length == 0 || Failure.WhyNotSkipped(element) is not null)
        {
            return false;
        }

        var failure = Context(element, fault, attempts, scope);
        foreach (var (level, handler) in levels)
        {
            try
            {
                if (handler(failure) is not ExceptionDecision.Continue)
                {
                    return false;
                }
            }
            catch (Exception exception) when (IsOfHost(exception))
            {
                fault = fault.And($"the exception rule of {level}", exception);
                Report(episode, $"The exception rule of {level}", exception);
                continue;
            }

            var message = fault.WholeMessage;
            episode.Journal.Add(
                JournalKind.ExceptionPassed, episode.Now, of.ActivityInstance, of.Destination, of.EventInstance, element,
                $"passed over by the exception rule of {level}: {message}");
            episode.Alarms.Add(new Alarm(AlarmKind.ExceptionPassed, element, message, fault.Exception));
            return true;
        }

        return false;
    }

    private static void Report(Episode episode, string element, Exception exception) =>
        episode.Alarms.Add(new Alarm(AlarmKind.ExceptionRuleFailed, element, ErrorText.Of(exception), exception));

    private static FailureContext Context(string element, Fault fault, int attempts, in RuleScope scope) =>
        new(element, fault.Message, fault.ExceptionType, fault.Exception, attempts, scope);

    private static bool IsOfHost(Exception exception) => exception is not (WorkflowInvariantException or PartNotLoadedException);

    private static (string Of, ExceptionHandler Handler)[] Levels(Episode episode, in Question question)
    {
        var name = question.Event;
        if (question.Line is { } line)
        {
            return Present(
                ($"line '{line}'", Array.Find(episode.Definition.LineArray, item => item.Name == line)?.ExceptionRule), OfProcess(episode.Definition));
        }

        var activity = question.Activity;
        return Levels(episode, name is null ? null : Array.Find(activity!.EventArray, item => item.Name == name), activity);
    }

    private static (string Of, ExceptionHandler Handler)[] Levels(Episode episode, EventDefinition? item, ActivityDefinition? activity) => Present(
        ($"event '{item?.Name}'", item?.ExceptionRule), ($"activity '{activity?.Name}'", activity?.ExceptionRule), OfProcess(episode.Definition));

    private static (string Of, ExceptionHandler? Handler) OfProcess(ProcessDefinition definition) => ($"process '{definition.Name}'", definition.ExceptionRule);

    private static (string Of, ExceptionHandler Handler)[] Present(params ReadOnlySpan<(string Of, ExceptionHandler? Handler)> levels)
    {
        var present = new List<(string Of, ExceptionHandler Handler)>();
        foreach (var (level, handler) in levels)
        {
            if (handler is not null)
            {
                present.Add((level, handler));
            }
        }

        return [.. present];
    }
}
