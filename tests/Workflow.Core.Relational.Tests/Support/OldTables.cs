namespace Workflow.Core.Relational.Tests.Support;

/// <summary>Tables of older versions, beside those of the other tests: the scripts that were released know no schema.</summary>
internal static class OldTables
{
    public static RelationalStoreOptions Options(TestDatabase database) =>
        database.Options with { Schema = null, TablePrefix = database is PostgreSqlDatabase postgres ? postgres.Schema + "_" : "wf_" };

    public static string Named(string script, RelationalStoreOptions options) => script.Replace("wf_", options.TablePrefix, StringComparison.Ordinal);

    /// <summary>An instance as an older version stored it: two parts, two pieces of history, a task for ann, and a timer that wakes it.
    /// On SQLite versions 2 and 3 have it among their newest.</summary>
    public static string Instance(int version, SqlDialect dialect)
    {
        var (indexed, isIndexed) = version == 1 || dialect is SqlDialect.PostgreSql ? ("", "") : (", is_indexed", ", 0");
        var (ofTask, isOfTask) = version < 3 ? ("", "") : (indexed, isIndexed);
        return $"""
            INSERT INTO wf_process (id, version, epoch, status, shown, has_pending, definition, definition_version, folio, originator, originator_key,
                started_at, ended_at, last_owner, leased_until, put_off_until, attempts, journal_count, last_commit, earlier_commits{indexed})
            VALUES (7, 1, 0, 2, 2, 0, 'Decision', 1, '', 'dora', 'DORA', 639000000000000000, -1, 'engine', 0, 0, 0, 3, 'mark', ''{isIndexed});
            {Contents(version, dialect)};
            INSERT INTO wf_task (process, destination, kind, name_key, name, is_open, ended, activity_instance, activity, event, priority,
                started_at{ofTask})
            VALUES
                (7, 1, 0, '', '', 0, 0, 1, 'Decide', 'Decide', 1, 639000000000000000{isOfTask}),
                (7, 1, 1, 'ANN', 'ann', 1, 0, NULL, NULL, NULL, NULL, NULL{isOfTask});
            INSERT INTO wf_timer (process, number, kind, activity_instance, destination, due_at) VALUES (7, 5, 1, 1, 1, 639000000000000001);
            {(dialect is SqlDialect.Sqlite ? "UPDATE wf_process_number SET last = 7" : "SELECT setval('wf_process_number', 7)")}
            """;
    }

    /// <summary>Until version 2 parts and history had tables of their own.</summary>
    private static string Contents(int version, SqlDialect dialect) => version < 3
        ? $"""
            INSERT INTO wf_part VALUES (7, 0, 0, 0, {Byte(1, dialect)}), (7, 1, 2, 3, {Byte(2, dialect)});
            INSERT INTO wf_journal VALUES (7, 1, 2, {Byte(3, dialect)}), (7, 3, 1, {Byte(4, dialect)})
            """
        : $"""
            INSERT INTO wf_content VALUES (7, 0, 0, 0, 0, 0, {Byte(1, dialect)}), (7, 0, 1, 2, 3, 0, {Byte(2, dialect)}),
                (7, 1, 1, 0, 0, 2, {Byte(3, dialect)}), (7, 1, 3, 0, 0, 1, {Byte(4, dialect)})
            """;

    /// <summary>A user whose name begins with a long s has the task, has started the instance, and is out of office.</summary>
    public const string LongS = """
        INSERT INTO wf_task (process, destination, kind, name_key, name, is_open, ended) VALUES (7, 1, 1, 'SAM', 'ſam', 1, 0);
        UPDATE wf_process SET originator = 'ſam', originator_key = 'SAM' WHERE id = 7;
        INSERT INTO wf_absence (user_key, content) VALUES ('SAM', '{"User":"\u017Fam","ForwardTo":["bob"],"Exceptions":[],"From":null,"Until":null}');
        INSERT INTO wf_substitute (name_key, user_key) VALUES ('BOB', 'SAM');
        """;

    /// <summary>A commit as an older version sent it: another version, another header, one more piece of history.</summary>
    public static string Step(SqlDialect dialect) => $"""
        UPDATE wf_process SET version = 2, journal_count = 4 WHERE id = 7;
        UPDATE wf_part SET content = {Byte(9, dialect)} WHERE process = 7 AND activity = 0;
        INSERT INTO wf_journal VALUES (7, 4, 1, {Byte(5, dialect)})
        """;

    /// <summary>Tables outside the schema of the test are not removed with it.</summary>
    public static async Task DropAsync(TestDatabase database, RelationalStoreOptions options)
    {
        if (database is PostgreSqlDatabase)
        {
            await database.ScalarAsync($"""
                DO $$ DECLARE name text; BEGIN
                    FOR name IN SELECT tablename FROM pg_tables WHERE tablename LIKE '{options.TablePrefix}%' LOOP EXECUTE 'DROP TABLE ' || name; END LOOP;
                END $$;
                DROP SEQUENCE {options.TablePrefix}process_number; DROP FUNCTION {options.TablePrefix}now()
                """);
        }
    }

    private static string Byte(int value, SqlDialect dialect) => dialect is SqlDialect.Sqlite ? $"x'0{value}'" : $"'\\x0{value}'";
}
