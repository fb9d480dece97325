using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Workflow.Core.Relational.Tests;

/// <summary>Runs what <c>src/BACKUP.md</c> says.</summary>
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Tests write their own statements.")]
internal sealed class BackupPageTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(FolderOfThisFile(), "..", "..", "src", "BACKUP.md"));

    [Test]
    public async Task PostgreSql_is_backed_up_and_restored_as_the_page_says()
    {
        await using var database = new PostgreSqlDatabase(PostgreSqlServer.Required());
        var folder = Directory.CreateTempSubdirectory("workflow-backup-");
        try
        {
            var server = new NpgsqlConnectionStringBuilder(PostgreSqlServer.Required().ConnectionString);
            var variables = new Dictionary<string, string>
            {
                ["DATABASE"] = $"postgresql://{server.Username}@{server.Host}:{server.Port}/{server.Database}",
                ["SCHEMA"] = database.Schema,
                ["FILE"] = Path.Combine(folder.FullName, "workflow.dump"),
                ["PATH"] = $"{PostgreSqlServer.Programs}:{Environment.GetEnvironmentVariable("PATH")}",
            };
            await using var store = RelationalProcessStore.Create(database.Source, SqlDialect.PostgreSql, database.Options);
            var kept = await StartAsync(store);
            Run("postgresql-backup", variables, folder);
            var lost = await StartAsync(store);

            Run("postgresql-restore", variables, folder);

            await CheckAsync(store, kept, lost);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task Sqlite_is_backed_up_and_restored_as_the_page_says()
    {
        var folder = Directory.CreateTempSubdirectory("workflow-backup-");
        try
        {
            var file = Path.Combine(folder.FullName, "workflow.db");
            ProcessInstanceId kept;
            ProcessInstanceId lost;
            await using (var store = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, file))
            {
                kept = await StartAsync(store);
                await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
                {
                    await connection.OpenAsync();
                    await using var command = connection.CreateCommand();
                    command.CommandText = Block("sqlite-backup").Replace("'workflow", $"'{folder.FullName}/workflow", StringComparison.Ordinal);
                    await command.ExecuteNonQueryAsync();
                }

                lost = await StartAsync(store);
            }

            Run("sqlite-restore", new Dictionary<string, string> { ["FILE"] = file }, folder);

            await using var restored = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, file);
            await CheckAsync(restored, kept, lost);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CheckAsync(RelationalProcessStore store, ProcessInstanceId kept, ProcessInstanceId lost)
    {
        (await store.LoadAsync(kept, default)).ShouldNotBeNull();
        (await store.LoadAsync(lost, default)).ShouldBeNull();
        var before = store.KeyPart;
        await store.RenewIdentityAsync(skippedNumbers: 1_000_000);
        (await store.ReserveAsync(default)).Value.ShouldBeGreaterThan(1_000_000);
        store.KeyPart.ShouldNotBe(before);
        var stored = (await store.LoadAsync(kept, default))!;
        await store.CommitAsync(TestCommits.Step(kept, stored.Version) with { LastCommit = stored.LastCommit, Epoch = stored.Epoch }, default);
    }

    private static async Task<ProcessInstanceId> StartAsync(RelationalProcessStore store)
    {
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        return id;
    }

    private static void Run(string block, Dictionary<string, string> variables, DirectoryInfo folder)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", Block(block)]) { WorkingDirectory = folder.FullName, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors);
    }

    /// <summary>The text between two marks, without the fence around it.</summary>
    private static string Block(string name)
    {
        var lines = _page.Split('\n').SkipWhile(line => line != $"<!-- {name} -->").TakeWhile(line => line != $"<!-- /{name} -->").Skip(2).SkipLast(1).ToList();
        lines.ShouldNotBeEmpty();
        return string.Join('\n', lines);
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
