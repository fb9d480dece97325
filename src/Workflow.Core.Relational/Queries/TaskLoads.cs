using System.Data.Common;
using System.Globalization;
using System.Text;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Loads the parts of several tasks with one statement, whose text is the same for any number of them.</summary>
internal sealed class TaskLoads(TableNames tables)
{
    /// <summary>The instance, the activity instance and the destination; few have further details.</summary>
    private const int PartsOfTask = 3;

    // Each range of the key is asked for by itself, as for one task: otherwise PostgreSQL goes through all parts of each activity instance.
    private readonly Statement _load = new($"""
        WITH wanted AS MATERIALIZED ({Wanted(tables)}), present (instant) AS MATERIALIZED (SELECT {tables.Now("$1")})
        SELECT w.place, p.version, t.key_1, t.key_2, t.key_3, t.content, p.journal_count, p.epoch,
            CASE WHEN p.owner IS NOT NULL AND NOT {Conditions.HasRunOut("p.", "(SELECT instant FROM present)")} THEN p.owner END,
            {Conditions.NameOfCommit("p.last_commit", tables.IsPostgreSql)}, (SELECT key_part FROM {tables.Version}), p.has_pending
        FROM wanted w CROSS JOIN {tables.Process} p
        LEFT JOIN {tables.Content} t ON t.process = p.id AND t.{Conditions.IsPart} AND t.key_1 = 0 AND t.key_2 = 0 AND t.key_3 = 0
        WHERE p.id = w.process
        UNION ALL
        {PartsOf(tables)} AND t.key_2 = 0
        UNION ALL
        {PartsOf(tables)} AND t.key_2 = w.destination
        """);

    /// <returns>For each task, in the order given, its parts; null when there is no such instance.</returns>
    public async ValueTask<IReadOnlyList<LoadedProcess?>> LoadAsync(Session session, IReadOnlyList<WorklistHeaderRecord> tasks, CancellationToken cancellation)
    {
        var heads = new LoadedRow[tasks.Count];
        var parts = new List<StoredPart>?[tasks.Count];
        await session.ReadAsync(_load, [session.Now, .. Values(tasks)], Take, cancellation).ConfigureAwait(false);
        return [.. heads.Select((head, place) => LoadedProcess.Of(head, parts[place] ?? []))];

        // Each column takes its time, so those that only the row of the instance has are read there only.
        int Take(DbDataReader row)
        {
            var place = row.GetInt32(0);
            var version = row.GetInt64(1);
            if (!row.IsDBNull(2))
            {
                (parts[place] ??= new List<StoredPart>(PartsOfTask))
                    .Add(new StoredPart(PartColumn.Key((int)row.GetInt64(2), row.GetInt32(3), row.GetInt32(4)), row.Bytes(5)));
            }

            if (version > 0)
            {
                heads[place] = new LoadedRow(
                    version, row.GetInt64(6), row.GetInt64(7), row.TextOrNull(8), Part: null, row.Text(9), row.GetString(10), row.GetInt32(11) != 0);
            }

            return place;
        }
    }

    /// <summary>The query that gives the tasks as rows, each with its place in the list.</summary>
    private static string Wanted(TableNames tables) => tables.IsPostgreSql
        ? """
          SELECT given.place - 1 AS place, given.process, given.activity, given.destination
          FROM unnest($2::bigint[], $3::integer[], $4::integer[]) WITH ORDINALITY AS given (process, activity, destination, place)
          """
        : """
          SELECT key AS place, json_extract(value, '$[0]') AS process, json_extract(value, '$[1]') AS activity, json_extract(value, '$[2]') AS destination
          FROM json_each($2)
          """;

    private static string PartsOf(TableNames tables) => $"""
        SELECT w.place, 0, t.key_1, t.key_2, t.key_3, t.content, 0, 0, NULL, NULL, NULL, 0
        FROM wanted w CROSS JOIN {tables.Content} t
        WHERE t.process = w.process AND t.{Conditions.IsPart} AND t.key_1 = w.activity
        """;

    private object[] Values(IReadOnlyList<WorklistHeaderRecord> tasks) => tables.IsPostgreSql
        ?
        [
            tasks.Select(task => task.Serial.ProcessInstance.Value).ToArray(),
            tasks.Select(task => task.ActivityInstance).ToArray(),
            tasks.Select(task => task.Serial.Destination).ToArray(),
        ]
        : [Array(tasks)];

    /// <summary>An array of JSON.</summary>
    private static string Array(IReadOnlyList<WorklistHeaderRecord> tasks)
    {
        var array = new StringBuilder("[");
        foreach (var task in tasks)
        {
            array.Append(
                CultureInfo.InvariantCulture,
                $"{(array.Length == 1 ? "" : ",")}[{task.Serial.ProcessInstance.Value},{task.ActivityInstance},{task.Serial.Destination}]");
        }

        return array.Append(']').ToString();
    }
}
