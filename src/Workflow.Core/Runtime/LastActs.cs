using Workflow.Core.Instances;

namespace Workflow.Core.Runtime;

/// <summary>Finds in the history who moved an instance last (statement 12.7). It reads from the end, and most often no more than one page. It reads a limited
/// number of facts, so that a call costs no more in an instance with a long history (statement 14.6).</summary>
internal static class LastActs
{
    /// <summary>How many facts are read at most, of which the first page has few.</summary>
    private const int Most = 1_000;

    private const int FirstPage = 64;
    private const int NextPage = 312;

    public static async ValueTask<LastAct?> FindAsync(ProcessReader reader, ProcessInstance process, CancellationToken cancellation)
    {
        var read = 0;
        long? before = null;
        while (read < Most)
        {
            var page = await reader.ReadHistoryBackwardsAsync(process, before, read == 0 ? FirstPage : NextPage, cancellation).ConfigureAwait(false);
            foreach (var entry in page)
            {
                if (LastAct.Of(entry.Kind, entry.Time, entry.User, entry.Detail) is { } found)
                {
                    return found;
                }
            }

            if (page.Count == 0 || page[^1].Number == 1)
            {
                return new LastAct(process.Originator, OnBehalfOf: null, JournalKind.ProcessStarted, process.StartedAt);
            }

            read += page.Count;
            before = page[^1].Number;
        }

        return null;
    }
}
