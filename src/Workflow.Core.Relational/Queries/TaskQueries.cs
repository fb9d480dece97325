using System.Data.Common;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Finds tasks.</summary>
internal sealed partial class TaskQueries(TableNames tables)
{
    /// <summary>More names than this are given to the database as a table, fewer one by one, which is faster for them.</summary>
    private const int MostByThemselves = 8;

    private readonly KeptStatements _kept = new();

    private readonly Statement _find = new($"""
        SELECT h.process, h.destination, h.activity_instance, p.definition, p.folio, p.originator, h.activity, h.event, h.priority, h.started_at,
            p.definition_version, h.ended, h.kind, h.name
        FROM {tables.Task} h JOIN {tables.Process} p ON p.id = h.process WHERE h.process = $1 AND h.destination = $2 ORDER BY h.kind, h.name_key
        """);

    private static readonly DestinationKind[] _kindsOfRoles = [DestinationKind.Group, DestinationKind.Role];

    /// <summary>Goes from name to name through the index, so it costs as many looks as there are names, however many tasks each has.</summary>
    private readonly Statement _roles = new($"""
        WITH RECURSIVE keys (name_key) AS (
            SELECT min(name_key) FROM {tables.Task} WHERE kind = $1 AND name_key > $2 AND {Conditions.IsOpen}
            UNION ALL
            SELECT (SELECT min(t.name_key) FROM {tables.Task} t WHERE t.kind = $1 AND t.name_key > keys.name_key AND t.{Conditions.IsOpen})
            FROM keys WHERE keys.name_key IS NOT NULL)
        SELECT (SELECT t.name FROM {tables.Task} t WHERE t.kind = $1 AND t.name_key = keys.name_key AND t.{Conditions.IsOpen} LIMIT 1)
        FROM keys WHERE keys.name_key IS NOT NULL LIMIT $3
        """);

    private readonly Statement _everInvolved = new($"SELECT DISTINCT kind, name FROM {tables.Task} WHERE process = $1 AND kind <> 0");

    public async ValueTask<StoredTask?> FindAsync(Session session, SerialNumber serial, CancellationToken cancellation) =>
        TaskOf(await session.ReadAsync(_find, [serial.ProcessInstance.Value, serial.Destination], TaskRow.Read, cancellation).ConfigureAwait(false));

    /// <summary>The roles and groups that open tasks are for.</summary>
    public async ValueTask<IReadOnlyList<Destination>> FindRolesAsync(Session session, Destination? after, int limit, CancellationToken cancellation)
    {
        var found = new List<Destination>();
        foreach (var kind in _kindsOfRoles)
        {
            if (found.Count < limit && (after is null || after.Value.Kind <= kind))
            {
                var key = after is { } last && last.Kind == kind ? StoredText.Key(last.Name) : "";
                found.AddRange(await session.ReadAsync(
                    _roles, [(int)kind, key, limit - found.Count], row => Entry((int)kind, row.Text(0)), cancellation).ConfigureAwait(false));
            }
        }

        return found;
    }

    /// <summary>Whether an instance has or had a task for one of some names. Of many,
    /// those of the instance are read, which are few, and compared here.</summary>
    public async ValueTask<bool> HasTakenPartAsync(
        Session session, ProcessInstanceId id, IReadOnlyCollection<Destination> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0)
        {
            return false;
        }

        if (entries.Count > MostByThemselves)
        {
            var involved = await session.ReadAsync(_everInvolved, [id.Value], row => Entry(row.GetInt32(0), row.Text(1)), cancellation).ConfigureAwait(false);
            return involved.Exists(Table(entries, involved.Count));
        }

