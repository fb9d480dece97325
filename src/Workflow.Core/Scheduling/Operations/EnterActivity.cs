using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>An arrival. Each makes its own activity instance, even if the activity is active already (statement 10.3). When the preceding rule is false, the
/// activity ends there, without destinations, events or lines (statement 0.4).</summary>
internal static class EnterActivity
{
    /// <summary>A line was followed: it makes a line instance, and that the activity instance.</summary>
    public static void AlongLine(Episode episode, int ordinal, int from)
    {
        var line = episode.Definition.LineArray[ordinal];
        Enter(episode, line.Target, line, from);
    }

    /// <summary>A goto leads here (statement 10.9).</summary>
    public static void WithoutLine(Episode episode, int ordinal) => Enter(episode, ordinal, along: null, from: 0);

    private static void Enter(Episode episode, int ordinal, LineDefinition? along, int from)
    {
        var definition = episode.Definition.ActivityArray[ordinal];
        var isAllowed = Question.OfArrival(definition, episode.Process).IsTrue();
        var begins = isAllowed && definition.HasNoStartRule;
        var due = begins ? Escalations.DueOf(episode, definition) : [];
        LineInstance? line = along is null ? null : new LineInstance(episode.Process.NextLineId(), along.Name, from);
        var fields = DataFields.InitialOf(definition.ActivityFields);
        var activity = episode.Process.AddActivity(definition.Name, ordinal, line, fields, episode.Now);
        episode.Record(JournalKind.ActivityStarted, activity);
        if (isAllowed)
        {
            Escalations.Arm(episode, TimerOwner.Of(activity), definition.EscalationArray, due);
            episode.Plan(begins ? Verb.PlanDestinations : Verb.AwaitStart, activity);
            return;
        }

        activity.Expire(episode.Now);
        episode.Record(JournalKind.ActivityExpired, activity, nameof(ExpiryReason.PrecedingRuleFalse));
        episode.Process.Forget(activity);
    }
}
