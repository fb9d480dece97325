using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The first statements of commits: each compares the version, the epoch and the owner of an instance, and writes its row. A plain commit, without
/// lease, call, idempotency key or error, has statements of its own, which ask for less. A commit that receives messages has others, which also ask whether the
/// messages are there. So has the start of a sub-process, which a message begins.</summary>
internal sealed class FirstStatements
{
    private readonly TableNames _tables;
    private readonly FirstStatement _start;
    private readonly FirstStatement _plainStart;
    private readonly FirstStatement _plainStartIndexed;
    private readonly FirstStatement _childStart;
    private readonly FirstStatement[] _steps;
    private readonly FirstStatement[] _receivingSteps;

    /// <param name="tables">The names of the tables.</param>
    public FirstStatements(TableNames tables)
    {
        _tables = tables;
        _start = NewStart(ofChild: false);
        _childStart = NewStart(ofChild: true);
        _plainStart = NewPlainStart(isIndexed: false);
        _plainStartIndexed = NewPlainStart(isIndexed: true);
        _steps = [.. Enumerable.Range(0, 8).Select(kind => NewStep((kind & 1) != 0, hasRecord: (kind & 2) != 0, hasEnded: (kind & 4) != 0, receives: false))];
        _receivingSteps =
            [.. Enumerable.Range(0, 4).Select(kind => NewStep(isPlain: false, hasRecord: (kind & 1) != 0, hasEnded: (kind & 2) != 0, receives: true))];
    }

    private string Into(bool ofChild = false) => $"""
        INSERT INTO {_tables.Process} (
            id, version, epoch, owner, last_owner, leased_until, put_off_until, attempts, last_commit, earlier_commits, has_pending, set_aside, journal_count,
            {(_tables.IsPostgreSql ? "" : "is_indexed, ")}shown, status, ended_at, error, fields, definition, definition_version,
            folio, originator, originator_key, started_at{(ofChild ? ", parent" : "")})
        """;

    /// <summary>Whether a commit on an existing instance also sets the status that others see. On SQLite, where setting it costs a page for each index, only
    /// when it has ended for sure.</summary>
    public bool SetsShown(Commit commit) => SetsShown(HasEnded(commit));

    /// <summary>The statement that starts an instance.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="isIndexed">On SQLite, whether the instance of a plain commit is to be in the indexes of questions at
    /// once; see <see cref="NewestProcesses"/>.</param>
    public FirstStatement Start(Commit commit, bool isIndexed) =>
        Receives(commit) || commit.Record?.Parent is not null ? _childStart
        : commit is not { Record: { EndedAt: null, Error: null }, Epoch: 0 } || !IsPlain(commit) ? _start
        : isIndexed ? _plainStartIndexed : _plainStart;

    /// <summary>The statement that commits an existing instance.</summary>
    public FirstStatement Step(Commit commit)
    {
        var kind = (commit.Record is null ? 0 : 1) | (HasEnded(commit) ? 2 : 0);
        return Receives(commit) ? _receivingSteps[kind] : _steps[(kind << 1) | (IsPlain(commit) && commit.Record?.Error is null ? 1 : 0)];
    }

    private bool SetsShown(bool hasEnded) => _tables.IsPostgreSql || hasEnded;

    private static bool Receives(Commit commit) => commit.ReceivedMessages.Count > 0;

    private static bool HasEnded(Commit commit) => commit.Record is { } record && ShownStatus.HasEnded(record.Status);

    /// <summary>A plain commit shows the status that it stores.</summary>
    private static bool IsPlain(Commit commit) => commit is { Lease: null, HasPendingCall: false, Request: null }
        && commit.Record?.Status is not ProcessInstanceStatus.Deleted;

    private FirstStatement NewPlainStart(bool isIndexed)
    {
        var of = new FirstParameters(_tables);
        return of.Statement($"""
            {Into()}
            VALUES ({of.Instance}, 1, 0, NULL, {of.Engine}, 0, 0, 0, {of.Mark}, '', 0, NULL, coalesce({of.JournalCount}, 0),
                {IndexValue(of, isIndexed)}{of.Status}, {of.Status}, {Rows.None.Invariant()}, NULL, {of.Fields}, {Filing(of)})
            ON CONFLICT (id) DO NOTHING
            """);
    }

    private FirstStatement NewStart(bool ofChild)
    {
        var of = new FirstParameters(_tables);
        return of.Statement($"""
            {Into(ofChild)}
            SELECT {of.Instance}, {of.ExpectedVersion} + 1, {of.Epoch}, CAST({of.LeaseOwner} AS text), {of.Engine},
                CASE WHEN {of.LeaseOwner} IS NULL THEN 0 ELSE {of.Now} + {of.LeaseDuration} END, 0, 0, {of.Mark}, '', {of.HasPendingCall}, NULL,
                coalesce({of.JournalCount}, 0),
                {IndexValue(of, isIndexed: false)}{of.Shown}, {of.Status}, {of.EndedAt}, {of.Error}, {of.Fields}, {Filing(of)}
                {(ofChild ? $", {of.Parent}" : "")}
            WHERE {of.Epoch} = 0 AND {IsNew(of)}{(ofChild ? AreThere(of) : "")}
            ON CONFLICT (id) DO NOTHING
            """);
    }

