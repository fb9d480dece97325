using System.Runtime.CompilerServices;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Client;

/// <content>Open events of an instance, and queries that read page after page.</content>
public sealed partial class WorkflowConnection
{
    /// <summary>Finds what is open in a process instance: its tasks with those who have them, its server items, and the sub-processes and signals for which it
    /// waits. They come by activity instance and destination.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>All of them; empty when nothing is open.</returns>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    /// <example><code>
    /// foreach (var item in await engine.As("boss").FindOpenAsync(claim.Id))
    /// {
    ///     Console.WriteLine($"{item.Serial} {item.Activity}: {string.Join(", ", item.People.Select(entry => entry.Destination))}");
    /// }
    /// </code></example>
    [OperationRight(Operation.ReadInstance)]
    public async ValueTask<IReadOnlyList<OpenItem>> FindOpenAsync(ProcessInstanceId processInstance, CancellationToken cancellation = default)
    {
        var process = await ReadAsync(processInstance, cancellation).ConfigureAwait(false);
        return OpenItems.Of(process, _host.Deployments.Get(process.Definition, process.DefinitionVersion), _host.Options.Clock.GetUtcNow());
    }

    /// <summary>Finds all process instances that the user may see, as <see cref="FindProcessesAsync"/> does, page after page.</summary>
    /// <param name="query">Which ones; null for all. Its limit is the size of a page.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The instances. Each page is read when it is needed, so what changes meanwhile may be missed.</returns>
    [OperationRight(Operation.ReadInstance)]
    public IAsyncEnumerable<ProcessRecord> FindAllProcessesAsync(ProcessQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new ProcessQuery();
        RefusePage(query.Limit, nameof(query));
        return Pages.AllAsync(_host, query, FindProcessesAsync, Pages.Behind, cancellation);
    }

    /// <summary>Finds all server items, as <see cref="FindServerItemsAsync"/> does, page after page.</summary>
    /// <param name="query">Which ones. Its limit is the size of a page.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The items. Each page is read when it is needed, so what changes meanwhile may be missed.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The query names a process on which the user lacks the Server Event right.</exception>
    [OperationRight(Operation.FindServerItems)]
    public IAsyncEnumerable<ServerItemRecord> FindAllServerItemsAsync(ServerItemQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RefusePage(query.Limit, nameof(query));
        return Pages.AllAsync(
            _host, query, FindServerItemsAsync, (last, page) => page.Count < last.Limit ? null : last with { After = page[^1].Serial }, cancellation);
    }

    /// <summary>Finds all timers, as <see cref="FindTimersAsync"/> does, page after page.</summary>
    /// <param name="query">Which ones; null for all. Its limit is the size of a page.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The timers. Each page is read when it is needed, so what changes meanwhile may be missed.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The query names a process on which the user lacks the Admin right.</exception>
    [OperationRight(Operation.FindTimers)]
    public IAsyncEnumerable<ProcessTimer> FindAllTimersAsync(TimerQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new TimerQuery();
        RefusePage(query.Limit, nameof(query));
        return Pages.AllAsync(
            _host, query, FindTimersAsync, (last, page) => page.Count < last.Limit ? null : last with { After = page[^1] }, cancellation);
    }

    /// <summary>Reads the whole history of a process instance, oldest first, page after page (statement 12.6).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The entries. Each page is read when it is needed, and the last ones may have come meanwhile.</returns>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    [OperationRight(Operation.ReadInstance)]
    public IAsyncEnumerable<JournalEntry> ReadAllHistoryAsync(ProcessInstanceId processInstance, CancellationToken cancellation = default)
    {
        _host.RefuseWhenStopped();
        return ReadHistoryToItsEndAsync(processInstance, cancellation);
    }

    private async IAsyncEnumerable<JournalEntry> ReadHistoryToItsEndAsync(
        ProcessInstanceId processInstance, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // The right is asked for once.
        await ReadAsync(processInstance, cancellation).ConfigureAwait(false);
        await foreach (var entry in _host.Reader.ReadHistoryToItsEndAsync(processInstance, after: 0, FactsAtOnce, cancellation).ConfigureAwait(false))
        {
            yield return entry;
        }
    }
}
