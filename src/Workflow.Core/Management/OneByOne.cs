namespace Workflow.Core.Management;

/// <summary>Does something with several things, each for itself and in order. One that is refused keeps no other from its turn.</summary>
internal static class OneByOne
{
    /// <summary>Does it.</summary>
    /// <param name="items">The things.</param>
    /// <param name="run">Does it with one.</param>
    /// <param name="refused">Makes the result of one that was refused, or at which the call stopped.</param>
    /// <param name="progress">Hears of each result that was not cut short; null for nobody.</param>
    /// <param name="cancellation">Begins no further one.</param>
    /// <returns>A result for each. Once there is one, an exception that is no refusal is in the last result, and the rest was not tried (statement
    /// 14.7d).</returns>
    public static async ValueTask<IReadOnlyList<TResult>> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        Func<TItem, ValueTask<TResult>> run,
        Func<TItem, Exception, TResult> refused,
        IProgress<TResult>? progress,
        CancellationToken cancellation)
    {
        var results = new List<TResult>(items.Count);
        foreach (var item in items)
        {
            TResult result;
            try
            {
                cancellation.ThrowIfCancellationRequested();
                result = await run(item).ConfigureAwait(false);
            }
            catch (WorkflowException refusal)
            {
                result = refused(item, refusal);
            }
#pragma warning disable CA1031 // The results so far must not get lost with it (statement 14.7d).
            catch (Exception exception) when (results.Count > 0)
#pragma warning restore CA1031
            {
                results.Add(refused(item, exception));
                break;
            }

            results.Add(result);
            progress?.Report(result);
        }

        return results;
    }
}