    private FirstStatement NewStep(bool isPlain, bool hasRecord, bool hasEnded, bool receives)
    {
        var of = new FirstParameters(_tables);
        var owner = isPlain ? "NULL" : of.LeaseOwner;
        var lease = isPlain ? "" : $"leased_until = CASE WHEN {owner} IS NULL THEN leased_until ELSE {of.Now} + {of.LeaseDuration} END, ";
        return of.Statement($"""
            UPDATE {_tables.Process} SET
                version = version + 1, owner = {owner}, last_owner = {of.Engine}, put_off_until = 0, attempts = 0,
                has_pending = {(isPlain ? "0" : of.HasPendingCall)}, {lease}
                earlier_commits = substr(last_commit || '|' || earlier_commits, 1, 160), last_commit = {of.Mark},
                journal_count = coalesce({of.JournalCount}, journal_count){(hasRecord ? Record(of, isPlain, hasEnded) : State(of, isPlain))}
            WHERE id = {of.Instance} AND version = {of.ExpectedVersion} AND epoch = {of.Epoch}
                AND (owner IS NULL OR owner = {of.Engine} OR {Conditions.HasRunOut("", of.Now)})
                AND {of.LastCommit} IN ('', {Conditions.NameOfCommit("last_commit", _tables.IsPostgreSql)})
                {(isPlain ? "" : $"AND {IsNew(of)}")}{(receives ? AreThere(of) : "")}
            """);
    }

    /// <summary>The columns that a commit with a record sets. SQLite rewrites every index with a column that is set, changed or not. So there the rest is set
    /// when it changes.</summary>
    private string Record(FirstParameters of, bool isPlain, bool hasEnded)
    {
        var shown = isPlain ? of.Status : of.Shown;
        return $", status = {of.Status}, ended_at = {of.EndedAt}, error = {(isPlain ? "NULL" : of.Error)}, fields = {of.Fields}"
            + (SetsShown(hasEnded) ? $", shown = {shown}" : "")
            + (_tables.IsPostgreSql
                ? $", definition = {of.Definition}, definition_version = {of.DefinitionVersion}, folio = {of.Folio}, originator = {of.Originator}, "
                    + $"originator_key = {of.OriginatorKey}, started_at = {of.StartedAt}"
                : "");
    }

    /// <summary>A call that is pending makes an Active (2) instance Running (1) in the eyes of others. A Deleted one (6) is kept as Completed (3), and may
    /// still receive messages.</summary>
    private string State(FirstParameters of, bool isPlain) =>
        !_tables.IsPostgreSql ? ""
        : isPlain ? ", shown = CASE WHEN status = 6 THEN 3 ELSE status END"
        : $", shown = CASE WHEN status = 6 THEN 3 WHEN {of.HasPendingCall} = 1 AND status = 2 THEN 1 ELSE status END";

    private string IsNew(FirstParameters of) =>
        $"({of.RequestKey} IS NULL OR NOT EXISTS (SELECT 1 FROM {_tables.Request} WHERE request_key = {of.RequestKey}))";

    /// <summary>Whether all received messages are there. On PostgreSQL they are locked. So of two who receive or discard one at once, the later one waits, and
    /// then does not find it.</summary>
    private string AreThere(FirstParameters of) => _tables.IsPostgreSql
        ? $"""
             AND (SELECT count(*) FROM (SELECT 1 FROM {_tables.Message} AS m WHERE m.receiver = {of.Instance} AND (m.sender, m.number) IN (
                SELECT (w.pair->>0)::bigint, (w.pair->>1)::integer FROM json_array_elements({of.Received}::json) AS w (pair)) FOR UPDATE) AS locked)
                = json_array_length({of.Received}::json)
            """
        : $"""
             AND (SELECT count(*) FROM json_each({of.Received}) AS w CROSS JOIN {_tables.Message} AS m WHERE m.receiver = {of.Instance}
                AND m.sender = json_extract(w.value, '$[0]') AND m.number = json_extract(w.value, '$[1]')) = json_array_length({of.Received})
            """;

    private static string Filing(FirstParameters of) =>
        $"{of.Definition}, {of.DefinitionVersion}, {of.Folio}, {of.Originator}, {of.OriginatorKey}, {of.StartedAt}";

    private string IndexValue(FirstParameters of, bool isIndexed) =>
        _tables.IsPostgreSql ? "" : isIndexed ? "1, " : $"{of.Instance} <= (SELECT indexed_until FROM {_tables.Number}), ";
}
