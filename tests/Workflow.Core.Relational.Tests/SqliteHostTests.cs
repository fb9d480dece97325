using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>A host and its operators may use SQLite on a file that a store has open. The store does not take that for a copy that was put over the file, and
/// still notices such a copy (statement 14.7c).</summary>
[TestFixture(true)]
[TestFixture(false)]
[Parallelizable(ParallelScope.Self)]
[SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Tests write their own statements.")]
internal sealed class SqliteHostTests(bool alone)
{
    private const string Fill = "INSERT INTO of_the_host (content) VALUES (randomblob(6000000))";

    private SqliteDatabase _database = null!;
    private RelationalProcessStore _store = null!;
    private AtBegin _atBegin = null!;
    private WatchedDataSource _source = null!;
    private DbConnection _host = null!;
    private ProcessInstanceId _id;
    private long _version;

    [SetUp]
    public async Task SetUpAsync()
    {
        _database = new SqliteDatabase();
        _atBegin = new AtBegin();
        _source = new WatchedDataSource(_database.Source, _atBegin);
        _host = await _database.Source.OpenConnectionAsync();
        await HostAsync("PRAGMA journal_mode = WAL; CREATE TABLE of_the_host (id INTEGER PRIMARY KEY, content BLOB)");
        _store = alone
            ? RelationalProcessStore.OpenSqliteFile(new WatchedSqlite(_atBegin), _database.Path)
            : RelationalProcessStore.Create(_source, SqlDialect.Sqlite);
        _id = await _store.ReserveAsync(default);
        await _store.CommitAsync(TestCommits.Start(_id), default);
        _version = 1;
    }

    [TearDown]
    public async Task TearDownAsync()
    {
        await _host.DisposeAsync();
        await _store.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_host_that_commits_and_moves_a_long_log_while_the_store_waits_for_it_stops_nothing()
    {
        for (var round = 0; round < 3; round++)
        {
            await HostAsync($"BEGIN IMMEDIATE; {Fill}");
            var before = new FileInfo(_database.Path).Length;
            _atBegin.Next = () => Host("COMMIT");

            await StepAsync();

            new FileInfo(_database.Path).Length.ShouldBeGreaterThan(before + 5_000_000);
            await StepAsync(3);
        }

        await CheckAsync();
    }

    [Test]
    public async Task So_does_one_that_commits_before_and_after([Values(1, 1_000)] int pages)
    {
        await HostAsync($"PRAGMA wal_autocheckpoint = {pages}");
        for (var round = 0; round < 150; round++)
        {
            await HostAsync(round % 50 == 0 ? Fill : "INSERT INTO of_the_host (content) VALUES (NULL)");
            await StepAsync(round % 3);
            _atBegin.Next = () => Host("UPDATE of_the_host SET content = NULL WHERE id = 1");
            await StepAsync();
        }

        await CheckAsync();
    }

    [Test]
    public async Task A_log_may_be_moved_by_hand([Values("PASSIVE", "FULL", "RESTART", "TRUNCATE")] string mode, [Values] bool whileTheStoreBegins)
    {
        for (var round = 0; round < 220; round++)
        {
            if (whileTheStoreBegins)
            {
                _atBegin.Next = () => Host($"PRAGMA wal_checkpoint({mode})");
            }
            else
            {
                await HostAsync($"PRAGMA wal_checkpoint({mode})");
            }

            await StepAsync((round % 3) + 1);
        }

        await CheckAsync();
    }

    [Test]
    public async Task A_file_may_be_made_smaller(
        [Values("VACUUM", "PRAGMA auto_vacuum = FULL; VACUUM", "PRAGMA auto_vacuum = INCREMENTAL; VACUUM; PRAGMA incremental_vacuum")] string how,
        [Values] bool whileTheStoreBegins)
    {
        for (var round = 0; round < 3; round++)
        {
            await HostAsync(Fill);
            await StepAsync(round * 60);
            var before = new FileInfo(_database.Path).Length;
            var smaller = $"DELETE FROM of_the_host; {how}; PRAGMA wal_checkpoint(TRUNCATE)";
            if (whileTheStoreBegins)
            {
                _atBegin.Next = () => Host(smaller);
            }
            else
            {
                await HostAsync(smaller);
            }

            await StepAsync(5);
            new FileInfo(_database.Path).Length.ShouldBeLessThan(before);
        }

        await CheckAsync();
    }

    [Test]
    public async Task A_host_and_the_store_may_be_at_work_at_once()
    {
        await HostAsync("PRAGMA busy_timeout = 20000; PRAGMA wal_autocheckpoint = 1");
        var host = Task.Run(() =>
        {
            for (var count = 0; count < 200; count++)
            {
                Host((count % 40) switch
                {
                    10 => Fill,
                    20 => "DELETE FROM of_the_host",
                    30 => "VACUUM",
                    _ => "INSERT INTO of_the_host (content) VALUES (randomblob(10000))",
                });
            }
        });

        do
        {
            await StepAsync();
        }
        while (!host.IsCompleted);

        await host.WaitAsync(TimeSpan.FromSeconds(60));
        await StepAsync(3);
        await CheckAsync();
    }

    [Test]
    public async Task A_backup_that_is_restored_through_SQLite_is_gone_on_with([Values] bool vacuumed, [Values] bool moved)
    {
        var copy = await CopyAsync(vacuumed);
        await StepAsync(250);
        await RestoreAsync(copy);
        if (moved)
        {
            await HostAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        _version = 1;
        await StepAsync(120);
        await CheckAsync();
    }

    [Test]
    public async Task A_copy_that_is_put_over_it_is_noticed_when_the_host_has_written_since()
    {
        var copy = await File.ReadAllBytesAsync(await CopyAsync(vacuumed: false));
        await HostAsync("INSERT INTO of_the_host (content) VALUES (NULL)");
        await StepAsync(250);
        await HostAsync("UPDATE of_the_host SET content = randomblob(10)");
        await PutOverAsync(copy);
        await HostAsync("UPDATE of_the_host SET content = randomblob(20)");

        await ShouldBeNoticedAsync();
    }

    [Test]
    public async Task A_copy_of_this_very_moment_that_is_put_over_it_is_noticed([Values(0, 1, 50)] int steps)
    {
        await StepAsync(20);
        var copy = await File.ReadAllBytesAsync(await CopyAsync(vacuumed: true));
        await StepAsync(steps);
        await PutOverAsync(copy);

        for (var time = 0; time < 2; time++)
        {
            // It has the mark of the store, and SQLite sees that its pages do not fit those in the log.
            var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await StepAsync());
            refusal.Message.ShouldMatch("with a copy while the store has it open|damaged.*remove the files beside it");
            refusal.Message.ShouldContain("It stored nothing");
        }

        File.Exists(_database.Path + "-wal").ShouldBeTrue();
    }

    private async Task ShouldBeNoticedAsync()
    {
        for (var time = 0; time < 2; time++)
        {
            var refusal = await Should.ThrowAsync<ProcessStoreException>(async () => await StepAsync());
            refusal.Message.ShouldContain("with a copy while the store has it open");
            refusal.Message.ShouldContain("It stored nothing");
        }

        (await Should.ThrowAsync<ProcessStoreException>(async () => await _store.LoadAsync(_id, default))).Message.ShouldContain("with a copy while the "
            + "store has it open");
    }

    private async Task<string> CopyAsync(bool vacuumed)
    {
        var copy = _database.Path + ".copy";
        if (vacuumed)
        {
            await HostAsync($"VACUUM INTO '{copy}'");
        }
        else
        {
            await using var to = new SqliteConnection($"Data Source={copy};Pooling=False");
            await to.OpenAsync();
            ((SqliteConnection)_host).BackupDatabase(to);
        }

        return copy;
    }

    private async Task RestoreAsync(string copy)
    {
        await using var from = new SqliteConnection($"Data Source={copy};Pooling=False");
        await from.OpenAsync();
        from.BackupDatabase((SqliteConnection)_host);
    }

    private async Task PutOverAsync(byte[] content)
    {
        await using (var file = new FileStream(_database.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(0);
            await file.WriteAsync(content);
        }

        File.SetLastWriteTimeUtc(_database.Path, File.GetLastWriteTimeUtc(_database.Path).AddSeconds(2));
    }

    private async Task StepAsync(int count = 1)
    {
        for (var step = 0; step < count; step++)
        {
            await _store.CommitAsync(TestCommits.Step(_id, _version), default).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            _version++;
        }
    }

    /// <summary>Everything is there, now and when the file is opened anew.</summary>
    private async Task CheckAsync()
    {
        (await _store.LoadAsync(_id, default))!.Version.ShouldBe(_version);
        await _store.DisposeAsync();
        (await _database.ScalarAsync("PRAGMA integrity_check")).ShouldBe("ok");
        (await _database.NewStore().LoadAsync(_id, default))!.Version.ShouldBe(_version);
    }

    private Task HostAsync(string sql) => Task.Run(() => Host(sql)).WaitAsync(TimeSpan.FromSeconds(60));

    private void Host(string sql)
    {
        using var command = _host.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
