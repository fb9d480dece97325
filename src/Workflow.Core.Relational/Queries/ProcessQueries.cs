using System.Data.Common;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Commits;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Finds and loads process instances.</summary>
internal sealed class ProcessQueries(TableNames tables)
{
    private const string Columns =
        "p.id, p.definition, p.definition_version, p.folio, p.originator, p.shown, p.started_at, p.ended_at, p.error, p.fields, p.set_aside";

    private readonly Statement _load = new($"""
        SELECT p.version, p.journal_count, p.epoch, CASE WHEN NOT {Conditions.HasRunOut("p.", tables.Now("$2"))} THEN p.owner END, t.key_1, t.key_2, t.key_3, t.content,
            {Conditions.NameOfCommit("p.last_commit", tables.IsPostgreSql)}, (SELECT key_part FROM {tables.Version})
        FROM {tables.Process} p LEFT JOIN {tables.Content} t ON t.process = p.id AND t.{Conditions.IsPart} WHERE p.id = $1 ORDER BY t.key_1, t.key_2, t.key_3
        """);

    // Two ranges of the key, not one with a choice in it: an instance may have many parts.
    private readonly Statement _loadOne = new($"""
        SELECT p.version, p.journal_count, p.epoch, CASE WHEN NOT {Conditions.HasRunOut("p.", tables.Now("$2"))} THEN p.owner END, t.key_1, t.key_2, t.key_3, t.content,
            {Conditions.NameOfCommit("p.last_commit", tables.IsPostgreSql)}, (SELECT key_part FROM {tables.Version})
        FROM {tables.Process} p LEFT JOIN {tables.Content} t ON t.process = p.id AND t.{Conditions.IsPart} AND t.key_1 = 0 AND t.key_2 = 0 AND t.key_3 = 0 WHERE p.id = $1
        UNION ALL
        SELECT 0, 0, 0, NULL, key_1, key_2, key_3, content, '', '' FROM {tables.Content} WHERE process = $1 AND {Conditions.IsPart} AND key_1 = $3 AND key_2 IN (0, $4)
        """);

    private readonly Statement _journal = new($"""
        SELECT key_1, entries, content FROM {tables.Content}
        WHERE process = $1 AND {Conditions.IsHistory} AND key_1 + entries - 1 > $2
            AND key_1 >= coalesce((SELECT max(key_1) FROM {tables.Content} WHERE process = $1 AND {Conditions.IsHistory} AND key_1 - 1 <= $2), 0)
        ORDER BY key_1 LIMIT $3
        """);

    private readonly Statement _request = new(
        $"SELECT process, content, carried_out_at, request_key FROM {tables.Request} WHERE request_key IN ($1, $2) ORDER BY CASE WHEN request_key = $1 THEN 0 ELSE 1 END LIMIT 1");

    private readonly Statement _messages = new($"SELECT sender, number, receiver, content FROM {tables.Message} ORDER BY receiver, sender, number LIMIT $1");

    public async ValueTask<LoadedProcess?> LoadAsync(Session session, ProcessInstanceId id, CancellationToken cancellation) =>
        Together(await session.ReadAsync(_load, [id.Value, session.Now], LoadedRow.From, cancellation).ConfigureAwait(false));

    public async ValueTask<LoadedProcess?> LoadAsync(Session session, ProcessInstanceId id, int activityInstance, int destination, CancellationToken cancellation) =>
        Together(await session.ReadAsync(_loadOne, [id.Value, session.Now, activityInstance, destination], LoadedRow.From, cancellation).ConfigureAwait(false));

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

    public async ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(Session session, int limit, CancellationToken cancellation) =>
        await session.ReadAsync(
            _messages, [limit], row => new ProcessMessage(new ProcessInstanceId(row.GetInt64(0)), row.GetInt32(1), new ProcessInstanceId(row.GetInt64(2)), row.Bytes(3)),
            cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ProcessRecord>> FindAsync(Session session, ProcessQuery query, CancellationToken cancellation)
    {
        var (statement, values) = Text(query);
        return await session.ReadAsync(statement, values, Record, cancellation).ConfigureAwait(false);
    }

    public (Statement Statement, object[] Values) Text(ProcessQuery query)
    {
        var text = new QueryText();
        var from = $"{tables.Process} p";
        for (var index = 0; index < query.Fields.Count; index++)
        {
            var field = query.Fields[index];
            from += $" JOIN {tables.Field} f{index.Invariant()} ON f{index.Invariant()}.process = p.id";
            text.WhereText($"f{index.Invariant()}.name", field.Name).WhereIs($"f{index.Invariant()}.value_key", StoredText.ValueKey(field.Value));
        }

        text.WhereText("p.definition", query.Definition).WhereText("p.folio", query.Folio)
            .WhereIs("p.originator_key", query.Originator is null ? null : StoredText.Key(query.Originator));
        if (query.Folio is { Length: > 0 })
        {
            text.Where("p." + Conditions.HasFolio);
        }

        WhereStatus(text, query.Status);
        WhereStarted(text, query);
        if (query.IsSetAside is { } isSetAside)
        {
            text.Where(isSetAside ? "p." + Conditions.IsSetAside : "p.set_aside IS NULL");
        }

        if (query.After is { } after)
        {
            text.Where($"p.id {(query.NewestFirst ? "<" : ">")} {text.Parameter(after.Value)}");
        }

        return (
            QueryText.Once(text.Page(tables, "p.", Columns, from, query.NewestFirst ? "id DESC" : "id", query.Limit)), text.Values);
    }

    private static void WhereStatus(QueryText text, ProcessInstanceStatus? status)
    {
        if (status is null)
        {
            return;
        }

        text.WhereIs("p.shown", (int)status.Value).Where(status switch
        {
            ProcessInstanceStatus.Completed => "p." + Conditions.IsCompleted,
            ProcessInstanceStatus.Active => "p." + Conditions.IsLive,
            _ => "p.shown <> 2 AND p.shown <> 3 AND p." + Conditions.IsLive,
        });
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
        };
    }

    private static LoadedProcess? Together(List<LoadedRow> rows)
    {
        var head = rows.Find(row => row.Version > 0);
        if (head.Version == 0)
        {
            return null;
        }

        var parts = new List<StoredPart>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Part is { } part)
            {
                parts.Add(part);
            }
        }

        parts.Sort((left, right) => left.Key.CompareTo(right.Key));
        return new LoadedProcess(new StoredProcess(head.Version, head.JournalCount, parts, head.Epoch, head.Owner, head.LastCommit), head.KeyPart);
    }
}
