using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>An arrival. Each makes its own activity instance, even if the activity is active already (statement 10.3). When the preceding rule is false, or its
/// join wants more, the activity ends there, without destinations, events or lines (statements 0.4 and 13.1).</summary>
internal static class EnterActivity
{
    /// <summary>A line was followed: it makes a line instance, and that the activity instance.</summary>
    public static void AlongLine(Episode episode, in Operation operation)
    {
        var line = episode.Definition.LineArray[operation.Ordinal];
        var definition = episode.Definition.ActivityArray[line.Target];
        var arrival = definition.Join is null ? null : Arrival.Along(episode, definition, line, operation.On);
        var isAllowed = arrival is not { IsEnough: false } && Question.OfArrival(definition, episode.Process).IsTrue();
        Enter(episode, definition, (line, operation.From), operation.On, arrival, isAllowed);
    }

    /// <summary>A goto leads here (statement 10.9). It satisfies a join, and is not counted by it (statement 10.10b).</summary>
    public static void WithoutLine(Episode episode, in Operation operation)
    {
        var definition = episode.Definition.ActivityArray[operation.Ordinal];
        var isAllowed = Question.OfArrival(definition, episode.Process).IsTrue();
        Enter(episode, definition, along: null, operation.On, arrival: null, isAllowed);
    }

    /// <summary>A join is asked again, though nothing arrives: arrivals that it has kept may be enough now (statements 13.1c and 13.1h).</summary>
    public static void OfKept(Episode episode, in Operation operation)
    {
        var definition = episode.Definition.ActivityArray[operation.Ordinal];
        var arrival = Arrival.Without(episode, definition, operation.From);
        if (!arrival.IsEnough || arrival.WasRefused)
        {
            return;
        }

        if (Question.OfArrival(definition, episode.Process).IsTrue())
        {
            Enter(episode, definition, along: null, on: null, arrival, isAllowed: true);
        }
        else
        {
            arrival.Refuse();
        }
    }

    private static void Enter(
        Episode episode, ActivityDefinition definition, (LineDefinition Line, int From)? along, Branches? on, Arrival? arrival, bool isAllowed)
    {
        var begins = isAllowed && definition.BeginsAtOnce;
        var due = begins ? Escalations.DueOf(episode, definition) : [];
        LineInstance? line = along is { } followed ? new LineInstance(episode.Process.NextLineId(), followed.Line.Name, followed.From) : null;
        var fields = DataFields.InitialOf(definition.ActivityFields);
        var activity = episode.Process.AddActivity(definition.Name, definition.Ordinal, line, fields, episode.Now);
        episode.Record(JournalKind.ActivityStarted, activity);
        if (!isAllowed)
        {
            var reason = arrival?.Stay() ?? ExpiryReason.PrecedingRuleFalse;
            activity.Expire(episode.Now);
            episode.Record(JournalKind.ActivityExpired, activity, Expiry.Text(reason));
            episode.Process.Forget(activity);
            return;
        }

        if (arrival is not null)
        {
            arrival.Pass(activity);
        }
        else if (on is not null)
        {
            episode.Process.Joined.SetBranches(activity.Id, on);
        }

        Escalations.Arm(episode, TimerOwner.Of(activity), definition.EscalationArray, due);
        episode.Plan(begins ? Verb.PlanDestinations : definition.HasNoStartRule ? Verb.AwaitTurn : Verb.AwaitStart, activity);
    }
}
