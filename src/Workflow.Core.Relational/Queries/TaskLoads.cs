using System.Globalization;
using System.Text;
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
        WITH wanted AS MATERIALIZED ({Wanted(tables)}), {SeveralLoads.Present(tables)}
        SELECT w.place, p.version, t.key_1, t.key_2, t.key_3, t.content, {SeveralLoads.Head(tables)}
        FROM wanted w {SeveralLoads.Each(tables, tables.Process, "p", "p.id = w.process")}
            {Part(tables, "t.key_1 = 0 AND t.key_2 = 0 AND t.key_3 = 0", isOptional: true)}
        UNION ALL
        {PartsOf(tables, "t.key_1 = w.activity AND t.key_2 = 0")}
        UNION ALL
        {PartsOf(tables, "t.key_1 = w.activity AND t.key_2 = w.destination")}
        """);

    /// <returns>For each task, in the order given, its parts; null when there is no such instance.</returns>
    public ValueTask<IReadOnlyList<LoadedProcess?>> LoadAsync(Session session, IReadOnlyList<WorklistHeaderRecord> tasks, CancellationToken cancellation) =>
        SeveralLoads.LoadAsync(session, _load, Values(tasks), tasks.Count, PartsOfTask, cancellation);

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

    private static string PartsOf(TableNames tables, string key) =>
        $"SELECT w.place, 0, t.key_1, t.key_2, t.key_3, t.content, {SeveralLoads.OnlyPart} FROM wanted w {Part(tables, key)}";

    private static string Part(TableNames tables, string key, bool isOptional = false) =>
        SeveralLoads.Each(tables, tables.Content, "t", $"t.process = w.process AND t.{Conditions.IsPart} AND {key}", isOptional);

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
