using System.Data.Common;
using System.Globalization;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Loads several instances as a whole with one statement, whose text is the same for any number of them.</summary>
internal sealed class ProcessLoads(TableNames tables)
{
    private readonly Statement _load = new($"""
        WITH wanted AS MATERIALIZED ({Wanted(tables)}), present (instant) AS MATERIALIZED (SELECT {tables.Now("$1")})
        SELECT w.place, p.version, 0 AS key_1, 0 AS key_2, 0 AS key_3, NULL AS content, p.journal_count, p.epoch,
            CASE WHEN p.owner IS NOT NULL AND NOT {Conditions.HasRunOut("p.", "(SELECT instant FROM present)")} THEN p.owner END,
            {Conditions.NameOfCommit("p.last_commit", tables.IsPostgreSql)}, (SELECT key_part FROM {tables.Version}), p.has_pending
        FROM wanted w CROSS JOIN {tables.Process} p
        WHERE p.id = w.process
        UNION ALL
        SELECT w.place, 0, t.key_1, t.key_2, t.key_3, t.content, 0, 0, NULL, NULL, NULL, 0
        FROM wanted w CROSS JOIN {tables.Content} t
        WHERE t.process = w.process AND t.{Conditions.IsPart}
        """);

    /// <returns>For each instance, in the order given, all of its parts; null when there is no such instance.</returns>
    public async ValueTask<IReadOnlyList<LoadedProcess?>> LoadAsync(
        Session session, IReadOnlyList<ProcessInstanceId> instances, CancellationToken cancellation)
    {
        var heads = new LoadedRow[instances.Count];
        var parts = new List<StoredPart>?[instances.Count];
        await session.ReadAsync(_load, [session.Now, Value(instances)], Take, cancellation).ConfigureAwait(false);
        return [.. heads.Select((head, place) => LoadedProcess.Of(head, parts[place] ?? []))];

        int Take(DbDataReader row)
        {
            var place = row.GetInt32(0);
            var version = row.GetInt64(1);
            if (version == 0)
            {
                (parts[place] ??= []).Add(new StoredPart(PartColumn.Key((int)row.GetInt64(2), row.GetInt32(3), row.GetInt32(4)), row.Bytes(5)));
                return place;
            }

            heads[place] = new LoadedRow(
                version, row.GetInt64(6), row.GetInt64(7), row.TextOrNull(8), Part: null, row.Text(9), row.GetString(10), row.GetInt32(11) != 0);
            return place;
        }
    }

    /// <summary>The query that gives the instances as rows, each with its place in the list.</summary>
    private static string Wanted(TableNames tables) => tables.IsPostgreSql
        ? "SELECT given.place - 1 AS place, given.process FROM unnest($2::bigint[]) WITH ORDINALITY AS given (process, place)"
        : "SELECT key AS place, value AS process FROM json_each($2)";

    private object Value(IReadOnlyList<ProcessInstanceId> instances) => tables.IsPostgreSql
        ? instances.Select(instance => instance.Value).ToArray()
        : $"[{string.Join(',', instances.Select(instance => instance.Value.ToString(CultureInfo.InvariantCulture)))}]";
}