        var text = new QueryText().WhereIs("process", id.Value);
        var isOne = entries.Select(entry => $"(kind = {text.Parameter((int)entry.Kind)} AND name_key = {text.Parameter(StoredText.Key(entry.Name))})");
        text.Where($"({string.Join(" OR ", isOne)})");
        var statement = _kept.Of($"SELECT 1 FROM {tables.Task} WHERE {text.Conditions} LIMIT 1");
        return (await session.ReadAsync(statement, text.Values, _ => true, cancellation).ConfigureAwait(false)).Count > 0;
    }

    public async ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindAsync(
        Session session, IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation)
    {
        if (entries is { Count: 0 } || Definitions(query).IsEmpty)
        {
            return [];
        }

        // A task that is not there any more still tells its place; one whose instance was purged tells only its serial number.
        var last = query is { After: { } after, Order: not WorklistOrder.Serial }
            ? (await FindAsync(session, after, cancellation).ConfigureAwait(false))?.Header
            : null;
        if (entries is { Count: > MostByThemselves } && query.ProcessInstance is not null)
        {
            return await FindInInstanceAsync(session, entries, query, last, cancellation).ConfigureAwait(false);
        }

        var (statement, values) = Text(entries, query, last);
        return await session.ReadAsync(statement, values, Found, cancellation).ConfigureAwait(false);
    }

    public (Statement Statement, object[] Values) Text(IReadOnlyCollection<Destination>? entries, WorklistQuery query, WorklistHeaderRecord? last)
    {
        var text = new QueryText();
        var order = TaskOrder.Of(query, text, tables);
        Restrict(text, query, last, order, entries is null ? "h" : "e");
        var limit = text.Parameter(query.Limit);
        if (entries is null)
        {
            text.WhereIs("h.process", query.ProcessInstance?.Value);
            Lead(text, query);
            return (_kept.Of(PageOfAll(text.Conditions, order, limit)), text.Values);
        }

        if (query.ProcessInstance is { } only)
        {
            text.WhereIs("e.process", only.Value);
            return (_kept.Of(PageOfInstance(text, entries, order, limit)), text.Values);
        }

        var page = entries.Count > MostByThemselves ? PageOfMany(text, entries, query, order, limit) : PageOfFew(text, entries, order, limit);
        return (_kept.Of(page), text.Values);
    }

    /// <summary>The tasks of one instance for few names. Each name is looked up there. One SELECT for all: to prepare one for each takes longer than to run
    /// them.</summary>
    private string PageOfInstance(QueryText text, IReadOnlyCollection<Destination> entries, TaskOrder order, string limit)
    {
        // SQLite would go through all tasks of the instance for each name.
        var (join, index) = tables.IsPostgreSql ? ("JOIN", "") : ("CROSS JOIN", $" INDEXED BY {tables.Prefix}task_open");
        return $"""
            SELECT * FROM (SELECT DISTINCT {order.Select} FROM ({NameTable.Of(text, entries, tables)}) AS n
                {join} {tables.Task} e{index} ON e.kind = n.kind AND e.name_key = n.name_key
                {join} {tables.Task} h ON h.process = e.process AND h.destination = e.destination {join} {tables.Process} p ON p.id = e.process
                WHERE e.{Conditions.IsOpen} AND {text.Conditions}) AS pages
            ORDER BY {order.Columns("pages")} LIMIT {limit}
            """;
    }

    private DefinitionSet Definitions(WorklistQuery query) => new(tables, query.Definition, query.Definitions);

    private void Restrict(QueryText text, WorklistQuery query, WorklistHeaderRecord? last, TaskOrder order, string tasks)
    {
        Definitions(query).Restrict(text, "p.definition");
        text.WhereText("h.activity", query.Activity)
            .WhereText("h.event", query.Event).WhereText("p.folio", query.Folio)
            .WhereIs("p.originator_key", query.Originator is null ? null : StoredText.Key(query.Originator))
            .Where("h.kind = 0").Where("h.ended = 0");
        if (query.Order is WorklistOrder.Serial ? query.After is not null : last is not null)
        {
            text.Where(order.Behind(text, last, query.After!.Value, tasks));
        }
    }

    /// <summary>Each entry's tasks lie in order; a page of each holds a page of all.</summary>
    private string PageOfFew(QueryText text, IReadOnlyCollection<Destination> entries, TaskOrder order, string limit)
    {
        var pages = entries.Distinct().Select(entry => $"""
            SELECT * FROM (SELECT {order.Select} FROM {tables.Task} e
                JOIN {tables.Task} h ON h.process = e.process AND h.destination = e.destination
                JOIN {tables.Process} p ON p.id = e.process
                WHERE e.kind = {text.Parameter((int)entry.Kind)} AND e.name_key = {text.Parameter(StoredText.Key(entry.Name))}
                    AND e.{Conditions.IsOpen} AND {text.Conditions}
                ORDER BY {order.Columns("e")} LIMIT {limit}) AS page
            """).ToList();
        return pages.Count == 1
            ? pages[0]
            : $"SELECT * FROM ({string.Join(" UNION ", pages)}) AS pages ORDER BY {order.Columns("pages")} LIMIT {limit}";
    }

    /// <summary>The same for more names than a statement can have parts. Of each name that has no task the index is
    /// asked once. In the order of the serial numbers most of the others are left out, however many tasks they have. A name is left out if its first task lies
    /// behind the first tasks of as many names as fill the page.</summary>
    private string PageOfMany(QueryText text, IReadOnlyCollection<Destination> entries, WorklistQuery query, TaskOrder order, string limit)
    {
        var join = tables.IsPostgreSql ? "JOIN" : "CROSS JOIN";
        var ofName = OfName(withInstance: true);
        var isInSerialOrder = query.Order is WorklistOrder.Serial;
        var near = isInSerialOrder ? ", " + NameTable.Near(tables, "near", OfName(AsksForInstance(query)), limit, isDescending: false) : "";
        var place = isInSerialOrder ? "near" : "names";

        // PostgreSQL takes a page of each name; SQLite, which cannot, takes what lies up to the end of that page.
        var found = tables.IsPostgreSql
            ? $"SELECT DISTINCT page.* FROM {place} n CROSS JOIN LATERAL "
                + $"(SELECT {order.Select} FROM {ofName} ORDER BY {order.Columns("e")} LIMIT {limit}) AS page"
            : $"SELECT DISTINCT {order.Select} FROM {place} n CROSS JOIN {ofName}{(isInSerialOrder ? " AND e.process <= n.last" : "")}";
        return $"WITH names (kind, name_key) AS MATERIALIZED ({NameTable.Of(text, entries, tables)}){near} SELECT * FROM ({found}) AS pages "
            + $"ORDER BY {order.Columns("pages")} LIMIT {limit}";

        string OfName(bool withInstance) => $"""
            {tables.Task} e {join} {tables.Task} h ON h.process = e.process AND h.destination = e.destination
            {(withInstance ? $"{join} {tables.Process} p ON p.id = e.process" : "")}
            WHERE e.kind = n.kind AND e.name_key = n.name_key AND e.{Conditions.IsOpen} AND {text.Conditions}
            """;
    }

    /// <summary>Whether a condition is about a column of the instance and not of the task.</summary>
    private static bool AsksForInstance(WorklistQuery query) =>
        query.Definition is not null || query.Definitions is not null || query.Folio is not null || query.Originator is not null;

    /// <summary>The tasks of one instance for many names: there are few, so they are read, and compared here.</summary>
    private async ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindInInstanceAsync(
        Session session, IReadOnlyCollection<Destination> names, WorklistQuery query, WorklistHeaderRecord? last, CancellationToken cancellation)
    {
        var text = new QueryText();
        var order = TaskOrder.Of(query, text, tables);
        Restrict(text, query, last, order, "e");
        text.WhereIs("e.process", query.ProcessInstance!.Value.Value);
        var statement = QueryText.Once($"""
            SELECT {order.Select}, e.kind AS kind, e.name AS name FROM {tables.Task} e
                JOIN {tables.Task} h ON h.process = e.process AND h.destination = e.destination
                JOIN {tables.Process} p ON p.id = e.process
            WHERE e.kind <> 0 AND e.{Conditions.IsOpen} AND {text.Conditions} ORDER BY {order.Columns("e")}
            """);
        var rows = await session.ReadAsync(
            statement, text.Values, row => (Header: Found(row), Entry: Entry(row.GetInt32(row.FieldCount - 2), row.Text(row.FieldCount - 1))),
            cancellation).ConfigureAwait(false);
        var isAmong = Table(names, rows.Count);
        return [.. rows.Where(row => isAmong(row.Entry)).Select(row => row.Header).DistinctBy(header => header.Serial).Take(query.Limit)];
    }

    /// <summary>Whether somebody is among some names. To make a table of them is worth it only for many questions, and the caller may have one.</summary>
    private static Predicate<Destination> Table(IReadOnlyCollection<Destination> names, int questions) =>
        questions <= MostByThemselves ? names.Contains : new HashSet<Destination>(names).Contains;

    /// <summary>A page of the tasks of all users. On SQLite the page has two sources: the tasks in the index, and the first tasks of the newest instances,
    /// which are not in it. The second ones are looked up instance by instance, however many tasks one has.</summary>
    private string PageOfAll(string conditions, TaskOrder order, string limit)
    {
        if (tables.IsPostgreSql)
        {
            return Select($"{tables.Task} h JOIN {tables.Process} p ON p.id = h.process", "");
        }

        var indexed = Select($"{tables.Task} h JOIN {tables.Process} p ON p.id = h.process", $" AND h.{Conditions.IsIndexed}");
        var newest = Select(
            $"{tables.Process} p CROSS JOIN {tables.Task} h ON h.process = p.id",
            $" AND p.id > (SELECT indexed_until FROM {tables.Number}) AND h.destination = 1 AND h.{Conditions.IsNewest}");
        return $"SELECT * FROM (SELECT * FROM ({indexed}) UNION ALL SELECT * FROM ({newest})) AS pages ORDER BY {order.Columns("pages")} LIMIT {limit}";

        string Select(string from, string side) => $"SELECT {order.Select} FROM {from} WHERE {conditions}{side} ORDER BY {order.Columns("h")} LIMIT {limit}";
    }

    /// <summary>Among the tasks of all users, few are of one originator or folio, so these are found first. SQLite has to be told so, and where its newest
    /// instances are. One of a definition may be many: those are gone through in their order.</summary>
    private void Lead(QueryText text, WorklistQuery query)
    {
        if (tables.IsPostgreSql)
        {
            return;
        }

        if (query.Originator is { } originator)
        {
            text.Where($"h.process IN ({Instances($"originator_key = {text.Parameter(StoredText.Key(originator))}")})");
        }

        if (query.Folio is { Length: > 0 } folio)
        {
            text.Where($"h.process IN ({Instances($"folio = {text.Parameter(StoredText.Of(folio))} AND {Conditions.HasFolio}")})");
        }

        string Instances(string condition) =>
            $"SELECT id FROM {tables.Process} WHERE {condition} AND {Conditions.IsIndexed} UNION ALL "
            + $"SELECT id FROM {tables.Process} WHERE {condition} AND {Conditions.IsNewest} AND id > (SELECT indexed_until FROM {tables.Number})";
    }

    private static Destination Entry(int kind, string name) => Destination.Stored((DestinationKind)kind, name);

    private static WorklistHeaderRecord Found(DbDataReader row) => Header(row, new StoredState(row.GetInt64(11), row.Text(12)));

    private static WorklistHeaderRecord Header(DbDataReader row, StoredState? state = null) => new()
    {
        Serial = new SerialNumber(new ProcessInstanceId(row.GetInt64(0)), row.GetInt32(1)),
        ActivityInstance = row.GetInt32(2),
        Definition = row.Text(3),
        Folio = row.Text(4),
        Originator = row.Text(5),
        Activity = row.Text(6),
        Event = row.Text(7),
        Priority = (Priority)row.GetInt32(8),
        StartedAt = row.Instant(9),
        DefinitionVersion = row.GetInt32(10),
        State = state,
    };
}
