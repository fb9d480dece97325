using System.Data.Common;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Relational.Commits;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Finds and loads process instances.</summary>
internal sealed partial class ProcessQueries(TableNames tables)
{
    private const string Columns =
        $"p.id, p.definition, p.definition_version, p.folio, p.originator, {ShownStatus.Column}, p.started_at, p.ended_at, p.error, p.fields, p.set_aside, "
        + "p.parent";

    private readonly Statement _load = new($"""
        SELECT p.version, p.journal_count, p.epoch, CASE WHEN NOT {Conditions.HasRunOut("p.", tables.Now("$2"))} THEN p.owner END,
            t.key_1, t.key_2, t.key_3, t.content, {Conditions.NameOfCommit("p.last_commit", tables.IsPostgreSql)}, (SELECT key_part FROM {tables.Version}),
            p.has_pending
        FROM {tables.Process} p LEFT JOIN {tables.Content} t ON t.process = p.id AND t.{Conditions.IsPart} WHERE p.id = $1 ORDER BY t.key_1, t.key_2, t.key_3
        """);

    // Each range of the key is asked for by itself: otherwise PostgreSQL goes through all parts of the activity instance.
    private readonly Statement _loadOne = new($"""
        SELECT p.version, p.journal_count, p.epoch, CASE WHEN NOT {Conditions.HasRunOut("p.", tables.Now("$2"))} THEN p.owner END,
            t.key_1, t.key_2, t.key_3, t.content, {Conditions.NameOfCommit("p.last_commit", tables.IsPostgreSql)}, (SELECT key_part FROM {tables.Version}),
            p.has_pending
        FROM {tables.Process} p LEFT JOIN {tables.Content} t ON t.process = p.id AND t.{Conditions.IsPart} AND t.key_1 = 0 AND t.key_2 = 0 AND t.key_3 = 0
        WHERE p.id = $1
        UNION ALL
        {PartsOf("$3", tables)} AND key_2 = 0
        UNION ALL
        {PartsOf("$3", tables)} AND key_2 = $4
        """);

    // A task has one row of kind 0, and stays when it has ended. The ranges are as above.
    private readonly Statement _loadTask = new($"""
        SELECT p.version, p.journal_count, p.epoch, CASE WHEN NOT {Conditions.HasRunOut("p.", tables.Now("$2"))} THEN p.owner END,
            t.key_1, t.key_2, t.key_3, t.content, {Conditions.NameOfCommit("p.last_commit", tables.IsPostgreSql)}, (SELECT key_part FROM {tables.Version}),
            p.has_pending
        FROM {tables.Process} p LEFT JOIN {tables.Content} t ON t.process = p.id AND t.{Conditions.IsPart} AND t.key_1 = 0 AND t.key_2 = 0 AND t.key_3 = 0
        WHERE p.id = $1
        UNION ALL
        {PartsOf(ActivityOfTask(tables), tables)} AND key_2 = 0
        UNION ALL
        {PartsOf(ActivityOfTask(tables), tables)} AND key_2 = $3
        """);

    private readonly Statement _journal = new($"""
        SELECT key_1, entries, content FROM {tables.Content}
        WHERE process = $1 AND {Conditions.IsHistory} AND key_1 + entries - 1 > $2
            AND key_1 >= coalesce((SELECT max(key_1) FROM {tables.Content} WHERE process = $1 AND {Conditions.IsHistory} AND key_1 - 1 <= $2), 0)
        ORDER BY key_1 LIMIT $3
        """);

    private readonly Statement _request = new(
        $"SELECT process, content, carried_out_at, request_key FROM {tables.Request} WHERE request_key IN ($1, $2) ORDER BY CASE "
            + "WHEN request_key = $1 THEN 0 ELSE 1 END LIMIT 1");

    public async ValueTask<LoadedProcess?> LoadAsync(Session session, ProcessInstanceId id, CancellationToken cancellation) =>
        LoadedProcess.Of(await session.ReadAsync(_load, [id.Value, session.Now], LoadedRow.From, cancellation).ConfigureAwait(false));

    public async ValueTask<LoadedProcess?> LoadAsync(
        Session session, ProcessInstanceId id, int activityInstance, int destination, CancellationToken cancellation) =>
        LoadedProcess.Of(
            await session.ReadAsync(_loadOne, [id.Value, session.Now, activityInstance, destination], LoadedRow.From, cancellation).ConfigureAwait(false));

