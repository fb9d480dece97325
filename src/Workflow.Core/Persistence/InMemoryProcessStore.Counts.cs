namespace Workflow.Core.Persistence;

/// <content>Counts. Those of instances are made page by page, which costs nothing more in memory.</content>
public sealed partial class InMemoryProcessStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TaskCountOf>> CountTasksAsync(TaskCountQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.AtMost, nameof(query));
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<TaskCountOf>>(query.Definitions is { Count: 0 } ? [] : _shared.Worklists.Count(query));
    }
}
