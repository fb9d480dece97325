using System.Globalization;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Removes instances that have ended, with everything that is kept of them.</summary>
internal sealed class PurgeStatements(TableNames tables)
{
    // Messages that an instance has sent are others' to receive, and stay.
    private readonly (string Table, string Column)[] _details =
    [
        (tables.Content, "process"), (tables.Task, "process"), (tables.ServerItem, "process"), (tables.Timer, "process"),
        (tables.Field, "process"), (tables.Request, "process"), (tables.Message, "receiver"),
    ];

    private readonly Statement _definitions = Names(tables);
    private readonly Statement _ended = new(
        $"SELECT id FROM {tables.Process} WHERE id = $1 AND {Conditions.HasEnded}{(tables.IsPostgreSql ? " FOR UPDATE" : "")}");

    public async ValueTask<int> PurgeAsync(Session session, DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation)
    {
        var ids = await EndedAsync(session, endedBefore, definition, limit, cancellation).ConfigureAwait(false);
        if (ids.Count == 0)
        {
            return 0;
        }

        return await RemoveAsync(session, ids, _details, cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes one instance, if it has ended. Its idempotency keys stay.</summary>
    public async ValueTask<bool> RemoveAsync(Session session, long id, CancellationToken cancellation)
    {
        var ended = await session.ReadAsync(_ended, [id], row => row.GetInt64(0), cancellation).ConfigureAwait(false);
        return ended.Count == 1
            && await RemoveAsync(session, ended, _details.Where(detail => detail.Table != tables.Request), cancellation).ConfigureAwait(false) == 1;
    }

    private async ValueTask<int> RemoveAsync(
        Session session, List<long> ids, IEnumerable<(string Table, string Column)> details, CancellationToken cancellation)
    {
        // Numbers, so they can stand in the text; one statement for each table, however many instances.
        var list = string.Join(", ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        foreach (var (table, column) in details)
        {
            await session.ExecuteAsync(QueryText.Once($"DELETE FROM {table} WHERE {column} IN ({list})"), [], cancellation).ConfigureAwait(false);
        }

        return await session.ExecuteAsync(QueryText.Once($"DELETE FROM {tables.Process} WHERE id IN ({list})"), [], cancellation).ConfigureAwait(false);
    }

    /// <summary>Those that completed before an instant, the one that did first in front. The index has them by definition, so a purge of one definition reads
    /// no instance of another. For a purge of all, a page of each definition holds the page.</summary>
    private async ValueTask<List<long>> EndedAsync(Session session, DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation)
    {
        var definitions = definition is null
            ? await session.ReadAsync(_definitions, [], row => row.GetString(0), cancellation).ConfigureAwait(false)
            : [StoredText.Of(definition)];
        var found = new List<(long EndedAt, long Id)>();
        var before = endedBefore.UtcTicks;
        foreach (var name in definitions)
        {
            var (statement, values) = Ended(before, name, limit);
            found.AddRange(await session.ReadAsync(statement, values, row => (row.GetInt64(1), row.GetInt64(0)), cancellation).ConfigureAwait(false));
            found.Sort();
            if (found.Count > limit)
            {
                found.RemoveRange(limit, found.Count - limit);
            }

            // An instance that ended later than a whole page is not on it.
            before = found.Count == limit ? Math.Min(before, found[^1].EndedAt + 1) : before;
        }

        return found.ConvertAll(entry => entry.Id);
    }

    private (Statement Statement, object[] Values) Ended(long endedBefore, string definition, int limit)
    {
        var text = new QueryText().Where(Conditions.HasEnded).WhereIs("definition", definition);
        text.Where($"ended_at < {text.Parameter(endedBefore)}");
        var page = text.Page(tables, "", "id, ended_at", tables.Process, "ended_at, id", limit);
        return (QueryText.Once(tables.IsPostgreSql ? page + " FOR UPDATE SKIP LOCKED" : page), text.Values);
    }

    /// <summary>The definitions that have completed instances, found from one to the next.
    /// On SQLite the newest instances are in no index, and are gone through.</summary>
    private static Statement Names(TableNames tables)
    {
        var side = tables.IsPostgreSql ? "" : $" AND {Conditions.IsIndexed}";
        var newest = tables.IsPostgreSql
            ? ""
            : $" UNION SELECT definition FROM {tables.Process} WHERE {Conditions.HasEnded} AND {Conditions.IsNewest} "
                + $"AND id > (SELECT indexed_until FROM {tables.Number})";
        return new Statement($"""
            WITH RECURSIVE of (name) AS (
                SELECT min(definition) FROM {tables.Process} WHERE {Conditions.HasEnded}{side}
                UNION ALL SELECT (SELECT min(definition) FROM {tables.Process} WHERE definition > of.name AND {Conditions.HasEnded}{side})
                FROM of WHERE of.name IS NOT NULL)
            SELECT name FROM of WHERE name IS NOT NULL{newest}
            """);
    }
}
