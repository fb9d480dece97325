using System.Data.Common;
using System.Text.Encodings.Web;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Gives instances to engines, and takes them back. One statement for each kind of work finds rows and changes them.</summary>
internal sealed class ClaimStatements(TableNames tables)
{
    // A row that somebody else has locked must not cost the engine the leases on all others; it is renewed the next time (statement 14.7b).
    private readonly Statement _renew = new(tables.IsPostgreSql
        ? $"UPDATE {tables.Process} SET leased_until = {tables.Now("$3")} + $2 "
            + $"WHERE id IN (SELECT id FROM {tables.Process} WHERE owner = $1 ORDER BY id FOR UPDATE SKIP LOCKED)"
        : $"UPDATE {tables.Process} SET leased_until = $3 + $2 WHERE owner = $1");

    private readonly Statement _release = new(
        $"UPDATE {tables.Process} SET owner = NULL, put_off_until = {tables.Now("$3")} + $4 WHERE id = $1 AND epoch = $2 AND attempts = $5 AND owner = $6");

    private readonly Statement _setAside = new(
        $"UPDATE {tables.Process} SET set_aside = $2, attempts = CASE WHEN $2 IS NULL THEN 0 ELSE attempts END WHERE id = $1");

    private readonly Statement _pending = Claim(tables, isDue: false);
    private readonly Statement _due = Claim(tables, isDue: true);

    public async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(Session session, ClaimQuery query, CancellationToken cancellation)
    {
        if (query.Definitions.Count == 0)
        {
            return [];
        }

        var claimed = new List<ClaimedProcess>();
        if (query.PendingCalls)
        {
            var pending = await session.ReadAsync(_pending, Values(query, claimed, session.Now), Row, cancellation).ConfigureAwait(false);
            claimed.AddRange(pending.Select(row => row.Claim).OrderBy(claim => claim.Id.Value));
        }

        if (claimed.Count < query.Limit && query.DueTimers)
        {
            object[] values = [.. Values(query, claimed, session.Now), query.DueUntil.UtcTicks];
            var due = await session.ReadAsync(_due, values, Row, cancellation).ConfigureAwait(false);
            claimed.AddRange(due.OrderBy(row => row.DueAt).ThenBy(row => row.Claim.Id.Value).Select(row => row.Claim));
        }

        return claimed;
    }

    public async ValueTask<int> RenewAsync(Session session, string owner, TimeSpan lease, CancellationToken cancellation) =>
        await session.ExecuteAsync(_renew, [StoredText.Of(owner), lease.Ticks, session.Now], cancellation).ConfigureAwait(false);

    public async ValueTask<int> ReleaseAsync(Session session, ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation) =>
        await session.ExecuteAsync(
            _release, [claim.Id.Value, claim.Epoch, session.Now, putOff.Ticks, claim.Attempts, StoredText.Of(claim.Owner)], cancellation).ConfigureAwait(false);

    public async ValueTask<bool> SetAsideAsync(Session session, ProcessInstanceId id, string? reason, CancellationToken cancellation) =>
        await session.ExecuteAsync(_setAside, [id.Value, StoredText.OrNull(reason)], cancellation).ConfigureAwait(false) == 1;

    /// <summary>The statement for one kind of work. Its text is the same for any number of definitions and instances, so the database plans it once.</summary>
    private static Statement Claim(TableNames tables, bool isDue)
    {
        var count = tables.IsPostgreSql ? 7 : 6;
        var (limit, lease, until) = (Parameter(count - 1), Parameter(count), Parameter(count + 1));
        var instant = tables.Now("$2");
        var isFree = Conditions.IsFree("p.", instant);
        var except = IsNotExcepted(tables, Parameter(count - 2));
        var wanted = $"p.set_aside IS NULL AND {Conditions.IsNotPutOff("p.", instant)} AND {IsOfDefinitions(tables)} AND {except}";

        // Nobody else may change an instance between finding and taking it; one that somebody is changing now is left out.
        var locked = tables.IsPostgreSql ? " FOR UPDATE OF p SKIP LOCKED" : "";
        var found = isDue
            ? Due(tables, $"{wanted} AND ({isFree} OR p.owner = $1) AND {IsFirst(tables)}", locked, until, limit)
            : $"SELECT p.id FROM {tables.Process} p WHERE {wanted} AND p.has_pending = 1 AND {isFree} ORDER BY p.id LIMIT {limit}{locked}";
        return new Statement(Update(tables, found, instant, lease));
    }

