using System.Globalization;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Removes completed instances, with everything that is kept of them.</summary>
internal sealed class PurgeStatements(TableNames tables)
{
    // Messages that an instance has sent are others' to receive, and stay.
    private readonly (string Table, string Column)[] _details =
    [
        (tables.Content, "process"), (tables.Task, "process"), (tables.ServerItem, "process"), (tables.Timer, "process"),
        (tables.Field, "process"), (tables.Request, "process"), (tables.Message, "receiver"),
    ];

    public async ValueTask<int> PurgeAsync(Session session, DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation)
    {
        var (statement, values) = Ended(endedBefore, definition, limit);
        var ids = await session.ReadAsync(statement, values, row => row.GetInt64(0), cancellation).ConfigureAwait(false);
        if (ids.Count == 0)
        {
            return 0;
        }

        // Numbers, so they can stand in the text; one statement for each table, however many instances.
        var list = string.Join(", ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        foreach (var (table, column) in _details)
        {
            await session.ExecuteAsync(QueryText.Once($"DELETE FROM {table} WHERE {column} IN ({list})"), [], cancellation).ConfigureAwait(false);
        }

        return await session.ExecuteAsync(QueryText.Once($"DELETE FROM {tables.Process} WHERE id IN ({list})"), [], cancellation).ConfigureAwait(false);
    }

    /// <summary>Those that completed before an instant, the one that did first in front.</summary>
    public (Statement Statement, object[] Values) Ended(DateTimeOffset endedBefore, string? definition, int limit)
    {
        var text = new QueryText().Where(Conditions.IsCompleted).WhereText("definition", definition);
        text.Where($"ended_at < {text.Parameter(endedBefore.UtcTicks)}");
        var page = text.Page(tables, "", "id, ended_at", tables.Process, "ended_at, id", limit);
        return (QueryText.Once(tables.IsPostgreSql ? page + " FOR UPDATE SKIP LOCKED" : page), text.Values);
    }
}
