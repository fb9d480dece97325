using System.Diagnostics;
using Workflow.Core.Relational.Connections;

namespace Workflow.Core.Relational.Commits;

/// <summary>The jobs of one transaction.</summary>
internal static class WriterJobs
{
    /// <summary>Runs those from a place on.</summary>
    /// <returns>For how long the commits among them ran, in ticks of the stopwatch. A claim takes as long as many of them.</returns>
    public static long RunFrom(this List<WriterJob> jobs, int first, Session session)
    {
        var began = Stopwatch.GetTimestamp();
        var others = 0L;
        for (var index = first; index < jobs.Count; index++)
        {
            var job = jobs[index];
            var before = job is CommitJob ? 0 : Stopwatch.GetTimestamp();
            job.Run(session, jobs.Count);
            others += job is CommitJob ? 0 : Stopwatch.GetTimestamp() - before;
        }

        return Stopwatch.GetTimestamp() - began - others;
    }

    /// <summary>The transaction is committed. Those who wait are told first: the engine's own work goes on at once, and would be in their way.</summary>
    public static void Succeed(this List<WriterJob> jobs)
    {
        foreach (var isBackground in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var job in jobs)
            {
                if (job.IsBackground == isBackground)
                {
                    job.Succeed();
                }
            }
        }
    }
}
