using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>A disk that cannot be written, or has no room, has one explanation, whatever SQLite calls it and whichever call meets it. The disks are file
/// systems in memory, which only root can mount.</summary>
[TestFixture]
[NonParallelizable]
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The statements are those of the store.")]
internal sealed class DiskTests
{
    private string _disk = "";

    [SetUp]
    public void Mount()
    {
        _disk = Directory.CreateTempSubdirectory("workflow-disk-").FullName;
        if (!OperatingSystem.IsLinux() || !TryRun("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", _disk))
        {
            Directory.Delete(_disk);
            _disk = "";
            Assert.Ignore("No file system can be mounted: that takes Linux, and root.");
        }
    }

    [TearDown]
    public void Unmount()
    {
        if (_disk.Length > 0)
        {
            TryRun("umount", "-l", _disk).ShouldBeTrue();
            Directory.Delete(_disk);
        }
    }

    [Test]
    public async Task A_disk_that_is_mounted_read_only_is_said_to_be_and_not_locked([Values] bool isThere)
    {
        if (isThere)
        {
            await (await StoredAsync("claims.db")).DisposeAsync();
        }

        TryRun("mount", "-o", "remount,ro", _disk).ShouldBeTrue();

        var refusal = Should.Throw<ProcessStoreException>(() => Open("claims.db"));

        refusal.Message.ShouldContain("mounted read-only");
        refusal.Message.ShouldNotContain("in use");
        TryRun("mount", "-o", "remount,rw", _disk).ShouldBeTrue();
        await (await StoredAsync("claims.db")).DisposeAsync();
    }

    [Test]
    public async Task A_data_source_on_a_disk_that_is_mounted_read_only_says_so()
    {
        await (await StoredAsync("claims.db")).DisposeAsync();
        TryRun("mount", "-o", "remount,ro", _disk).ShouldBeTrue();
        await using var source = SqliteFactory.Instance.CreateDataSource($"Data Source={PathOf("claims.db")};Pooling=False");
        await using var store = RelationalProcessStore.Create(source, SqlDialect.Sqlite);

        (await Should.ThrowAsync<ProcessStoreException>(async () => await store.ReserveAsync(default))).Message.ShouldContain("mounted read-only");
    }

    [Test]
    public async Task An_old_file_on_a_full_disk_has_one_explanation_for_every_call([Values(1, 4)] int version, [Values] bool alone)
    {
        await using (var connection = new SqliteConnection($"Data Source={PathOf("old.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = SchemaScripts.Read(version, SqlDialect.Sqlite);
            await command.ExecuteNonQueryAsync();
        }

        Fill();
        await using var source = SqliteFactory.Instance.CreateDataSource($"Data Source={PathOf("old.db")};Pooling=False");
        for (var time = 0; time < 2; time++)
        {
            var told = new List<string>();
            try
            {
                await using var store = alone ? Open("old.db") : RelationalProcessStore.Create(source, SqlDialect.Sqlite);
                told.Add((await Should.ThrowAsync<ProcessStoreException>(async () => await store.EnsureSchemaAsync())).Message);
                told.Add((await Should.ThrowAsync<ProcessStoreException>(async () => await store.ReserveAsync(default))).Message);
                told.Add((await Should.ThrowAsync<ProcessStoreException>(async () => await store.FindProcessesAsync(new ProcessQuery(), default))).Message);
            }
            catch (ProcessStoreException refusal)
            {
                told.Add(refusal.Message);
            }

            told.ShouldAllBe(message => message.Contains("is full", StringComparison.Ordinal), string.Join('\n', told));
        }

        File.Delete(PathOf("filler"));
        await using var again = Open("old.db");
        await again.EnsureSchemaAsync();
    }

    [Test]
    public async Task A_disk_that_is_full_takes_no_commit_and_goes_on_when_there_is_room()
    {
        await using var store = await StoredAsync("claims.db");
        var id = await store.ReserveAsync(default);
        Fill();
        var large = TestCommits.Start(id) with { Parts = [new StoredPart(PartKey.Header, new byte[3_000_000])] };

        (await Should.ThrowAsync<ProcessStoreException>(async () => await store.CommitAsync(large, default))).Message.ShouldContain("The disk is full");

        File.Delete(PathOf("filler"));
        await store.CommitAsync(TestCommits.Start(id), default);
    }

    /// <summary>The log lies in the folder. Mounting the file alone would lose what stands in the log.</summary>
    [Test]
    public async Task A_file_that_is_mounted_by_itself_is_refused()
    {
        await (await StoredAsync("claims.db")).DisposeAsync();
        await File.WriteAllBytesAsync(PathOf("mounted.db"), []);
        TryRun("mount", "--bind", PathOf("claims.db"), PathOf("mounted.db")).ShouldBeTrue();
        try
        {
            Should.Throw<ProcessStoreException>(() => Open("mounted.db")).Message.ShouldContain("Mount the folder");
        }
        finally
        {
            TryRun("umount", PathOf("mounted.db")).ShouldBeTrue();
        }
    }

    [Test]
    public async Task A_folder_that_is_mounted_twice_leads_to_one_lock()
    {
        await using var store = await StoredAsync("claims.db");
        var other = Directory.CreateTempSubdirectory("workflow-mount-").FullName;
        TryRun("mount", "--bind", _disk, other).ShouldBeTrue();
        try
        {
            Should.Throw<ProcessStoreException>(() => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, Path.Combine(other, "claims.db")))
                .Message.ShouldContain("is in use");
        }
        finally
        {
            TryRun("umount", other).ShouldBeTrue();
            Directory.Delete(other);
        }
    }

    private string PathOf(string name) => Path.Combine(_disk, name);

    private RelationalProcessStore Open(string name) => RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, PathOf(name));

    private async Task<RelationalProcessStore> StoredAsync(string name)
    {
        var store = Open(name);
        await store.CommitAsync(TestCommits.Start(await store.ReserveAsync(default)), default);
        return store;
    }

    /// <summary>Writes until there is no room.</summary>
    private void Fill()
    {
        using var filler = new FileStream(PathOf("filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        Should.Throw<IOException>(() =>
        {
            var page = new byte[4_096];
            while (true)
            {
                filler.Write(page);
            }
        });
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
