using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>The content of a database at an instant, to be put back while its stores stay open.</summary>
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Tests write their own statements.")]
internal sealed class Backup
{
    private readonly TestDatabase _database;
    private readonly string _copy;

    private Backup(TestDatabase database, string copy)
    {
        _database = database;
        _copy = copy;
    }

    public static async Task<Backup> TakeAsync(TestDatabase database)
    {
        if (database is SqliteDatabase file)
        {
            var copy = file.Path + ".backup";
            await database.ScalarAsync($"VACUUM INTO '{copy}'");
            return new Backup(database, copy);
        }

        var schema = ((PostgreSqlDatabase)database).Schema;
        var backup = new Backup(database, schema + "_backup");
        await database.ScalarAsync($"CREATE SCHEMA {backup._copy}");
        await database.ScalarAsync(backup.ForEachTable($"CREATE TABLE {backup._copy}.%I AS TABLE {schema}.%I", places: 2));
        await database.ScalarAsync($"CREATE TABLE {backup._copy}.numbers AS SELECT last_value, is_called FROM {database.Table("process_number")}");
        return backup;
    }

    public async Task RestoreAsync()
    {
        if (_database is SqliteDatabase file)
        {
            await using var from = new SqliteConnection($"Data Source={_copy};Pooling=False");
            await using var to = new SqliteConnection($"Data Source={file.Path};Pooling=False");
            await from.OpenAsync();
            await to.OpenAsync();
            from.BackupDatabase(to);
            return;
        }

        var schema = ((PostgreSqlDatabase)_database).Schema;
        await _database.ScalarAsync(
            ForEachTable($"DELETE FROM {schema}.%I", places: 1) + ForEachTable($"INSERT INTO {schema}.%I SELECT * FROM {_copy}.%I", places: 2));
        await _database.ScalarAsync($"SELECT setval('{_database.Table("process_number")}', last_value, is_called) FROM {_copy}.numbers");
        await _database.ScalarAsync($"DROP SCHEMA {_copy} CASCADE");
    }

    private string ForEachTable(string statement, int places) => $"""
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = '{((PostgreSqlDatabase)_database).Schema}' LOOP
                EXECUTE format('{statement}', {string.Join(", ", Enumerable.Repeat("name", places))});
            END LOOP;
        END $$;
        """;
}