    public async ValueTask<LoadedProcess?> LoadTaskAsync(Session session, SerialNumber serial, CancellationToken cancellation) => LoadedProcess.Of(
        await session.ReadAsync(_loadTask, [serial.ProcessInstance.Value, session.Now, serial.Destination], LoadedRow.From, cancellation)
            .ConfigureAwait(false));

    public async ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(
        Session session, ProcessInstanceId id, long after, int limit, CancellationToken cancellation) =>
        await session.ReadAsync(
            _journal, [id.Value, after, limit], row => new StoredJournal(row.GetInt64(0), row.GetInt32(1), row.Bytes(2)), cancellation).ConfigureAwait(false);

    public async ValueTask<StoredRequest?> FindRequestAsync(Session session, string key, CancellationToken cancellation) =>
        await session.ReadAsync(
            _request,
            [StoredText.Of(key), StoredText.Of(key[(key.IndexOf(StoredRequest.KeySeparator, StringComparison.Ordinal) + 1)..])],
            row => new StoredRequest(row.Text(3), new ProcessInstanceId(row.GetInt64(0)), row.Bytes(1), row.Instant(2)),
            cancellation)
            .ConfigureAwait(false) is [var found] ? found : null;

    public async ValueTask<IReadOnlyList<ProcessRecord>> FindAsync(Session session, ProcessQuery query, CancellationToken cancellation)
    {
        if (Definitions(query).IsEmpty)
        {
            return [];
        }

        var (statement, values) = Text(query);
        return await session.ReadAsync(statement, values, Record, cancellation).ConfigureAwait(false);
    }

    public (Statement Statement, object[] Values) Text(ProcessQuery query)
    {
        var (page, values) = Page(query, Columns);
        return (QueryText.Once(page), values);
    }

    private (string Page, object[] Values) Page(ProcessQuery query, string columns)
    {
        var definitions = Definitions(query);
        var isOfEach = definitions.IsSeveral && !IsNarrow(query);
        var (text, from) = Restrict(query, isOfEach ? null : definitions);
        if (query.After is { } after)
        {
            text.Where($"p.id {(query.NewestFirst ? "<" : ">")} {text.Parameter(after.Value)}");
        }

        FolioPage? folios = null;
        if (query.FolioStart is { Length: > 0 } start && !tables.IsPostgreSql)
        {
            var few = new QueryText(text, text.Conditions);
            if (isOfEach)
            {
                definitions.Restrict(few, "p.definition");
            }

            folios = new FolioPage(tables, few, from, start, query);
        }

        folios?.LeaveMany(text);
        var page = isOfEach
            ? PageOfEach(text, definitions, new RowsOfDefinitions(from, "p.", "id", Behind: "", query.NewestFirst), query.Limit, columns)
            : text.Page(tables, "p.", columns, from, query.NewestFirst ? "id DESC" : "id", query.Limit, hasIndexOfAll: query.Parent is not null);
        return (folios?.Of(page, columns) ?? page, text.Values);
    }

    /// <summary>A page of the instances of several definitions. On SQLite the newest, which are in no index, are gone through.</summary>
    private string PageOfEach(QueryText text, DefinitionSet definitions, RowsOfDefinitions rows, int limit, string columns)
    {
        var count = text.Parameter(limit);
        if (tables.IsPostgreSql)
        {
            return definitions.Page(text, rows, count, columns);
        }

        var conditions = text.Conditions;
        var indexed = definitions.Page(text.Where($"p.{Conditions.IsIndexed}"), rows, count, columns);
        var newest = new QueryText(text, conditions);
        newest.Where($"p.{Conditions.IsNewest}").Where($"p.id > (SELECT indexed_until FROM {tables.Number})");
        definitions.Restrict(newest, "p.definition");
        return $"""
            SELECT * FROM ({indexed})
            UNION ALL SELECT * FROM (SELECT {columns} FROM {rows.From} WHERE {newest.Conditions} ORDER BY {rows.Order(rows.Alias)} LIMIT {count})
            ORDER BY {rows.Order("")} LIMIT {count}
            """;
    }

    /// <summary>Whether few instances are asked for, of whatever definitions.</summary>
    private bool IsNarrow(ProcessQuery query) =>
        query.Fields.Count > 0 || query.Originator is not null || query.Parent is not null || query.Folio is { Length: > 0 } || query.IsSetAside is true
        || (tables.IsPostgreSql && query.FolioStart is { Length: > 0 })
        || query.Status is not null and not ProcessInstanceStatus.Active && !ShownStatus.HasEnded(query.Status.Value);

    private DefinitionSet Definitions(ProcessQuery query) => new(tables, query.Definition, query.Definitions);

