using Workflow.Core.Persistence;

namespace Workflow.Core.Relational;

/// <content>Counts.</content>
public sealed partial class RelationalProcessStore
{
    /// <inheritdoc/>
    public ValueTask<int> CountProcessesAsync(ProcessQuery query, int atMost, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(atMost);
        return _access.ReadAsync((session, token) => _statements.Processes.CountAsync(session, query, atMost, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<int> CountProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, int atMost, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(participants);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(atMost);
        return _access.ReadAsync((session, token) => _statements.Processes.CountOfAsync(session, participants, query, atMost, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LiveCount>> CountLiveAsync(
        IReadOnlyCollection<string>? definitions, int atMost, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(atMost);
        return _access.ReadAsync((session, token) => _statements.Counts.CountLiveAsync(session, definitions, atMost, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TaskCountOf>> CountTasksAsync(TaskCountQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.AtMost, nameof(query));
        return _access.ReadAsync((session, token) => _statements.Counts.CountTasksAsync(session, query, token), cancellation);
    }
}
