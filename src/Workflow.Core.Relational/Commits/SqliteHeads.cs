using System.Data.Common;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The row of an instance, as a commit writes it on SQLite. A statement there costs by its parameters, and by every index of which it sets a column, changed or
/// not: so a plain commit, without lease, call or idempotency key, has a statement of its own, and what instances are found by is set when it changes.</summary>
internal sealed class SqliteHeads
{
    private const int Active = (int)ProcessInstanceStatus.Active;
    private const int Running = (int)ProcessInstanceStatus.Running;

    private readonly Statement _anyStart;
    private readonly Statement _start;
    private readonly Statement _startIndexed;
    private readonly Statement _find;
    private readonly Statement[] _steps;
    private readonly Statement _show;
    private readonly Statement _file;

    /// <param name="tables">What the tables are called.</param>
    /// <param name="start">The statement that starts an instance, whatever its commit has.</param>
    public SqliteHeads(TableNames tables, Statement start)
    {
        _anyStart = start;
        _start = NewStart(tables, $"$1 <= (SELECT indexed_until FROM {tables.Number})");
        _startIndexed = NewStart(tables, "1");
        _find = new Statement($"SELECT shown, status, definition_version, definition, folio, originator_key, fields IS NULL FROM {tables.Process} WHERE id = $1");
        _steps = [.. Enumerable.Range(0, 8).Select(kind => NewStep(tables, isPlain: (kind & 1) != 0, hasRecord: (kind & 2) != 0, hasEnded: (kind & 4) != 0))];
        _show = new Statement($"UPDATE {tables.Process} SET shown = $2 WHERE id = $1");
        _file = new Statement(
            $"UPDATE {tables.Process} SET definition = $2, definition_version = $3, folio = $4, originator = $5, originator_key = $6, started_at = $7 WHERE id = $1");
    }

    /// <summary>Writes the row of a new instance.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="plan">The commit.</param>
    /// <param name="isIndexed">Whether it is to be in the indexes of questions at once; see <see cref="NewestProcesses"/>.</param>
    /// <returns>False when the commit does not fit.</returns>
    public bool Start(Session session, CommitPlan plan, bool isIndexed)
    {
        var commit = plan.Commit;
        if (commit.Record is not { EndedAt: null, Error: null } record || commit.Epoch != 0 || !IsPlain(commit))
        {
            return session.Execute(_anyStart, plan.First(session.Now)) == 1;
        }

        return session.Execute(
            isIndexed ? _startIndexed : _start,
            commit.ProcessInstance.Value, StoredText.Of(commit.Owner), plan.Mark, plan.JournalCount, (int)record.Status, PackedFields.Write(record.Fields),
            StoredText.Of(record.Definition), record.DefinitionVersion, StoredText.Of(record.Folio), StoredText.Of(record.Originator), StoredText.Key(record.Originator),
            record.StartedAt.UtcTicks) == 1;
    }

    /// <summary>Writes the row of an instance that is there.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="plan">The commit.</param>
    /// <param name="hadNoFields">Whether nothing was searchable in it before.</param>
    /// <returns>False when the commit does not fit.</returns>
    public bool Continue(Session session, CommitPlan plan, out bool hadNoFields)
    {
        var commit = plan.Commit;
        var record = commit.Record;
        var isPlain = IsPlain(commit) && record?.Error is null;
        var hasEnded = record?.Status is ProcessInstanceStatus.Completed;
        var statement = _steps[(isPlain ? 1 : 0) | (record is null ? 0 : 2) | (hasEnded ? 4 : 0)];

        // Asked before: a statement that changes a row and returns it builds a table of its own for what it returns, which takes longer.
        if (session.Read(_find, Before.From, commit.ProcessInstance.Value) is not [var row]
            || session.Execute(statement, isPlain ? Plain(plan, session.Now) : Full(plan, session.Now)) != 1)
        {
            hadNoFields = false;
            return false;
        }

        hadNoFields = row.HasNoFields;
        var shown = plan.Shown ?? (commit.HasPendingCall && row.Status == Active ? Running : row.Status);
        if (shown != row.Shown && !hasEnded)
        {
            session.Execute(_show, commit.ProcessInstance.Value, shown);
        }

        if (record is not null && row.IsFiledOtherwise(record))
        {
            session.Execute(
                _file, commit.ProcessInstance.Value, StoredText.Of(record.Definition), record.DefinitionVersion, StoredText.Of(record.Folio),
                StoredText.Of(record.Originator), StoredText.Key(record.Originator), record.StartedAt.UtcTicks);
        }

        return true;
    }

