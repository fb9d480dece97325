namespace Workflow.Core.Relational.Sql;

/// <summary>The statements that make the tables. All times are 64-bit ticks in UTC, -1 where there is none.</summary>
internal sealed partial class SchemaText(TableNames tables)
{
    /// <summary>The version that this code writes and reads.</summary>
    public const int Current = 9;

    /// <summary>The oldest version that can be upgraded.</summary>
    public const int Oldest = 1;

    /// <summary>The indexes for questions by status. SQLite does not know how many have which, and would prefer one of all to every better index.</summary>
    private static readonly (string Name, string Columns, string? Condition)[] _statusOnPostgreSql = [("status", "shown, id", null)];

    private static readonly (string Name, string Columns, string? Condition)[] _statusOnSqlite =
        [("live", "id", Conditions.IsLive), ("completed", "id", Conditions.HasEnded)];

    /// <summary>The other indexes for questions for instances.</summary>
    private static readonly (string Name, string Columns, string? Condition)[] _questions =
    [
        ("ended_of", "definition, ended_at, id", Conditions.HasEnded),
        ("definition", "definition, id", null),
        ("originator", "originator_key, id", null),
        ("folio", "folio, id", Conditions.HasFolio),
    ];

    private bool IsPostgreSql => tables.IsPostgreSql;

    private IEnumerable<(string Name, string Columns, string? Condition)> Questions => [.. IsPostgreSql ? _statusOnPostgreSql : _statusOnSqlite, .. _questions];

    private string Big => IsPostgreSql ? "bigint" : "INTEGER";

    private string Small => IsPostgreSql ? "integer" : "INTEGER";

    /// <summary>Ordinal, as the library compares, whatever the language of the database is.</summary>
    private string Text => IsPostgreSql ? "text COLLATE \"C\"" : "TEXT";

    private string Bytes => IsPostgreSql ? "bytea" : "BLOB";

    /// <summary>The columns that tell the store from others, and say whether the keys of names are those of this version.</summary>
    private string[] IdentityColumns => ["store_name TEXT NOT NULL DEFAULT ''", "key_part TEXT NOT NULL DEFAULT ''", $"name_keys {Small} NOT NULL DEFAULT 1"];

    /// <summary>The columns that say whose a timer is; new with version 7. They have defaults for the engines of older versions that are at work.</summary>
    private string[] TimerColumns =>
        [$"event_instance {Small} NOT NULL DEFAULT 0", $"element {Text} NOT NULL DEFAULT ''", $"occurrence {Small} NOT NULL DEFAULT 0"];

    /// <summary>The instance that started another one; new with version 8, and nothing for engines of older versions that are at work.</summary>
    private string ParentColumn => $"parent {Big}";

    /// <summary>On SQLite, rows lie in the order of their key: a commit touches one page where it would touch two.</summary>
    private string Clustered => IsPostgreSql ? "" : " WITHOUT ROWID";

    /// <summary>The statements that must run before the version can be asked for.</summary>
    public IReadOnlyList<string> Preparation =>
    [
        .. tables.Schema is null ? Array.Empty<string>() : [$"CREATE SCHEMA IF NOT EXISTS {tables.Schema}"],
        $"CREATE TABLE IF NOT EXISTS {tables.Version} (version {Small} NOT NULL, {IdentityColumns[0]}, {IdentityColumns[1]}, {IdentityColumns[2]})",
    ];

    /// <summary>Everything, for an empty database.</summary>
    public IReadOnlyList<string> Everything =>
    [
        .. Numbers(), .. Processes(), .. Contents(), .. Worklists(), .. Others(), .. DefinitionTables(), NewsTable(),
        $"INSERT INTO {tables.Version} (version) VALUES ({Current.Invariant()})", DrawIdentity(),
    ];

    private IEnumerable<string> Numbers()
    {
        if (IsPostgreSql)
        {
            yield return $"CREATE SEQUENCE {tables.Number}";
            yield return $"CREATE FUNCTION {tables.Qualifier}now() RETURNS bigint LANGUAGE sql VOLATILE AS "
                + "$$ SELECT (extract(epoch FROM clock_timestamp()) * 10000000)::bigint + 621355968000000000 $$";
        }
        else
        {
            yield return $"CREATE TABLE {tables.Number} (last INTEGER NOT NULL, indexed_until INTEGER NOT NULL)";
            yield return $"INSERT INTO {tables.Number} (last, indexed_until) VALUES (0, 0)";
        }
    }

