using Workflow.Core.Instances;

namespace Workflow.Core.Runtime;

/// <summary>Finds in the history who moved an instance last (statement 12.7). It reads from the end, and most often no more than one page.</summary>
internal static class LastActs
{
    private const int Page = 64;

    public static async ValueTask<LastAct> FindAsync(ProcessReader reader, ProcessInstance process, CancellationToken cancellation)
    {
        for (var end = process.JournalCount; end > 0; end -= Page)
        {
            var before = Math.Max(0, end - Page);
            var page = await reader.ReadHistoryAsync(process.Id, before, (int)(end - before), cancellation).ConfigureAwait(false);
            for (var index = page.Count - 1; index >= 0; index--)
            {
                if (LastAct.Of(page[index].Kind, page[index].Time, page[index].User, page[index].Detail) is { } found)
                {
                    return found;
                }
            }
        }

        return new LastAct(process.Originator, OnBehalfOf: null, JournalKind.ProcessStarted, process.StartedAt);
    }
}
