using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Commits;

/// <summary>The statements of commits. The first one compares and sets the version of the instance. The others come
/// after it. On PostgreSQL all go to the server at once, and each does nothing unless the first has left its mark.
/// So a refused commit leaves nothing, and others can be in the same transaction.</summary>
internal sealed class CommitTexts
{
    /// <summary>How many rows of one table a statement stores at most.</summary>
    public const int MostRows = 8;

    private const string TaskColumns = "process, destination, kind, name_key, name, is_open, ended, activity_instance, activity, event, priority, started_at";

    private readonly TableNames _tables;
    private readonly (Statement New, Statement Any)[] _store;
    private readonly (Statement New, Statement Any)[] _storeWithHistory;
    private readonly (Statement New, Statement Any)[] _openTask;

    public CommitTexts(TableNames tables)
    {
        _tables = tables;
        First = new FirstStatements(tables);
        Heads = tables.IsPostgreSql ? null : new SqliteHeads(tables, First);
        Find = new Statement($"SELECT version, last_commit, earlier_commits FROM {tables.Process} WHERE id = $1");
        FindVersion = new Statement($"SELECT version FROM {tables.Process} WHERE id = $1");
        HasRequest = new Statement($"SELECT 1 FROM {tables.Request} WHERE request_key = $1");
        Request = Insert(tables.Request, "process, request_key, content, carried_out_at");
        EndActivity = Gated($"DELETE FROM {tables.Content} WHERE process = $1 AND {Conditions.IsPart} AND key_1 = $2", 2);
        RemovePart = Gated($"DELETE FROM {tables.Content} WHERE process = $1 AND {Conditions.IsPart} AND key_1 = $2 AND key_2 = $3 AND key_3 = $4", 4);
        _store = [.. Enumerable.Range(1, MostRows).Select(parts => NewStore(parts, hasHistory: false))];
        _storeWithHistory = [.. Enumerable.Range(0, MostRows + 1).Select(parts => NewStore(parts, hasHistory: true))];
        _openTask = [.. Enumerable.Range(0, MostRows + 1).Select(NewOpenTask)];
        RemoveFields = Gated($"DELETE FROM {tables.Field} WHERE process = $1 AND number >= $2", 2);
        StoreField = Insert(
            tables.Field, "process, number, name, value_key",
            "ON CONFLICT (process, number) DO UPDATE SET name = excluded.name, value_key = excluded.value_key");
        StoreServerItem = Insert(
            tables.ServerItem, "process, destination, definition, activity, event, correlation_key, status, started_at, ended_at, ended_by", Replacing(
                "process, destination", "definition, activity, event, correlation_key, status, started_at, ended_at, ended_by"));
        LeaveTask = Gated($"UPDATE {tables.Task} SET is_open = 0 WHERE process = $1 AND destination = $2 AND kind <> 0 AND {Conditions.IsOpen}", 2);
        StoreEntry = Insert(
            tables.Task, "process, destination, kind, name_key, name, is_open, ended",
            "ON CONFLICT (process, destination, kind, name_key) DO UPDATE SET is_open = excluded.is_open");
        KeepEntry = Insert(
            tables.Task, "process, destination, kind, name_key, name, is_open, ended", "ON CONFLICT (process, destination, kind, name_key) DO NOTHING");
        CloseTask = Gated(
            $"UPDATE {tables.Task} SET is_open = 0, ended = CASE WHEN kind = 0 THEN $3 ELSE ended END WHERE process = $1 AND destination = $2 "
                + $"AND (kind = 0 OR {Conditions.IsOpen})", 3);
        EndTimer = Gated($"DELETE FROM {tables.Timer} WHERE process = $1 AND number = $2", 2);
        const string OfTimer = "kind, activity_instance, destination, due_at, event_instance, element, occurrence";
        StoreTimer = Insert(tables.Timer, $"process, number, {OfTimer}", Replacing("process, number", OfTimer));
        SendMessage = Insert(
            tables.Message, "sender, receiver, number, content", "ON CONFLICT (receiver, sender, number) DO UPDATE SET content = excluded.content");
        StoreNews = Insert(tables.News, "process, owner, content");
        ReceiveMessage = Gated($"DELETE FROM {tables.Message} WHERE receiver = $1 AND sender = $2 AND number = $3", 3);
        NotePeriod = new Statement(
            $"INSERT INTO {tables.Period} AS p (hour, first_id, last_id) VALUES ($1, $2, $3) ON CONFLICT (hour, part) DO UPDATE SET "
            + "first_id = CASE WHEN excluded.first_id < p.first_id THEN excluded.first_id ELSE p.first_id END, "
            + "last_id = CASE WHEN excluded.last_id > p.last_id THEN excluded.last_id ELSE p.last_id END");
        NotePeriodOfHost = new Statement(
            $"INSERT INTO {tables.Period} (hour, first_id, last_id, part) SELECT $1, $2, $3, $4 "
            + $"WHERE NOT EXISTS (SELECT 1 FROM {tables.Period} WHERE hour = $1 AND first_id <= $2 AND last_id >= $3) ON CONFLICT (hour, part) DO NOTHING");
    }

    /// <summary>The first statements.</summary>
    public FirstStatements First { get; }

    /// <summary>The part that runs them on SQLite; null on PostgreSQL.</summary>
    public SqliteHeads? Heads { get; }

    /// <summary>Reads the stored data of an instance that shows the outcome of a commit.</summary>
    public Statement Find { get; }

    public Statement FindVersion { get; }

