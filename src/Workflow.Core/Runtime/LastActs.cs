using Workflow.Core.Instances;

namespace Workflow.Core.Runtime;

/// <summary>Finds in the history who moved an instance last (statement 12.7). It reads from the end, and most often no more than one page.</summary>
internal static class LastActs
{
    private const int Page = 64;

    public static async ValueTask<LastAct> FindAsync(ProcessReader reader, ProcessInstance process, CancellationToken cancellation)
    {
        long? before = null;
        while (await reader.ReadHistoryBackwardsAsync(process, before, Page, cancellation).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var entry in page)
            {
                if (LastAct.Of(entry.Kind, entry.Time, entry.User, entry.Detail) is { } found)
                {
                    return found;
                }
            }

            before = page[^1].Number;
        }

        return new LastAct(process.Originator, OnBehalfOf: null, JournalKind.ProcessStarted, process.StartedAt);
    }
}
