using Workflow.Core.Persistence;

namespace Workflow.Core.Relational;

/// <content>Tasks together with absences.</content>
public sealed partial class RelationalProcessStore
{
    /// <inheritdoc/>
    public ValueTask<TasksAndAbsences> FindTasksAndAbsencesAsync(
        IReadOnlyCollection<Destination> entries, WorklistQuery query, string substitute, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        ArgumentException.ThrowIfNullOrEmpty(substitute);
        var absences = _statements.Absences.SharedWith(substitute);
        return _access.ReadAsync((session, token) => _statements.Tasks.FindAsync(session, entries, query, absences, token), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<TaskAndAbsences> FindTaskAndAbsencesAsync(SerialNumber serial, string substitute, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(substitute);
        var absences = _statements.Absences.SharedWith(substitute);
        return _access.ReadAsync((session, token) => _statements.Tasks.FindAsync(session, serial, absences, token), cancellation);
    }
}