    private IEnumerable<string> Processes()
    {
        var key = IsPostgreSql ? "bigint PRIMARY KEY" : "INTEGER PRIMARY KEY";
        yield return $"""
            CREATE TABLE {tables.Process} (
                id {key}, version {Big} NOT NULL, epoch {Big} NOT NULL,
                status {Small} NOT NULL, shown {Small} NOT NULL, has_pending {Small} NOT NULL,
                definition {Text} NOT NULL, definition_version {Small} NOT NULL, folio {Text} NOT NULL,
                originator {Text} NOT NULL, originator_key {Text} NOT NULL, started_at {Big} NOT NULL, ended_at {Big} NOT NULL,
                error {Text}, fields {Bytes}, set_aside {Text},
                owner {Text}, last_owner {Text} NOT NULL, leased_until {Big} NOT NULL, put_off_until {Big} NOT NULL, attempts {Small} NOT NULL,
                journal_count {Big} NOT NULL,{(IsPostgreSql ? "" : " is_indexed INTEGER NOT NULL,")}
                last_commit {Text} NOT NULL, earlier_commits {Text} NOT NULL, {ParentColumn})
            """;
        foreach (var index in Questions)
        {
            yield return IndexOfQuestions(index);
        }

        if (!IsPostgreSql)
        {
            yield return Index(tables.Process, "rare", "shown, id", Conditions.IsRare);
        }

        yield return Index(tables.Process, "claimable", "id", Conditions.IsClaimable);
        yield return Index(tables.Process, "owned", "owner, id", Conditions.IsOwned);
        yield return Index(tables.Process, "set_aside", "id", Conditions.IsSetAside);
        yield return IndexOfParents();
        yield return Periods();
        yield return $"""
            CREATE TABLE {tables.Field} (
                process {Big} NOT NULL, number {Small} NOT NULL, name {Text} NOT NULL, value_key {Text} NOT NULL, PRIMARY KEY (process, number)){Clustered}
            """;
        yield return Index(tables.Field, "value", "name, value_key, process");
    }

    /// <summary>Parts and history of an instance are rows of one table, side by side, and one statement writes them. The key of a part (kind 0) is its activity
    /// instance, its destination, and <see cref="PartColumn"/>. The key of a piece of history (kind 1) is the number of its first entry.</summary>
    private IEnumerable<string> Contents()
    {
        yield return $"""
            CREATE TABLE {tables.Content} (
                process {Big} NOT NULL, kind {Small} NOT NULL, key_1 {Big} NOT NULL, key_2 {Small} NOT NULL, key_3 {Small} NOT NULL,
                entries {Small} NOT NULL, content {Bytes} NOT NULL,
                PRIMARY KEY (process, kind, key_1, key_2, key_3)){Clustered}
            """;
    }

    /// <summary>A task and its entries are rows of one table, so that they are side by side; the row of kind 0 is the task.</summary>
    private IEnumerable<string> Worklists()
    {
        yield return $"""
            CREATE TABLE {tables.Task} (
                process {Big} NOT NULL, destination {Small} NOT NULL, kind {Small} NOT NULL, name_key {Text} NOT NULL, name {Text} NOT NULL,
                is_open {Small} NOT NULL, ended {Small} NOT NULL, activity_instance {Small}, activity {Text}, event {Text}, priority {Small}, started_at {Big},
                {(IsPostgreSql ? "" : "is_indexed INTEGER NOT NULL DEFAULT 1, ")}PRIMARY KEY (process, destination, kind, name_key)){Clustered}
            """;
        yield return Index(tables.Task, "open", "kind, name_key, process, destination", Conditions.IsOpen);
        yield return IndexOfFormer();
        yield return IndexOfAllTasks();
        yield return $"""
            CREATE TABLE {tables.ServerItem} (
                process {Big} NOT NULL, destination {Small} NOT NULL, definition {Text} NOT NULL, activity {Text} NOT NULL, event {Text} NOT NULL,
                correlation_key {Text}, status {Small} NOT NULL, started_at {Big} NOT NULL, ended_at {Big} NOT NULL, ended_by {Text},
                PRIMARY KEY (process, destination)){Clustered}
            """;
        yield return Index(tables.ServerItem, "waiting", "process, destination", Conditions.IsWaiting);
        yield return Index(tables.ServerItem, "definition", "definition, process, destination");
        yield return Index(tables.ServerItem, "activity", "activity, process, destination");
        yield return Index(tables.ServerItem, "event", "event, process, destination");
        yield return Index(tables.ServerItem, "correlation", "correlation_key, process, destination", Conditions.HasCorrelationKey);
    }

