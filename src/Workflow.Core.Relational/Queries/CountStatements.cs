using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Counts with an upper bound, each with one statement. No row is written or locked for them.</summary>
internal sealed class CountStatements(TableNames tables)
{
    private static readonly DestinationKind[] _kinds = [DestinationKind.User, DestinationKind.Group, DestinationKind.Role];

    private readonly Statement _live = new(Live(tables, "1 = 1"));

    public async ValueTask<IReadOnlyList<LiveCount>> CountLiveAsync(
        Session session, IReadOnlyCollection<string>? definitions, int atMost, CancellationToken cancellation)
    {
        var text = new QueryText();
        text.Parameter(atMost);
        var named = new DefinitionSet(tables, one: null, definitions);
        if (named.IsEmpty)
        {
            return [];
        }

        named.Restrict(text, "definition");
        return await session.ReadAsync(
            definitions is null ? _live : QueryText.Once(Live(tables, text.Conditions)), text.Values,
            row => new LiveCount(row.Text(0), (ProcessInstanceStatus)row.GetInt32(1), (int)row.GetInt64(2)), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<TaskCountOf>> CountTasksAsync(Session session, TaskCountQuery query, CancellationToken cancellation)
    {
        if (query.Definitions is { Count: 0 })
        {
            return [];
        }

        var (statement, values) = Text(query);
        return await session.ReadAsync(
            statement, values, row => new TaskCountOf(Destination.Stored((DestinationKind)row.GetInt32(0), row.Text(1)), (int)row.GetInt64(2)), cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Those of each status in the order of their numbers, the newest first, as far as is counted.</summary>
    private static string Live(TableNames tables, string condition)
    {
        var rare = tables.IsPostgreSql ? "" : $" AND {Conditions.IsRare}";
        string[] statuses =
        [
            .. new[] { ProcessInstanceStatus.Running, ProcessInstanceStatus.Error, ProcessInstanceStatus.Stopped }.Select(status => Of(status, rare)),
            .. tables.IsPostgreSql
                ? [Of(ProcessInstanceStatus.Active, "")]
                : (string[])
                [
                    Page($"{Of(ProcessInstanceStatus.Active, $" AND {Conditions.IsLive} AND {Conditions.IsIndexed}")} UNION ALL "
                        + Of(ProcessInstanceStatus.Active, $" AND {Conditions.IsNewest} AND id > (SELECT indexed_until FROM {tables.Number})")),
                ],
        ];
        return $"SELECT definition, shown, count(*) FROM ({string.Join(" UNION ALL ", statuses)}) AS live "
            + "GROUP BY definition, shown ORDER BY definition, shown";

        string Of(ProcessInstanceStatus status, string index) => Page(
            $"SELECT definition, shown, id FROM {tables.Process} WHERE shown = {((int)status).Invariant()}{index} AND {condition}");

        static string Page(string rows) => $"SELECT * FROM ({rows} ORDER BY id DESC LIMIT $1) AS page";
    }

    /// <summary>Goes from name to name through the index of open tasks, as far as the page reaches, and counts those of each.</summary>
    private (Statement Statement, object[] Values) Text(TaskCountQuery query)
    {
        var text = new QueryText();
        var limit = text.Parameter(query.Limit);
        var definitions = new DefinitionSet(tables, one: null, query.Definitions);
        definitions.Restrict(text, "p.definition");
        var process = query.Definitions is null ? "" : $" JOIN {tables.Process} p ON p.id = e.process";
        var counted = $"SELECT 1 FROM {tables.Task} e{process} WHERE e.kind = n.kind AND e.name_key = n.name_key AND e.{Conditions.IsOpen} "
            + $"AND {text.Conditions} LIMIT {text.Parameter(query.AtMost)}";
        var kinds = _kinds.Where(kind => query.After is not { } last || last.Kind <= kind).Select(kind => (Kind: ((int)kind).Invariant(), Begin:
            text.Parameter(query.After is { } last && last.Kind == kind ? StoredText.Key(last.Name) : ""))).ToList();
        var names = kinds.Select(kind => $"""
            names_{kind.Kind} (name_key, place) AS (
                SELECT min(name_key), 1 FROM {tables.Task} WHERE kind = {kind.Kind} AND name_key > {kind.Begin} AND {Conditions.IsOpen}
                UNION ALL
                SELECT (SELECT min(t.name_key) FROM {tables.Task} t WHERE t.kind = {kind.Kind} AND t.name_key > last.name_key AND t.{Conditions.IsOpen}),
                    last.place + 1
                FROM names_{kind.Kind} last WHERE last.name_key IS NOT NULL AND last.place < {limit})
            """);
        var all = kinds.Select(kind => $"SELECT {kind.Kind} AS kind, name_key FROM names_{kind.Kind} WHERE name_key IS NOT NULL");
        return (
            QueryText.Once($"""
                WITH RECURSIVE {string.Join(", ", names)}
                SELECT n.kind, (SELECT t.name FROM {tables.Task} t WHERE t.kind = n.kind AND t.name_key = n.name_key AND t.{Conditions.IsOpen} LIMIT 1) AS name,
                    (SELECT count(*) FROM ({counted}) AS counted) AS tasks
                FROM (SELECT * FROM ({string.Join(" UNION ALL ", all)}) AS names ORDER BY kind, name_key LIMIT {limit}) AS n ORDER BY n.kind, n.name_key
                """),
            text.Values);
    }
}
