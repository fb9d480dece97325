using System.Data.Common;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <content>Tasks together with the absences in which tasks are shared with somebody, in one round trip.</content>
internal sealed partial class TaskQueries
{
    public async ValueTask<TaskAndAbsences> FindAsync(Session session, SerialNumber serial, BoundStatement absences, CancellationToken cancellation)
    {
        var task = new BoundStatement(_find, [serial.ProcessInstance.Value, serial.Destination]);
        var (rows, shared) = await session.ReadBothAsync(task, TaskRow.Read, absences, AbsenceStatements.Absence, cancellation).ConfigureAwait(false);
        return new TaskAndAbsences(TaskOf(rows), shared);
    }

    /// <summary>A page that is not one statement is found by itself: one behind a task in another order than that of the serial numbers, and one in an instance
    /// for many names.</summary>
    public async ValueTask<TasksAndAbsences> FindAsync(
        Session session, IReadOnlyCollection<Destination> entries, WorklistQuery query, BoundStatement absences, CancellationToken cancellation)
    {
        if (entries.Count == 0 || Definitions(query).IsEmpty || query is { After: not null, Order: not WorklistOrder.Serial }
            || (entries.Count > MostByThemselves && query.ProcessInstance is not null))
        {
            var shared = await session.ReadAsync(absences.Statement, absences.Values, AbsenceStatements.Absence, cancellation).ConfigureAwait(false);
            return new TasksAndAbsences(await FindAsync(session, entries, query, cancellation).ConfigureAwait(false), shared);
        }

        var (statement, values) = Text(entries, query, last: null);
        var found = await session.ReadBothAsync(
            new BoundStatement(statement, values), Found, absences, AbsenceStatements.Absence, cancellation).ConfigureAwait(false);
        return new TasksAndAbsences(found.First, found.Second);
    }

    /// <summary>The task of its rows, of which the first is the header; null for none.</summary>
    private static StoredTask? TaskOf(List<TaskRow> rows) => rows is [{ Header: { } header, Ended: var ended }, ..]
        ? new StoredTask(header, [.. rows.Skip(1).Select(row => Entry(row.Kind, row.Name))], ended == 0 ? null : (WorklistItemEnd)ended)
        : null;

    /// <summary>The header of a task, or one of those whom it is for.</summary>
    private readonly record struct TaskRow(int Kind, string Name, WorklistHeaderRecord? Header, int Ended)
    {
        public static TaskRow Read(DbDataReader row) => row.GetInt32(12) is not 0 and var kind
            ? new TaskRow(kind, row.Text(13), Header: null, Ended: 0)
            : new TaskRow(0, "", TaskQueries.Header(row), row.GetInt32(11));
    }
}
