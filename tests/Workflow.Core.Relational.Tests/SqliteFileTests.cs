using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Workflow.Core.Client;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>A file of SQLite is for one store, whatever it is called, and stays where it is as long as it is open.</summary>
[TestFixture]
internal sealed class SqliteFileTests
{
    [TestCase("")]
    [TestCase(" ")]
    [TestCase(":memory:")]
    [TestCase(":MEMORY:")]
    [TestCase("file::memory:")]
    [TestCase("file::memory:?cache=shared")]
    [TestCase("file:claims?mode=memory&cache=shared")]
    [TestCase("Data Source=claims;Mode=Memory;Cache=Shared")]
    public void A_database_in_memory_is_refused_with_what_to_use(string path)
    {
        var refusal = Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options => options.UseSqliteFile(SqliteFactory.Instance, path)));

        refusal.Message.ShouldContain("in memory");
        refusal.Message.ShouldContain("InMemoryProcessStore");
        File.Exists(path + ".lock").ShouldBeFalse();
    }

    [TestCase("file:claims.db")]
    [TestCase("FILE:claims.db?cache=shared")]
    [TestCase("Data Source=claims.db")]
    [TestCase("|DataDirectory|claims.db")]
    public void A_text_that_is_no_path_is_refused_with_the_remedy(string path) => Should
        .Throw<ArgumentException>(() => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, path))
        .Message.ShouldContain("Give only the path");

    [TestCase("Data Source=:memory:")]
    [TestCase("Data Source=")]
    [TestCase("Data Source=claims;Mode=Memory;Cache=Shared")]
    [TestCase("Data Source=file::memory:?cache=shared")]
    public async Task A_data_source_in_memory_is_refused_when_it_is_used(string connectionString)
    {
        await using var source = SqliteFactory.Instance.CreateDataSource(connectionString);
        await using var store = RelationalProcessStore.Create(source, SqlDialect.Sqlite);

        (await Should.ThrowAsync<ProcessStoreException>(async () => await store.ReserveAsync(default))).Message.ShouldContain("InMemoryProcessStore");
    }

    [Test]
    public async Task A_second_store_is_refused_under_any_name_of_the_file()
    {
        await using var database = new SqliteDatabase();
        var folder = Path.GetDirectoryName(database.Path)!;
        await using var store = await OpenAsync(database.Path);
        File.CreateSymbolicLink(Path.Combine(folder, "link.db"), database.Path);
        File.CreateSymbolicLink(Path.Combine(folder, "link of link.db"), "link.db");
        Directory.CreateSymbolicLink(Path.Combine(folder, "folder"), folder);
        string[] names =
        [
            Path.GetRelativePath(Environment.CurrentDirectory, database.Path), Path.Combine(folder, ".", Path.GetFileName(database.Path)),
            Path.Combine(folder, "link.db"), Path.Combine(folder, "link of link.db"), Path.Combine(folder, "folder", Path.GetFileName(database.Path)),
        ];

        foreach (var name in names)
        {
            Should.Throw<ProcessStoreException>(() => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, name), name)
                .Message.ShouldContain("is in use");
        }
    }

    [Test]
    public async Task A_store_of_a_container_that_cannot_wait_is_closed_with_it()
    {
        await using var database = new SqliteDatabase();
        var store = await OpenAsync(database.Path);
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);

        DisposeOf(store);

        await using var next = await OpenAsync(database.Path);
        (await next.LoadAsync(id, default)).ShouldNotBeNull();

        static void DisposeOf(IDisposable ofContainer) => ofContainer.Dispose();
    }

    [Test]
    public async Task So_is_one_on_a_data_source_of_the_host_in_the_same_words_until_the_file_is_let_go()
    {
        await using var database = new SqliteDatabase();
        var second = database.NewStore();
        await using (var store = await OpenAsync(database.Path))
        {
            var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await second.ReserveAsync(default));

            refusal.Message.ShouldBe(
                Should.Throw<ProcessStoreException>(() => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path)).Message);
            await store.CommitAsync(TestCommits.Start(await store.ReserveAsync(default)), default);
        }

        await StartAsync(second);
    }

    /// <summary>Stores on data sources of hosts may share a file. A store that wants it for itself may not have it as long as one of them is open.</summary>
    [Test]
    public async Task A_file_that_is_open_on_a_data_source_of_the_host_is_not_opened_for_one_store_alone()
    {
        await using var database = new SqliteDatabase();
        var link = Path.Combine(Path.GetDirectoryName(database.Path)!, "link.db");
        File.CreateSymbolicLink(link, database.Path);
        var unused = database.NewStore();
        await (await OpenAsync(database.Path)).DisposeAsync();
        var first = database.NewStore();
        var second = database.NewStore();
        await StartAsync(first);
        await StartAsync(second);

        foreach (var store in (RelationalProcessStore[])[first, second])
        {
            foreach (var name in (string[])[database.Path, link])
            {
                ShouldBeInUse(name);
            }

            await StartAsync(store);
            await store.DisposeAsync();
        }

        await using (var alone = await OpenAsync(database.Path))
        {
            (await Should.ThrowAsync<ProcessStoreException>(async () => await unused.ReserveAsync(default))).Message.ShouldContain("is in use");
            await StartAsync(alone);
        }

        await StartAsync(unused);
    }

    /// <summary>The system lets another process have the file when the one that had it open is killed.</summary>
    [Test]
    public async Task So_it_is_while_another_process_has_it_open()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("The test holds the file by flock, a program of Linux.");
        }

        await using var database = new SqliteDatabase();
        await (await OpenAsync(database.Path)).DisposeAsync();
        var start = new ProcessStartInfo("flock", ["-s", database.Path + ".lock", "sh", "-c", "echo; read line"]);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        using (var other = Process.Start(start)!)
        {
            await other.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));

            ShouldBeInUse(database.Path);
            await StartAsync(database.NewStore());
            other.StandardInput.Close();
            await other.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    [TestCase("another", true)]
    [TestCase("an older one", true)]
    [TestCase("the same", true)]
    [TestCase("an older one", false)]
    public async Task A_copy_that_is_put_over_the_open_file_takes_no_more_commits(string what, bool alone)
    {
        await using var database = new SqliteDatabase();
        await using var other = new SqliteDatabase();
        await (await OpenAsync(other.Path)).DisposeAsync();
        await (await OpenAsync(database.Path)).DisposeAsync();
        var copy = await File.ReadAllBytesAsync(what == "another" ? other.Path : database.Path);
        await using var store = alone ? await OpenAsync(database.Path) : database.NewStore();
        var id = await StartAsync(store);
        for (var count = 0; what == "an older one" && count < 150; count++)
        {
            await StartAsync(store);
        }

        await PutOverAsync(database.Path, copy);

        for (var time = 0; time < 2; time++)
        {
            var refusal = await Should.ThrowAsync<ProcessStoreException>(
                async () => await store.CommitAsync(TestCommits.Start(new ProcessInstanceId(1_000)), default));
            refusal.Message.ShouldContain("with a copy while the store has it open");
            refusal.Message.ShouldContain("It stored nothing");
        }

        (await Should.ThrowAsync<ProcessStoreException>(async () => await store.LoadAsync(id, default))).Message.ShouldContain("with a copy while the store "
            + "has it open");
    }

    [Test]
    public async Task Writes_by_SQLite_itself_are_no_copy()
    {
        await using var database = new SqliteDatabase();
        await using var store = await OpenAsync(database.Path);
        var id = await StartAsync(store);
        await using var source = SqliteFactory.Instance.CreateDataSource($"Data Source={database.Path};Pooling=False");
        await using var host = await source.OpenConnectionAsync();
        await using var command = host.CreateCommand();
        command.CommandText = "CREATE TABLE IF NOT EXISTS of_the_host (id INTEGER); INSERT INTO of_the_host (id) VALUES (1); PRAGMA wal_checkpoint(TRUNCATE)";
        for (var version = 1; version < 250; version++)
        {
            await store.CommitAsync(TestCommits.Step(id, version), default);
            if (version % 50 == 0)
            {
                await command.ExecuteNonQueryAsync();
            }
        }

        (await store.LoadAsync(id, default))!.Version.ShouldBe(250);
    }

    /// <summary>As <c>cp</c> does it: into the file that is there. The time is later, as it is for everybody who is not as quick as a test.</summary>
    private static async Task PutOverAsync(string path, byte[] content)
    {
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(0);
            await file.WriteAsync(content);
        }

        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(2));
    }

    [Test]
    public async Task A_link_leads_to_the_file_and_its_log()
    {
        await using var database = new SqliteDatabase();
        var link = Path.Combine(Path.GetDirectoryName(database.Path)!, "link.db");
        File.CreateSymbolicLink(link, database.Path);
        await using (var store = await OpenAsync(link))
        {
            File.Exists(database.Path + ".lock").ShouldBeTrue();
            File.Exists(database.Path + "-wal").ShouldBeTrue();
        }

        await using var again = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path);
        (await again.LoadAsync(new ProcessInstanceId(1), default)).ShouldNotBeNull();
    }

    [Test]
    public async Task A_file_with_two_names_is_refused_before_and_after_it_is_opened()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("Other systems do not tell how many names a file has.");
        }

        await using var database = new SqliteDatabase();
        var second = Path.Combine(Path.GetDirectoryName(database.Path)!, "second.db");
        await using (var store = await OpenAsync(database.Path))
        {
            HardLink(database.Path, second);

            Should.Throw<ProcessStoreException>(() => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, second)).Message.ShouldContain("2 names");
        }

        Should.Throw<ProcessStoreException>(() => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path))
            .Message.ShouldContain("2 names");
        (await Should.ThrowAsync<ProcessStoreException>(async () => await database.NewStore().ReserveAsync(default))).Message.ShouldContain("2 names");
        File.Delete(second);
        await (await OpenAsync(database.Path)).DisposeAsync();
    }

    [Test]
    public async Task A_file_that_is_moved_replaced_or_removed_takes_no_more_commits([Values("moved", "replaced", "removed")] string how, [Values] bool alone)
    {
        await using var database = new SqliteDatabase();
        var elsewhere = database.Path + ".elsewhere";
        await using var store = alone ? await OpenAsync(database.Path) : database.NewStore();
        var id = await StartAsync(store);
        if (how == "removed")
        {
            File.Delete(database.Path);
        }
        else
        {
            File.Move(database.Path, elsewhere);
            if (how == "replaced")
            {
                File.Copy(elsewhere, database.Path);
            }
        }

        for (var time = 0; time < 2; time++)
        {
            var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await store.CommitAsync(TestCommits.Step(id, 1), default));
            refusal.Message.ShouldContain("was moved, replaced or removed");
            refusal.Message.ShouldContain("It stored nothing");
        }
    }

    [Test]
    public async Task A_file_that_is_brought_back_is_written_on_and_has_everything_that_was_answered()
    {
        await using var database = new SqliteDatabase();
        ProcessInstanceId id;
        await using (var store = await OpenAsync(database.Path))
        {
            id = await StartAsync(store);
            File.Move(database.Path, database.Path + ".elsewhere");
            await Should.ThrowAsync<ProcessStoreException>(async () => await store.CommitAsync(TestCommits.Step(id, 1), default));
            File.Move(database.Path + ".elsewhere", database.Path);
            await store.CommitAsync(TestCommits.Step(id, 1), default);
        }

        await using var again = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path);
        (await again.LoadAsync(id, default))!.Version.ShouldBe(2);
    }

    [Test]
    public async Task A_removed_log_takes_no_more_commits_and_acknowledged_ones_are_in_the_file_when_the_store_is_closed()
    {
        await using var database = new SqliteDatabase();
        ProcessInstanceId id;
        await using (var store = await OpenAsync(database.Path))
        {
            id = await StartAsync(store);
            File.Delete(database.Path + "-wal");

            var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await store.CommitAsync(TestCommits.Step(id, 1), default));
            refusal.Message.ShouldContain("-wal");
        }

        await using var again = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path);
        (await again.LoadAsync(id, default))!.Version.ShouldBe(1);
    }

    [Test]
    public async Task A_damaged_file_says_what_to_remove_where_a_copy_was_put_over_it()
    {
        await using var database = new SqliteDatabase();
        await (await OpenAsync(database.Path)).DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(database.Path);
        bytes.AsSpan(4_096).Fill(0x5A);
        await File.WriteAllBytesAsync(database.Path, bytes);
        await using var store = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, database.Path);

        var refusal = await Should.ThrowAsync<ProcessStoreException>(
            async () => await store.CommitAsync(TestCommits.Start(await store.ReserveAsync(default)), default));

        refusal.Message.ShouldContain("damaged");
        refusal.Message.ShouldContain("-wal and -shm");
    }

    private static async Task<RelationalProcessStore> OpenAsync(string path)
    {
        var store = RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, path);
        await StartAsync(store);
        return store;
    }

    private static async Task<ProcessInstanceId> StartAsync(RelationalProcessStore store)
    {
        var id = await store.ReserveAsync(default);
        await store.CommitAsync(TestCommits.Start(id), default);
        return id;
    }

    private static void ShouldBeInUse(string path) =>
        Should.Throw<ProcessStoreException>(() => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, path)).Message.ShouldContain("is in use");

    private static void HardLink(string path, string second)
    {
        using var process = Process.Start("ln", [path, second]);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }
}