    private IEnumerable<string> Others()
    {
        yield return $"""
            CREATE TABLE {tables.Timer} (
                process {Big} NOT NULL, number {Small} NOT NULL, kind {Small} NOT NULL, activity_instance {Small} NOT NULL, destination {Small} NOT NULL,
                due_at {Big} NOT NULL, {string.Join(", ", TimerColumns)}, PRIMARY KEY (process, number)){Clustered}
            """;
        yield return Index(tables.Timer, "due", "due_at, process, number");
        yield return $"""
            CREATE TABLE {tables.Request} (
                request_key {Text} PRIMARY KEY, process {Big} NOT NULL, content {Bytes} NOT NULL, carried_out_at {Big} NOT NULL){Clustered}
            """;
        yield return Index(tables.Request, "process", "process");
        yield return $"""
            CREATE TABLE {tables.Message} (
                receiver {Big} NOT NULL, sender {Big} NOT NULL, number {Small} NOT NULL, content {Bytes} NOT NULL,
                PRIMARY KEY (receiver, sender, number)){Clustered}
            """;
        yield return $"CREATE TABLE {tables.Absence} (user_key {Text} PRIMARY KEY, content {Text} NOT NULL){Clustered}";
        yield return $"CREATE TABLE {tables.Substitute} (name_key {Text} NOT NULL, user_key {Text} NOT NULL, PRIMARY KEY (name_key, user_key)){Clustered}";
        yield return Index(tables.Substitute, "user", "user_key");
    }

    /// <summary>Deployed definitions and their default versions; new with version 4, which knows nothing of what was deployed before.</summary>
    private IEnumerable<string> DefinitionTables()
    {
        yield return $"""
            CREATE TABLE {tables.Definition} (
                name {Text} NOT NULL, version {Small} NOT NULL, fingerprint {Text} NOT NULL, content {Text} NOT NULL, is_removed {Small} NOT NULL,
                PRIMARY KEY (name, version)){Clustered}
            """;
        yield return $"CREATE TABLE {tables.DefaultVersion} (name {Text} PRIMARY KEY, version {Small} NOT NULL){Clustered}";
    }

    /// <summary>News of commits for other engines; new with version 9. On SQLite a row gets the number above all others. On PostgreSQL it also has the
    /// transaction that wrote it, since one with a lower number can become visible later.</summary>
    private string NewsTable() => IsPostgreSql
        ? $"CREATE TABLE {tables.News} (number bigint GENERATED BY DEFAULT AS IDENTITY, transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(), "
            + $"process bigint NOT NULL, owner {Text} NOT NULL, content bytea NOT NULL, PRIMARY KEY (transaction_id, number))"
        : $"CREATE TABLE {tables.News} (number INTEGER PRIMARY KEY, process INTEGER NOT NULL, owner TEXT NOT NULL, content BLOB NOT NULL)";

    /// <summary>Drawn by the database, so that a script draws another one each time that it is run.</summary>
    private string DrawIdentity() => IsPostgreSql
        ? $"UPDATE {tables.Version} SET store_name = md5(gen_random_uuid()::text), key_part = substr(md5(gen_random_uuid()::text), 1, 16)"
        : $"UPDATE {tables.Version} SET store_name = lower(hex(randomblob(16))), key_part = lower(hex(randomblob(8)))";

    /// <summary>The store widens part 0 of an hour. The other parts are the numbers of instances that were started inside transactions of hosts.</summary>
    private string Periods() =>
        $"CREATE TABLE {tables.Period} (hour {Big} NOT NULL, first_id {Big} NOT NULL, last_id {Big} NOT NULL, part {Big} NOT NULL DEFAULT 0, "
            + $"PRIMARY KEY (hour, part)){Clustered}";

    /// <summary>New with version 5: the instances in which somebody took part.</summary>
    private string IndexOfFormer() => Index(tables.Task, "former", "kind, name_key, process", Conditions.IsFormer);

    /// <summary>The instances that others have started. It holds all of them, on SQLite also the newest: an instance that nobody has started costs it
    /// nothing.</summary>
    private string IndexOfParents() => Index(tables.Process, "parent", "parent, id", Conditions.HasParent);

    private string IndexOfAllTasks() => Index(
        tables.Task, "all_open", "process, destination", IsPostgreSql ? Conditions.IsOpenTask : $"{Conditions.IsOpenTask} AND {Conditions.IsIndexed}");

    /// <summary>An index for questions, in which the newest instances are not on SQLite.</summary>
    private string IndexOfQuestions((string Name, string Columns, string? Condition) index) => Index(
        tables.Process, index.Name, index.Columns,
        IsPostgreSql ? index.Condition : index.Condition is null ? Conditions.IsIndexed : $"{index.Condition} AND {Conditions.IsIndexed}");

    /// <summary>An index is in the schema of its table by itself, so its name has the prefix only.</summary>
    private string Index(string table, string name, string columns, string? condition = null) =>
        $"CREATE INDEX {Plain(table)}_{name} ON {table} ({columns})" + (condition is null ? "" : $" WHERE {condition}");

    private static string Plain(string table) => table[(table.LastIndexOf('.') + 1)..];
}
