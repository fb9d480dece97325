using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Sends commands for several tasks, each for itself (statement 1.13).</summary>
internal static class ItemBatch
{
    /// <summary>Sends a command for each of several tasks; one that fails harms no other (statement 1.13).</summary>
    public static async ValueTask<IReadOnlyList<BatchResult>> EachAsync(
        IReadOnlyList<SerialNumber> serials, Func<SerialNumber, ValueTask> command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(serials);
        Limits.RefuseLongList(serials.Count, "tasks", nameof(serials));
        var results = new List<BatchResult>(serials.Count);
        var isAnyStored = false;
        foreach (var serial in serials)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                await command(serial).ConfigureAwait(false);
                results.Add(new BatchResult(serial, Error: null));
                isAnyStored = true;
            }
            catch (WorkflowException exception)
            {
                results.Add(new BatchResult(serial, exception));
                isAnyStored |= exception is CommandPartlyStoredException;
            }
#pragma warning disable CA1031 // The commands that are done must not get lost with it (statement 14.7d).
            catch (Exception exception) when (isAnyStored)
#pragma warning restore CA1031
            {
                results.Add(new BatchResult(serial, exception));
                results.AddRange(
                    serials.Skip(results.Count).Select(rest => new BatchResult(rest, new BatchStoppedException(rest, serial, exception))).ToList());
                return results;
            }
        }

        return results;
    }
}