    /// <summary>By the timers, the one due first in front; of several of an instance, the first leads to it.</summary>
    private static string Due(TableNames tables, string conditions, string locked, string until, string limit)
    {
        const string Order = "ORDER BY t.due_at, t.process";

        // PostgreSQL may not go through the instances before the timers, whatever it believes of their numbers: they are far more than what is due.
        return tables.IsPostgreSql
            ? $"SELECT p.id FROM {tables.Timer} t "
                + $"CROSS JOIN LATERAL (SELECT p.id FROM {tables.Process} p WHERE p.id = t.process AND {conditions}{locked}) p "
                + $"WHERE t.due_at <= {until} {Order} LIMIT {limit}"
            : $"SELECT p.id FROM {tables.Timer} t JOIN {tables.Process} p ON p.id = t.process WHERE t.due_at <= {until} AND {conditions} {Order} LIMIT {limit}";
    }

    private static string IsFirst(TableNames tables) =>
        $"NOT EXISTS (SELECT 1 FROM {tables.Timer} e WHERE e.process = t.process AND (e.due_at < t.due_at OR (e.due_at = t.due_at AND e.number < t.number)))";

    /// <summary>An expression keeps both databases from going through all instances of a definition: what is due, or pending, is far less.</summary>
    private static string IsOfDefinitions(TableNames tables) => tables.IsPostgreSql
        ? "(p.definition || '', p.definition_version) IN (SELECT d.name, d.version FROM unnest($3::text[], $4::integer[]) AS d (name, version))"
        : "(+p.definition, p.definition_version) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each($3))";

    private static string IsNotExcepted(TableNames tables, string parameter) =>
        tables.IsPostgreSql ? $"p.id <> ALL({parameter}::bigint[])" : $"p.id NOT IN (SELECT value FROM json_each({parameter}))";

    private static string Parameter(int number) => $"${number.Invariant()}";

    /// <summary>A lease that the engine holds already stays as it is. The epoch stays when the engine was the last to claim or commit the instance.</summary>
    private static string Update(TableNames tables, string found, string instant, string lease)
    {
        // With the sum the timers are those of the instance: PostgreSQL would look for the first one of all by its due time.
        var isHeld = $"(NOT {Conditions.IsFree("", instant)})";
        return $"""
            UPDATE {tables.Process} SET
                epoch = CASE WHEN {isHeld} OR last_owner = $1 THEN epoch ELSE epoch + 1 END,
                attempts = CASE WHEN {isHeld} THEN attempts ELSE attempts + 1 END,
                leased_until = CASE WHEN {isHeld} THEN leased_until ELSE {instant} + {lease} END,
                last_owner = CASE WHEN {isHeld} THEN last_owner ELSE $1 END,
                owner = $1
            WHERE id IN ({found})
            RETURNING id, epoch, attempts, has_pending, owner, (SELECT min(due_at + 0) FROM {tables.Timer} WHERE process = {tables.Process}.id)
            """;
    }

    /// <summary>Those that were claimed for their calls are the engine's own now, and would be found again.</summary>
    private object[] Values(ClaimQuery query, List<ClaimedProcess> claimed, object now)
    {
        var except = query.Except.Concat(claimed.Select(claim => claim.Id)).Select(id => id.Value);
        var limit = query.Limit - claimed.Count;
        return tables.IsPostgreSql
            ?
            [
                StoredText.Of(query.Owner), now, query.Definitions.Select(definition => StoredText.Of(definition.Name)).ToArray(),
                query.Definitions.Select(definition => definition.Version).ToArray(), except.ToArray(), limit, query.Lease.Ticks,
            ]
            :
            [
                StoredText.Of(query.Owner), now, Json(query.Definitions), $"[{string.Join(',', except.Select(id => id.Invariant()))}]", limit,
                query.Lease.Ticks,
            ];
    }

    /// <summary>An array of JSON.</summary>
    private static string Json(IEnumerable<DefinitionVersion> definitions) => $"[{string.Join(',', definitions.Select(definition =>
        $"[\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(StoredText.Of(definition.Name))}\",{definition.Version.Invariant()}]"))}]";

    private static (ClaimedProcess Claim, long DueAt) Row(DbDataReader row) => (
        new ClaimedProcess(new ProcessInstanceId(row.GetInt64(0)), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3) == 1, row.Text(4)),
        row.IsDBNull(5) ? 0 : row.GetInt64(5));
}
