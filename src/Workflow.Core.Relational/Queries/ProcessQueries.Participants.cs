using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <content>The instances in which somebody took part, and counts of instances.</content>
internal sealed partial class ProcessQueries
{
    public async ValueTask<IReadOnlyList<ProcessRecord>> FindOfAsync(
        Session session, IReadOnlyCollection<Destination> participants, ProcessQuery query, CancellationToken cancellation)
    {
        if (participants.Count == 0 || Definitions(query).IsEmpty)
        {
            return [];
        }

        var (statement, values) = Text(participants, query);
        return await session.ReadAsync(statement, values, Record, cancellation).ConfigureAwait(false);
    }

    /// <summary>Counts as far as a page of that length reaches.</summary>
    public async ValueTask<int> CountAsync(Session session, ProcessQuery query, int atMost, CancellationToken cancellation)
    {
        if (Definitions(query).IsEmpty)
        {
            return 0;
        }

        var (page, values) = Page(query with { Limit = atMost }, "p.id");
        return await CountAsync(session, $"SELECT count(*) FROM ({page}) AS found", values, cancellation).ConfigureAwait(false);
    }

    /// <summary>Counts as far as a page of that length reaches, of the instances in which somebody took part.</summary>
    public async ValueTask<int> CountOfAsync(
        Session session, IReadOnlyCollection<Destination> participants, ProcessQuery query, int atMost, CancellationToken cancellation)
    {
        if (participants.Count == 0 || Definitions(query).IsEmpty)
        {
            return 0;
        }

        var (with, ids, values) = PageOf(participants, query with { Limit = atMost });
        return await CountAsync(session, $"{with} SELECT count(*) FROM ({ids}) AS found", values, cancellation).ConfigureAwait(false);
    }

    private static async ValueTask<int> CountAsync(Session session, string text, object[] values, CancellationToken cancellation) =>
        (await session.ReadAsync(QueryText.Once(text), values, row => (int)row.GetInt64(0), cancellation).ConfigureAwait(false))[0];

    /// <summary>Three pages hold the page of all. They are the instances that one of some users started, those with a task for one of the names, and those that
    /// had one.</summary>
    public (Statement Statement, object[] Values) Text(IReadOnlyCollection<Destination> participants, ProcessQuery query)
    {
        var (with, ids, values) = PageOf(participants, query);
        var direction = query.NewestFirst ? " DESC" : "";
        return (QueryText.Once($"{with} SELECT {Columns} FROM {tables.Process} p WHERE p.id IN ({ids}) ORDER BY p.id{direction}"), values);
    }

    private (string With, string Ids, object[] Values) PageOf(IReadOnlyCollection<Destination> participants, ProcessQuery query)
    {
        var (text, from) = Restrict(query, Definitions(query));
        var limit = text.Parameter(query.Limit);
        var direction = query.NewestFirst ? " DESC" : "";
        var after = query.After is { } last ? $" AND {{0}} {(query.NewestFirst ? "<" : ">")} {text.Parameter(last.Value)}" : "";
        string Behind(string column) => after.Replace("{0}", column, StringComparison.Ordinal);

        // On SQLite CROSS JOIN fixes the order: the rows of the name lie in the order that is wanted.
        string OfName(string state) => $"{tables.Task} e CROSS JOIN {from} WHERE p.id = e.process AND e.kind = n.kind AND e.name_key = n.name_key AND {state} "
            + $"AND {text.Conditions}{Behind("e.process")}";
        var parts = new List<string>();
        var with = $"WITH names (kind, name_key) AS MATERIALIZED ({NameTable.Of(text, participants, tables)})";
        foreach (var (name, state) in new[] { ("open_near", $"e.{Conditions.IsOpen}"), ("former_near", "e.is_open = 0 AND e.kind <> 0") })
        {
            with += ", " + NameTable.Near(tables, name, OfName(state), limit, query.NewestFirst);
            parts.Add(tables.IsPostgreSql
                ? $"SELECT page.id FROM {name} n CROSS JOIN LATERAL (SELECT DISTINCT e.process AS id FROM {OfName(state)} ORDER BY e.process{direction} "
                    + $"LIMIT {limit}) AS page"
                : $"SELECT DISTINCT e.process AS id FROM {name} n CROSS JOIN {OfName(state)} AND e.process {(query.NewestFirst ? ">=" : "<=")} n.last");
        }

        foreach (var user in participants.Where(participant => participant.Kind is DestinationKind.User))
        {
            var started = $"SELECT p.id FROM {from} WHERE p.originator_key = {text.Parameter(StoredText.Key(user.Name))} AND {text.Conditions}{Behind("p.id")}";
            string[] sides = tables.IsPostgreSql
                ? [""]
                : [$" AND p.{Conditions.IsIndexed}", $" AND p.{Conditions.IsNewest} AND p.id > (SELECT indexed_until FROM {tables.Number})"];
            parts.AddRange(sides.Select(side => $"SELECT * FROM ({started}{side} ORDER BY p.id{direction} LIMIT {limit}) AS started"));
        }

        var ids = $"SELECT id FROM ({string.Join(" UNION ", parts)}) AS found ORDER BY id{direction} LIMIT {limit}";
        return (with, ids, text.Values);
    }
}