    private static string PartsOf(string activityInstance, TableNames tables) => $"""
        SELECT 0, 0, 0, NULL, key_1, key_2, key_3, content, '', '', 0 FROM {tables.Content}
        WHERE process = $1 AND {Conditions.IsPart} AND key_1 = {activityInstance}
        """;

    private static string ActivityOfTask(TableNames tables) =>
        $"(SELECT activity_instance FROM {tables.Task} WHERE process = $1 AND destination = $3 AND kind = 0)";

    private (QueryText Text, string From) Restrict(ProcessQuery query, DefinitionSet? definitions)
    {
        var text = new QueryText();
        var from = $"{tables.Process} p";
        for (var index = 0; index < query.Fields.Count; index++)
        {
            var field = query.Fields[index];
            from += $" JOIN {tables.Field} f{index.Invariant()} ON f{index.Invariant()}.process = p.id";
            text.WhereText($"f{index.Invariant()}.name", field.Name).WhereIs($"f{index.Invariant()}.value_key", StoredText.ValueKey(field.Value));
        }

        definitions?.Restrict(text, "p.definition");
        text.WhereText("p.folio", query.Folio)
            .WhereIs("p.originator_key", query.Originator is null ? null : StoredText.Key(query.Originator));
        if (query.Folio is { Length: > 0 })
        {
            text.Where("p." + Conditions.HasFolio);
        }

        if (query.FolioStart is { Length: > 0 } start)
        {
            // SQLite would take the index for a few folios, however many there are.
            text.WhereBegins(tables.IsPostgreSql ? "p.folio" : "+p.folio", start).Where("p." + Conditions.HasFolio);
        }

        if (query.Parent is { } parent)
        {
            text.WhereIs("p.parent", parent.Value).Where("p." + Conditions.HasParent);
        }

        if (query.DefinitionVersion is { } version)
        {
            text.Where($"p.definition_version = {text.Parameter(version)}");
        }

        WhereStatus(text, query.Status);
        if (query.HasEnded is { } hasEnded)
        {
            text.Where("p." + (hasEnded ? Conditions.HasEnded : Conditions.IsLive));
        }

        WhereStarted(text, query);
        if (query.IsSetAside is { } isSetAside)
        {
            text.Where(isSetAside ? "p." + Conditions.IsSetAside : "p.set_aside IS NULL");
        }

        return (text, from);
    }

    private static void WhereStatus(QueryText text, ProcessInstanceStatus? status)
    {
        if (status is null)
        {
            return;
        }

        if (ShownStatus.HasEnded(status.Value))
        {
            text.WhereIs("p.status", (int)status.Value).Where("p." + Conditions.HasEnded);
            return;
        }

        text.WhereIs("p.shown", (int)status.Value)
            .Where(status is ProcessInstanceStatus.Active ? "p." + Conditions.IsLive : "p.shown <> 2 AND p.shown <> 3 AND p." + Conditions.IsLive);
    }

    /// <summary>The hours say between which numbers to look; the instants say the rest.</summary>
    private void WhereStarted(QueryText text, ProcessQuery query)
    {
        if (query.StartedFrom is { } from)
        {
            text.Where($"p.started_at >= {text.Parameter(from.UtcTicks)}")
                .Where($"p.id >= (SELECT min(first_id) FROM {tables.Period} WHERE hour >= {text.Parameter(Periods.Hour(from))})");
        }

        if (query.StartedBefore is { } before)
        {
            text.Where($"p.started_at < {text.Parameter(before.UtcTicks)}")
                .Where($"p.id <= (SELECT max(last_id) FROM {tables.Period} WHERE hour <= {text.Parameter(Periods.Hour(before))})");
        }
    }

    private static ProcessRecord Record(DbDataReader row)
    {
        var (fields, problem) = row.IsDBNull(9) ? ([], null) : PackedFields.TryRead(row.Bytes(9));
        return new ProcessRecord
        {
            Id = new ProcessInstanceId(row.GetInt64(0)),
            Definition = row.Text(1),
            DefinitionVersion = row.GetInt32(2),
            Folio = row.Text(3),
            Originator = row.Text(4),
            Status = (ProcessInstanceStatus)row.GetInt32(5),
            StartedAt = row.Instant(6),
            EndedAt = row.InstantOrNull(7),
            Error = row.TextOrNull(8),
            Fields = fields,
            Problem = problem,
            SetAside = row.TextOrNull(10),
            Parent = row.IsDBNull(11) ? null : new ProcessInstanceId(row.GetInt64(11)),
        };
    }
}
