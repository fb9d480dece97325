using Workflow.Core.Client;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <content>The instances in Error, and the retry of several.</content>
public sealed partial class ProcessManagement
{
    /// <summary>Finds instances in Error on which the user has the Admin right, each with what failed.</summary>
    /// <param name="query">Which ones; null for the first hundred.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page, in the order of their numbers. It is shorter than the limit only when there are no more.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The query names a process on which the user lacks the Admin right.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 500.</exception>
    /// <example><code>var failed = await admin.FindErrorsAsync(new() { Definition = "Refund", ExceptionType = "IOException" });</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<IReadOnlyList<FailedProcess>> FindErrorsAsync(ErrorQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new ErrorQuery();
        WorkflowConnection.RefusePage(query.Limit, nameof(query));
        return _failed.FindAsync(query, cancellation);
    }

    /// <summary>Finds all instances in Error, as <see cref="FindErrorsAsync"/> does, page after page.</summary>
    /// <param name="query">Which ones; null for all. Its limit is the size of a page.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The instances. Each page is read when it is needed, so what changes meanwhile may be missed.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The query names a process on which the user lacks the Admin right.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 500.</exception>
    [OperationRight(Operation.ManageInstance)]
    public IAsyncEnumerable<FailedProcess> FindAllErrorsAsync(ErrorQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new ErrorQuery();
        WorkflowConnection.RefusePage(query.Limit, nameof(query));
        return Pages.AllAsync(
            _commands.Host,
            query,
            FindErrorsAsync,
            (last, page) => page.Count < last.Limit ? null : last with { After = page[^1].ProcessInstance },
            cancellation);
    }

    /// <summary>Retries several instances, each for itself and in the order given. One that fails again or is refused keeps no other from its retry (statement
    /// 8.2c).</summary>
    /// <param name="failed">The instances with their errors, as <see cref="FindErrorsAsync"/> found them: at most 500.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="progress">Hears of each result that was not cut short; null for nobody. It must not throw.</param>
    /// <param name="cancellation">Stops waiting. A retry that is under way continues, and those behind it are not begun.</param>
    /// <returns>A result for each, in the order given. Once one was retried, nothing is thrown: where the store fails, or the call is cancelled, the last
    /// result has the exception. That retry may be carried out nonetheless, and the instances behind it were not tried.</returns>
    /// <example><code>await admin.RetryEachAsync(await admin.FindErrorsAsync(new() { Definition = "Refund" }));</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<IReadOnlyList<RetryResult>> RetryEachAsync(
        IReadOnlyList<FailedProcess> failed, string? reason = null, IProgress<RetryResult>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(failed);
        Limits.RefuseLongList(failed.Count, "process instances", nameof(failed));
        return _failed.RetryEachAsync(failed, on: null, reason, progress, cancellation);
    }
}
