using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>The cost of a question and of a purge does not grow with the other data. It is counted in steps of SQLite's machine, not by a clock.</summary>
[TestFixture]
internal sealed class SqliteWorkTests
{
    private const int Few = 1_000;
    private const int Many = 4_000;
    private const int Purged = 100;

    private static readonly Destination[] _names = [Destination.User("ann"), Destination.Role("clerks")];

    [Test]
    public async Task A_purge_costs_what_it_removes([Values(null, "Decision")] string? definition) => await ShouldBeFlatAsync(
        Ended, async store => (await store.PurgeAsync(DateTimeOffset.MaxValue, definition, Purged, default)).ShouldBe(Purged));

    [Test]
    public async Task Participants_are_found_without_the_others() => await ShouldBeFlatAsync(
        Started, async store => (await store.FindProcessesOfAsync(_names, new ProcessQuery(), default)).Count.ShouldBe(5));

    [Test]
    public async Task A_page_of_a_worklist_is_found_without_the_tasks_of_others() => await ShouldBeFlatAsync(
        Started, async store => (await store.FindTasksAsync(_names, new WorklistQuery(), default)).Count.ShouldBe(5));

    private static async Task ShouldBeFlatAsync(Func<ProcessInstanceId, Commit> commit, Func<RelationalProcessStore, Task> ask)
    {
        var (few, many) = (await StepsAsync(Few, commit, ask), await StepsAsync(Many, commit, ask));

        few.ShouldBeGreaterThan(0);
        ((double)many).ShouldBeLessThan(few * 1.5, "the work grows with what there is");
    }

    private static async Task<long> StepsAsync(int count, Func<ProcessInstanceId, Commit> commit, Func<RelationalProcessStore, Task> ask)
    {
        await using var database = new SqliteDatabase();
        await using var source = new CountingSource(database.Source);
        await using var store = RelationalProcessStore.Create(source, SqlDialect.Sqlite, database.Options);
        await store.EnsureSchemaAsync();
        var commits = new List<Task>();
        for (var number = 0; number < count; number++)
        {
            commits.Add(store.CommitAsync(commit(await store.ReserveAsync(default)), default).AsTask());
        }

        await Task.WhenAll(commits).WaitAsync(TimeSpan.FromSeconds(60));
        var before = source.Steps;
        await ask(store);
        return source.Steps - before;
    }

    /// <summary>Five are for ann, and all others for bob.</summary>
    private static Commit Started(ProcessInstanceId id) => TestCommits.Start(id, id.Value % 200 == 100 && id.Value < Few ? "ann" : "bob");

    private static Commit Ended(ProcessInstanceId id) => TestCommits.Start(id) with
    {
        Record = TestCommits.Finish(id).Record,
        Worklist = [.. TestCommits.Start(id).Worklist, .. TestCommits.Finish(id).Worklist],
    };

    /// <summary>Counts what its connections do, in hundreds of steps.</summary>
    private sealed class CountingSource(DbDataSource inner) : DbDataSource
    {
        private const int Each = 100;

        private long _steps;

        public long Steps => Interlocked.Read(ref _steps);

        public override string ConnectionString => inner.ConnectionString;

        protected override DbConnection CreateDbConnection()
        {
            var connection = (SqliteConnection)inner.CreateConnection();
            connection.StateChange += (_, change) =>
            {
                if (change.CurrentState is ConnectionState.Open)
                {
                    raw.sqlite3_progress_handler(connection.Handle, Each, _ => Count(), null);
                }
            };
            return connection;
        }

        private int Count()
        {
            Interlocked.Increment(ref _steps);
            return 0;
        }
    }
}
