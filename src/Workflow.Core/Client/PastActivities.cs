using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Reads the activity instances of a process instance from its history.</summary>
internal static class PastActivities
{
    /// <summary>How many facts are read at once.</summary>
    private const int FactsAtOnce = 500;

    /// <summary>Reads a page. An activity instance begins behind those before it, so the facts before the last one of the page before are not read again. Those
    /// behind are read until everything of the page has ended.</summary>
    /// <param name="reader">Reads the history.</param>
    /// <param name="process">The process instance.</param>
    /// <param name="after">The number of the entry with which the last one of the page before began; zero to begin.</param>
    /// <param name="limit">How many to return at most.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public static async ValueTask<IReadOnlyList<ActivityRecord>> ReadAsync(
        ProcessReader reader, ProcessInstanceId process, long after, int limit, CancellationToken cancellation)
    {
        var found = new List<PastActivity>();
        var byNumber = new Dictionary<int, PastActivity>();
        await foreach (var entry in reader.ReadHistoryToItsEndAsync(process, after, FactsAtOnce, cancellation).ConfigureAwait(false))
        {
            if (entry.Kind is JournalKind.ActivityStarted && found.Count < limit)
            {
                found.Add(byNumber[entry.ActivityInstance] = new PastActivity(process, entry));
            }
            else if (byNumber.TryGetValue(entry.ActivityInstance, out var activity))
            {
                activity.Add(entry);
                if (activity.HasEnded && found.Count == limit && found.TrueForAll(other => other.HasEnded))
                {
                    break;
                }
            }
        }

        return [.. found.Select(activity => activity.ToRecord())];
    }
}
