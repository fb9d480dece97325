using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Reads the activity instances of a process instance from its history.</summary>
internal static class PastActivities
{
    /// <summary>How many facts are read at once.</summary>
    private const int FactsAtOnce = 500;

    /// <summary>How many facts a page reads at most behind the beginning of its first activity instance (statement 14.6).</summary>
    private const int MostFacts = 10_000;

    /// <summary>Reads a page. An activity instance begins behind those before it, so the facts before the last one of the page before are not read again. Those
    /// behind are read until everything of the page has ended, but not without end.</summary>
    /// <param name="reader">Reads the history.</param>
    /// <param name="process">The process instance.</param>
    /// <param name="after">The last one of the page before; null to begin.</param>
    /// <param name="limit">How many to return at most.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public static async ValueTask<IReadOnlyList<ActivityRecord>> ReadAsync(
        ProcessReader reader, ProcessInstance process, ActivityRecord? after, int limit, CancellationToken cancellation)
    {
        var found = new List<PastActivity>();
        if (after?.Number >= process.LastActivityId)
        {
            return [];
        }

        var byNumber = new Dictionary<int, PastActivity>();
        var isCut = false;
        await foreach (var entry in reader.ReadHistoryToItsEndAsync(process.Id, after?.FirstEntry ?? 0, FactsAtOnce, cancellation).ConfigureAwait(false))
        {
            if (entry.Kind is JournalKind.ActivityStarted && found.Count < limit)
            {
                found.Add(byNumber[entry.ActivityInstance] = new PastActivity(process.Id, entry));
            }
            else if (byNumber.TryGetValue(entry.ActivityInstance, out var activity))
            {
                activity.Add(entry);
                if (activity.HasEnded && found.Count == limit && found.TrueForAll(other => other.HasEnded))
                {
                    break;
                }
            }

            if (found is [var first, ..] && entry.Number - first.FirstEntry >= MostFacts)
            {
                isCut = true;
                break;
            }
        }

        return [.. found.Select(activity => activity.ToRecord(isCut))];
    }
}
