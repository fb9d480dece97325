using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Asks the rule of one line. When it is true the target is entered; false lines are recorded too (statement 10.1).</summary>
internal static class FollowLine
{
    public static void Run(Episode episode, ActivityInstance? from, int ordinal)
    {
        var definition = from is null ? null : episode.DefinitionOf(from);
        var line = definition is null ? episode.Definition.StartLines[ordinal] : definition.OutgoingLines[ordinal];
        var question = definition is null ? Question.OfLine(line, episode.Process) : Question.OfLine(line, from!, definition);
        var isFollowed = question.IsTrue();
        episode.RecordLine(line.Name, from, isFollowed);
        if (isFollowed)
        {
            episode.Plan(new Operation(Verb.EnterActivity, BranchKeeping.Along(episode, from, line), line.Ordinal, from?.Id ?? 0));
        }
        else if (from is null && ordinal == episode.Definition.StartLines.Length - 1 && !episode.IsLeaving(from: 0))
        {
            episode.Record(JournalKind.NoLineFollowed, "Start");
            episode.Alarms.Add(new Alarm(AlarmKind.NoLineFollowed, "Start", Message: ""));
        }
    }
}
