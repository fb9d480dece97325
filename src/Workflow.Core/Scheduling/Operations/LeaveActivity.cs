using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Asks all outgoing lines, in definition order, before any of their targets is entered (statements 10.1 and 15). An activity that ends without an
/// outcome, or whose branch ends although it has lines, is reported (statement 10.8).</summary>
internal static class LeaveActivity
{
    /// <summary>The process begins: when it is started, or at the instant of its start rule (statement 5.4b). The start of a process has lines only, no rules
    /// and no events (statement 15).</summary>
    public static void FromStart(Episode episode)
    {
        var escalations = episode.Definition.EscalationArray;
        var from = episode.Process.BeginsAt;
        Escalations.Arm(episode, TimerOwner.Process, escalations, Escalations.DueOf(episode, escalations, activity: null, from: from), from);
        for (var ordinal = 0; ordinal < episode.Definition.StartLines.Length; ordinal++)
        {
            episode.Plan(new Operation(Verb.FollowLine, Ordinal: ordinal));
        }
    }

    public static void Run(Episode episode, ActivityInstance activity)
    {
        var definition = episode.DefinitionOf(activity);
        if (definition.OutcomeArray.Length > 0 && activity.Fields[definition.OutcomeOrdinal].IsNull)
        {
            episode.Record(JournalKind.EndedWithoutOutcome, activity);
            var kind = activity.DestinationCount == 0 ? AlarmKind.SkippedWithoutOutcome : AlarmKind.EndedWithoutOutcome;
            episode.Alarms.Add(new Alarm(kind, activity.Name, Message: ""));
        }

        var lines = definition.OutgoingLines;
        for (var ordinal = 0; ordinal < lines.Length; ordinal++)
        {
            episode.Plan(new Operation(Verb.FollowLine, activity, ordinal));
        }

        episode.Plan(Verb.ForgetActivity, activity);
    }

    /// <summary>The last line has been asked, so nothing reads the activity instance after this, unless its rest goes on (statement 13.1l).</summary>
    public static void Forget(Episode episode, ActivityInstance activity)
    {
        var definition = episode.DefinitionOf(activity);
        if (definition.OutgoingLines.Length > 0 && !episode.IsLeaving(activity.Id))
        {
            episode.Record(JournalKind.NoLineFollowed, activity);
            episode.Alarms.Add(new Alarm(AlarmKind.NoLineFollowed, activity.Name, Message: ""));
        }

        if (activity.IsRestGoingOn)
        {
            activity.HasLeft();
            return;
        }

        ActivityEnd.Forget(episode, activity);
    }
}
