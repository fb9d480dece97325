using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Asks the rule of one line. When it is true the target is entered; false lines are recorded too (statement 10.1).</summary>
internal static class FollowLine
{
    public static void Run(Episode episode, ActivityInstance? from, int ordinal)
    {
        var line = from is null ? episode.Definition.StartLines[ordinal] : episode.DefinitionOf(from).OutgoingLines[ordinal];
        var isFollowed = line.Rule is null || Ask.Line(episode, line, from);
        episode.RecordLine(line.Name, from, isFollowed);
        if (isFollowed)
        {
            episode.Plan(new Operation(Verb.EnterActivity, Ordinal: line.Ordinal, From: from?.Id ?? 0));
        }
        else if (from is null && ordinal == episode.Definition.StartLines.Length - 1 && !episode.IsLeaving(from: 0))
        {
            episode.Record(JournalKind.NoLineFollowed, "Start");
            episode.Alarms.Add(new Alarm(AlarmKind.NoLineFollowed, "Start", Message: ""));
        }
    }
}