    public Statement HasRequest { get; }

    public Statement Request { get; }

    public Statement EndActivity { get; }

    public Statement RemovePart { get; }

    public Statement RemoveFields { get; }

    public Statement StoreField { get; }

    public Statement StoreServerItem { get; }

    /// <summary>Those whom an earlier task of the serial number was for.</summary>
    public Statement LeaveTask { get; }

    public Statement StoreEntry { get; }

    public Statement KeepEntry { get; }

    public Statement CloseTask { get; }

    public Statement EndTimer { get; }

    public Statement StoreTimer { get; }

    public Statement SendMessage { get; }

    public Statement ReceiveMessage { get; }

    public Statement StoreNews { get; }

    public Statement NotePeriod { get; }

    /// <summary>The same inside a transaction of the host: a row that nobody else writes.</summary>
    public Statement NotePeriodOfHost { get; }

    /// <summary>Stores some parts, and behind them perhaps a piece of history: their keys and contents.</summary>
    /// <param name="parts">How many.</param>
    /// <param name="hasHistory">Whether there is history.</param>
    /// <param name="isNew">Whether nothing is stored under these keys, so that nothing has to be looked for.</param>
    public Statement Store(int parts, bool hasHistory, bool isNew)
    {
        var (statementOfNew, any) = hasHistory ? _storeWithHistory[parts] : _store[parts - 1];
        return isNew ? statementOfNew : any;
    }

    /// <summary>Stores a task and some of its entries.</summary>
    /// <param name="entries">How many.</param>
    /// <param name="isNew">Whether nothing is stored under its serial number, so that nothing has to be looked for.</param>
    public Statement OpenTask(int entries, bool isNew) => isNew ? _openTask[entries].New : _openTask[entries].Any;

    /// <summary>A part replaces the stored one under its key. History that is there already may not be replaced: it would be, by nothing, which the table
    /// does not take.</summary>
    private (Statement New, Statement Any) NewStore(int parts, bool hasHistory)
    {
        var rows = Enumerable.Range(0, parts)
            .Select(row => $"($1, 0, {string.Join(", ", Enumerable.Range(2 + (row * 4), 3).Select(Number))}, 0, {Number(5 + (row * 4))})");
        var next = 2 + (parts * 4);
        if (hasHistory)
        {
            rows = rows.Append($"($1, 1, {Number(next)}, 0, 0, {Number(next + 1)}, {Number(next + 2)})");
            next += 3;
        }

        var text = $"INSERT INTO {_tables.Content} (process, kind, key_1, key_2, key_3, entries, content) {Rows(rows, next)}";
        return (
            new Statement(text),
            new Statement(
                text + " ON CONFLICT (process, kind, key_1, key_2, key_3) DO UPDATE SET content = CASE WHEN excluded.kind = 0 THEN excluded.content END"));
    }

    /// <summary>The row of the task has no entry, and the rows of its entries have no task. On SQLite the first task of a new instance stays out of the index
    /// of all open tasks (see <see cref="NewestProcesses"/>).</summary>
    private (Statement New, Statement Any) NewOpenTask(int entries)
    {
        var (column, ofFirst, ofOther) = _tables.IsPostgreSql
            ? ("", "", "")
            : (", is_indexed", $", $2 <> 1 OR $1 <= (SELECT indexed_until FROM {_tables.Number})", ", 1");
        var rows = Enumerable.Range(0, entries).Select(row =>
            $"($1, $2, {string.Join(", ", Enumerable.Range(8 + (row * 3), 3).Select(Number))}, 1, 0, NULL, NULL, NULL, NULL, NULL{ofOther})");
        var columns = "is_open, ended, activity_instance, activity, event, priority, started_at" + column;
        return (new Statement(Text(ofFirst)), new Statement($"{Text(ofOther)} {Replacing("process, destination, kind, name_key", columns)}"));

        string Text(string isIndexed) =>
            $"INSERT INTO {_tables.Task} ({TaskColumns}{column}) "
                + $"{Rows(rows.Prepend($"($1, $2, 0, '', '', 0, 0, $3, $4, $5, $6, $7{isIndexed})"), 8 + (entries * 3))}";
    }

    private string Rows(IEnumerable<string> rows, int mark) => _tables.IsPostgreSql
        ? $"SELECT * FROM (VALUES {string.Join(", ", rows)}) AS rows{Gate(" WHERE", mark)}"
        : $"VALUES {string.Join(", ", rows)}";

    private static string Number(int parameter) => $"${parameter.Invariant()}";

    private Statement Insert(string table, string columns, string conflict = "")
    {
        var count = columns.Count(character => character == ',') + 1;
        var values = string.Join(", ", Enumerable.Range(1, count).Select(number => $"${number.Invariant()}"));
        return new Statement(_tables.IsPostgreSql
            ? $"INSERT INTO {table} ({columns}) SELECT {values}{Gate(" WHERE", count + 1)} {conflict}"
            : $"INSERT INTO {table} ({columns}) VALUES ({values}) {conflict}");
    }

    private Statement Gated(string text, int parameters) => new(text + Gate(" AND", parameters + 1));

    private string Gate(string word, int parameter) =>
        _tables.IsPostgreSql ? $"{word} EXISTS (SELECT 1 FROM {_tables.Process} WHERE id = $1 AND last_commit = ${parameter.Invariant()})" : "";

    private static string Replacing(string key, string columns) =>
        $"ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", columns.Split(", ").Select(column => $"{column} = excluded.{column}"))}";
}
