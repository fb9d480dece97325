using System.Diagnostics;

namespace Workflow.Core.Relational.Sql;

/// <content>The statements that lead from an older version to the next.</content>
internal sealed partial class SchemaText
{
    private IEnumerable<(string Name, string Columns, string? Condition)> QuestionsUntil5 => Questions.Where(index => index.Name != "ended_of");

    /// <summary>The statements that lead from a version to the next one.</summary>
    public IReadOnlyList<string> Upgrade(int from)
    {
        string[] statements =
        [
            .. from switch
            {
                1 => IsPostgreSql ? [] : NewestStayOut(),
                2 => [.. HistoryBesideParts(), .. IsPostgreSql ? OneIndexOfStatus() : NewestTasksStayOut()],
                3 => [.. DefinitionTables(), .. Identity(), .. PeriodsOfHosts()],
                4 => [IndexOfFormer()],
                5 => [$"DROP INDEX {tables.Process}_ended", .. Questions.Except(QuestionsUntil5).Select(IndexOfQuestions)],
                6 => TimerColumns.Select(column => $"ALTER TABLE {tables.Timer} ADD COLUMN {column}"),
                7 => [$"ALTER TABLE {tables.Process} ADD COLUMN {ParentColumn}", IndexOfParents()],
                8 => [NewsTable()],
                _ => throw new UnreachableException(),
            },
            $"UPDATE {tables.Version} SET version = {(from + 1).Invariant()}",
        ];
        return IsPostgreSql ? [AllOrNothing(statements)] : statements;
    }

    /// <summary>One statement, so that all stop when one fails, however they are run. Engines of older versions may be at work. None of them commits between
    /// what is copied and what is dropped. They use the instances first, and so does this, so that neither waits for the other.</summary>
    private string AllOrNothing(IEnumerable<string> statements) =>
        $"DO $upgrade$ BEGIN\n    LOCK TABLE {tables.Process} IN ACCESS EXCLUSIVE MODE;\n    {string.Join(";\n    ", statements)};\nEND $upgrade$";

    /// <summary>From version 1 to 2, on SQLite: everything that is there is in the indexes, and what is started from now on enters them later.</summary>
    private IEnumerable<string> NewestStayOut() =>
    [
        $"ALTER TABLE {tables.Number} ADD COLUMN indexed_until INTEGER NOT NULL DEFAULT 0",
        $"UPDATE {tables.Number} SET indexed_until = last",
        $"ALTER TABLE {tables.Process} ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT 1",
        .. QuestionsUntil5.Select(index => $"DROP INDEX {tables.Process}_{index.Name}"),
        .. QuestionsUntil5.Select(IndexOfQuestions),
    ];

    /// <summary>From version 2 to 3: parts and history had tables of their own.</summary>
    private IEnumerable<string> HistoryBesideParts() =>
    [
        .. Contents(),
        $"INSERT INTO {tables.Content} (process, kind, key_1, key_2, key_3, entries, content) SELECT process, 0, activity, destination, detail, 0, content "
            + $"FROM {tables.Qualifier}part",
        $"INSERT INTO {tables.Content} (process, kind, key_1, key_2, key_3, entries, content) SELECT process, 1, first_number, 0, 0, entries, content "
            + $"FROM {tables.Qualifier}journal",
        .. ((string[])["part", "journal"]).Select(name => $"DROP TABLE {tables.Qualifier}{name}"),
    ];

    /// <summary>From version 2 to 3, on PostgreSQL: three indexes were for what one does, and a commit has to lock each.</summary>
    private IEnumerable<string> OneIndexOfStatus() =>
    [
        .. ((string[])["live", "completed", "rare"]).Select(name => $"DROP INDEX {tables.Process}_{name}"),
        .. _statusOnPostgreSql.Select(IndexOfQuestions),
    ];

    /// <summary>From version 2 to 3, on SQLite: what holds for the newest instances holds for their tasks.</summary>
    private IEnumerable<string> NewestTasksStayOut() =>
    [
        $"ALTER TABLE {tables.Task} ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT 1",
        $"DROP INDEX {tables.Task}_all_open",
        IndexOfAllTasks(),
    ];

    /// <summary>From version 3 to 4: the store has a name, and a part of idempotency keys, which no other has.</summary>
    private IEnumerable<string> Identity() =>
    [
        .. IdentityColumns.Select(column => $"ALTER TABLE {tables.Version} ADD COLUMN {column}"),
        DrawIdentity(),
        $"UPDATE {tables.Version} SET name_keys = 0",
    ];

    /// <summary>From version 3 to 4: a transaction of the host writes rows of its own, which nobody waits for.</summary>
    private IEnumerable<string> PeriodsOfHosts() => IsPostgreSql
        ?
        [
            $"ALTER TABLE {tables.Period} ADD COLUMN part bigint NOT NULL DEFAULT 0",
            $"ALTER TABLE {tables.Period} DROP CONSTRAINT {Plain(tables.Period)}_pkey",
            $"ALTER TABLE {tables.Period} ADD PRIMARY KEY (hour, part)",
        ]
        :
        [
            $"ALTER TABLE {tables.Period} RENAME TO {tables.Period}_before",
            Periods(),
            $"INSERT INTO {tables.Period} (hour, first_id, last_id) SELECT hour, first_id, last_id FROM {tables.Period}_before",
            $"DROP TABLE {tables.Period}_before",
        ];
}