    private static bool IsPlain(Commit commit) => commit is { Lease: null, HasPendingCall: false, Request: null };

    private static object[] Full(CommitPlan plan, object now)
    {
        var values = plan.First(now);
        return plan.Commit.Record is null ? values : values[..FirstValues.OfRecord];
    }

    private static object[] Plain(CommitPlan plan, object now)
    {
        var commit = plan.Commit;
        var record = commit.Record;
        var values = new object[record is null ? 7 : 10];
        values[0] = commit.ProcessInstance.Value;
        values[1] = commit.ExpectedVersion;
        values[2] = commit.Epoch;
        values[3] = StoredText.Of(commit.Owner);
        values[4] = now;
        values[5] = plan.Mark;
        values[6] = plan.JournalCount;
        if (record is not null)
        {
            values[7] = (int)record.Status;
            values[8] = record.EndedAt?.UtcTicks ?? Rows.None;
            values[9] = PackedFields.Write(record.Fields);
        }

        return values;
    }

    private static Statement NewStart(TableNames tables, string isIndexed) => new($"""
        INSERT INTO {tables.Process} (
            id, version, epoch, owner, last_owner, leased_until, put_off_until, attempts, last_commit, earlier_commits, has_pending, set_aside, journal_count,
            is_indexed, shown, status, ended_at, error, fields, definition, definition_version, folio, originator, originator_key, started_at)
        VALUES ($1, 1, 0, NULL, $2, 0, 0, 0, $3, '', 0, NULL, coalesce($4, 0), {isIndexed}, $5, $5, {Rows.None}, NULL, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (id) DO NOTHING
        """);

    private static Statement NewStep(TableNames tables, bool isPlain, bool hasRecord, bool hasEnded)
    {
        var (owner, now, mark, journal) = isPlain ? ("$4", "$5", "$6", "$7") : ("$5", "$6", "$8", "$11");
        var (shown, status, ended, error, fields) = isPlain ? ("$8", "$8", "$9", "NULL", "$10") : ("$12", "$13", "$14", "$15", "$16");
        return new Statement($"""
            UPDATE {tables.Process} SET
                version = version + 1, last_owner = {owner}, put_off_until = 0, attempts = 0,
                {(isPlain ? "owner = NULL, has_pending = 0" : "owner = $4, has_pending = $9, leased_until = CASE WHEN $4 IS NULL THEN leased_until ELSE $6 + $7 END")},
                earlier_commits = substr(last_commit || '|' || earlier_commits, 1, 160), last_commit = {mark}, journal_count = coalesce({journal}, journal_count)
                {(hasRecord ? $", status = {status}, ended_at = {ended}, error = {error}, fields = {fields}" : "")}
                {(hasEnded ? $", shown = {shown}" : "")}
            WHERE id = $1 AND version = $2 AND epoch = $3 AND (owner IS NULL OR owner = {owner} OR leased_until <= {now})
                {(isPlain ? "" : $"AND ($10 IS NULL OR NOT EXISTS (SELECT 1 FROM {tables.Request} WHERE request_key = $10))")}
            """);
    }

    /// <summary>What the row says before the statement.</summary>
    private readonly record struct Before(int Shown, int Status, int DefinitionVersion, string Definition, string Folio, string OriginatorKey, bool HasNoFields)
    {
        public static Func<DbDataReader, Before> From { get; } = row =>
            new Before(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetBoolean(6));

        public bool IsFiledOtherwise(ProcessRecord record) =>
            DefinitionVersion != record.DefinitionVersion
            || !string.Equals(Definition, StoredText.Of(record.Definition), StringComparison.Ordinal)
            || !string.Equals(Folio, StoredText.Of(record.Folio), StringComparison.Ordinal)
            || !string.Equals(OriginatorKey, StoredText.Key(record.Originator), StringComparison.Ordinal);
    }
}
