using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling.Operations;

/// <summary>Nothing is active and nothing is planned, so the engine checks the finish rule. When it is false or absent, the process completes (statements 10.8
/// and 10.9).</summary>
internal static class FinishProcess
{
    public static void Run(Episode episode)
    {
        var rule = episode.Definition.FinishRule;
        if (Question.OfFinish(rule, episode.Process).IsTrue())
        {
            episode.Record(JournalKind.Goto, rule!.Activity);
            episode.Plan(new Operation(Verb.GotoActivity, Ordinal: rule.Target));
            return;
        }

        JoinsAtRest.ReportAll(episode);
        Signals.DropKept(episode, isToldToPeople: true);
        episode.Process.Complete(episode.Now);
        episode.Record(JournalKind.ProcessCompleted, episode.Process.Definition);
        SubProcesses.Report(episode, isDeleted: false);
    }
}
