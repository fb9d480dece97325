using System.Data.Common;
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

    /// <summary>Nobody else may change an instance between finding and taking it; one that somebody is changing now is left out.</summary>
    private string Locked => tables.IsPostgreSql ? " FOR UPDATE OF p SKIP LOCKED" : "";

    public async ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(Session session, ClaimQuery query, CancellationToken cancellation)
    {
        if (query.Definitions.Count == 0)
        {
            return [];
        }

        var claimed = new List<ClaimedProcess>();
        if (query.PendingCalls)
        {
            var (statement, values) = Pending(query, session.Now);
            var pending = await session.ReadAsync(statement, values, Row, cancellation).ConfigureAwait(false);
            claimed.AddRange(pending.Select(row => row.Claim).OrderBy(claim => claim.Id.Value));
        }

        if (claimed.Count < query.Limit && query.DueTimers)
        {
            var (statement, values) = Due(query, claimed, session.Now);
            var due = await session.ReadAsync(statement, values, Row, cancellation).ConfigureAwait(false);
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

    public (Statement Statement, object[] Values) Pending(ClaimQuery query, object now)
    {
        var text = new QueryText();
        var (owner, instant) = Common(text, query, now);
        text.Where("p.has_pending = 1").Where(Conditions.IsFree("p.", instant));
        var found = $"SELECT p.id FROM {tables.Process} p WHERE {text.Conditions} ORDER BY p.id LIMIT {text.Parameter(query.Limit)}{Locked}";
        return (Update(text, query, found, owner, instant), text.Values);
    }

    /// <summary>By the timers, the one due first in front; of several of an instance, the first leads to it.</summary>
    public (Statement Statement, object[] Values) Due(ClaimQuery query, IReadOnlyCollection<ClaimedProcess> claimed, object now)
    {
        var text = new QueryText();
        var (owner, instant) = Common(text, query, now);
        var isDue = $"t.due_at <= {text.Parameter(query.DueUntil.UtcTicks)}";
        text.Where($"({Conditions.IsFree("p.", instant)} OR p.owner = {owner})")
            .Where(
                $"NOT EXISTS (SELECT 1 FROM {tables.Timer} e WHERE e.process = t.process AND (e.due_at < t.due_at OR (e.due_at = t.due_at "
                + "AND e.number < t.number)))");

        // Those that were claimed for their calls are the engine's own now, and would be found again.
        Leave(text, claimed.Select(claim => claim.Id));
        var limit = text.Parameter(query.Limit - claimed.Count);
        const string Order = "ORDER BY t.due_at, t.process";

        // PostgreSQL may not go through the instances before the timers, whatever it believes of their numbers: they are far more than what is due.
        var found = tables.IsPostgreSql
            ? $"SELECT p.id FROM {tables.Timer} t "
                + $"CROSS JOIN LATERAL (SELECT p.id FROM {tables.Process} p WHERE p.id = t.process AND {text.Conditions}{Locked}) p "
                + $"WHERE {isDue} {Order} LIMIT {limit}"
            : $"SELECT p.id FROM {tables.Timer} t JOIN {tables.Process} p ON p.id = t.process WHERE {isDue} AND {text.Conditions} {Order} LIMIT {limit}";
        return (Update(text, query, found, owner, instant), text.Values);
    }

    private (string Owner, string Instant) Common(QueryText text, ClaimQuery query, object now)
    {
        var owner = text.Parameter(StoredText.Of(query.Owner));
        var instant = tables.Now(text.Parameter(now));
        var definitions = string.Join(
            ", ", query.Definitions.Select(definition => $"({text.Parameter(StoredText.Of(definition.Name))}, {text.Parameter(definition.Version)})"));

        // An expression keeps both databases from going through all instances of a definition: what is due, or pending, is far less.
        var definition = tables.IsPostgreSql ? "(p.definition || '')" : "+p.definition";
        text.Where("p.set_aside IS NULL").Where(Conditions.IsNotPutOff("p.", instant)).Where($"({definition}, p.definition_version) IN (VALUES {definitions})");
        Leave(text, query.Except);
        return (owner, instant);
    }

    private static void Leave(QueryText text, IEnumerable<ProcessInstanceId> instances)
    {
        var numbers = string.Join(", ", instances.Select(id => text.Parameter(id.Value)));
        if (numbers.Length > 0)
        {
            text.Where($"p.id NOT IN ({numbers})");
        }
    }

    /// <summary>A lease that the engine holds already stays as it is. The epoch stays when the engine was the last to claim or commit the instance.</summary>
    private Statement Update(QueryText text, ClaimQuery query, string found, string owner, string instant)
    {
        var isHeld = $"(NOT {Conditions.IsFree("", instant)})";
        var lease = text.Parameter(query.Lease.Ticks);
        return QueryText.Once($"""
            UPDATE {tables.Process} SET
                epoch = CASE WHEN {isHeld} OR last_owner = {owner} THEN epoch ELSE epoch + 1 END,
                attempts = CASE WHEN {isHeld} THEN attempts ELSE attempts + 1 END,
                leased_until = CASE WHEN {isHeld} THEN leased_until ELSE {instant} + {lease} END,
                last_owner = CASE WHEN {isHeld} THEN last_owner ELSE {owner} END,
                owner = {owner}
            WHERE id IN ({found})
            RETURNING id, epoch, attempts, has_pending, owner, (SELECT min(due_at) FROM {tables.Timer} WHERE process = {tables.Process}.id)
            """);
    }

    private static (ClaimedProcess Claim, long DueAt) Row(DbDataReader row) => (
        new ClaimedProcess(new ProcessInstanceId(row.GetInt64(0)), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3) == 1, row.Text(4)),
        row.IsDBNull(5) ? 0 : row.GetInt64(5));
}
