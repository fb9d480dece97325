using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Records;

namespace Workflow.Core.Relational.Tests;

/// <summary>News of other hosts, and of transactions of the host, comes through the database (statement 13.12).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class NewsTests(SqlDialect dialect)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private static readonly ProcessDefinition _asking = ProcessDefinition.Define("Asking", process => process
        .Rights(rights => rights.Everyone(ProcessRight.Start | ProcessRight.ViewParticipate))
        .StartsWith(process.Activity("Ask", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Ask her", task => task.Action("Yes").Update("Save")))));

    private static async Task<WorkflowEngine> OpenAsync(TestDatabase database, bool tells = true)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = database.NewStore();
            options.TakesUpWork = false;
            options.TellsOtherHosts = tells;
            options.NewsLimit = 10_000;
        });
        await engine.DeployAsync(_asking);
        return engine;
    }

    /// <summary>Watches from where the news of others is followed.</summary>
    private static async Task<IAsyncEnumerator<ProcessNews>> WatchAsync(WorkflowEngine engine)
    {
        var news = engine.WatchAsync().GetAsyncEnumerator();
        (await NextAsync(news)).ShouldBe(new ProcessNews.LookAnew(LookAnewReason.Began));
        await engine.RunDueTimersAsync();
        (await NextAsync(news)).ShouldBe(new ProcessNews.LookAnew(LookAnewReason.OtherHosts));
        return news;
    }

    private static async Task<ProcessNews> NextAsync(IAsyncEnumerator<ProcessNews> news)
    {
        (await news.MoveNextAsync().AsTask().WaitAsync(_patience)).ShouldBeTrue();
        return news.Current;
    }

    /// <summary>The news that is left when the engine has stopped: the instances and the numbers of their commits.</summary>
    private static async Task<List<(long Id, long Number)>> RestAsync(WorkflowEngine engine, IAsyncEnumerator<ProcessNews> news)
    {
        await engine.DisposeAsync();
        var rest = new List<(long Id, long Number)>();
        while (await news.MoveNextAsync().AsTask().WaitAsync(_patience))
        {
            var change = news.Current.ShouldBeOfType<ProcessNews.Changed>();
            rest.Add((change.ProcessInstance.Value, change.Number));
        }

        await news.DisposeAsync();
        return rest;
    }

    [Test]
    public async Task An_engine_tells_what_another_has_committed()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var one = await OpenAsync(database);
        await using var two = await OpenAsync(database);
        await two.As("dora").StartAsync("Asking");
        await using var news = await WatchAsync(one);

        var id = (await two.As("dora").StartAsync("Asking")).Id;
        await one.RunDueTimersAsync();
        var change = (await NextAsync(news)).ShouldBeOfType<ProcessNews.Changed>();
        (change.ProcessInstance, change.Number, change.Definition, change.StatusBefore).ShouldBe((id, 1, "Asking", null));
        var task = change.Tasks.ShouldHaveSingleItem();
        (task.Kind, task.Serial, task.For.Single()).ShouldBe((TaskNewsKind.Opened, new SerialNumber(id, 1), Destination.User("ann")));

        await two.As("ann").Worklist.ExecuteAsync(task.Serial, "Yes");
        await one.RunDueTimersAsync();
        await one.RunDueTimersAsync();
        (await RestAsync(one, news)).ShouldBe([(id.Value, 2)]);
    }

    [Test]
    public async Task Nothing_is_lost_or_told_twice_when_two_engines_commit_at_once()
    {
        const int Instances = 12;
        const int Commits = 6;
        await using var database = TestDatabase.Create(dialect);
        await using var one = await OpenAsync(database);
        await using var two = await OpenAsync(database);
        await using var watching = await OpenAsync(database);
        var news = await WatchAsync(watching);
        WorkflowEngine[] engines = [one, two];

        var writing = Task.WhenAll(Enumerable.Range(0, Instances).Select(number => Task.Run(async () =>
        {
            var id = (await engines[number % 2].As("dora").StartAsync("Asking")).Id;
            for (var commit = 2; commit <= Commits; commit++)
            {
                await engines[(number + commit) % 2].As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), commit < Commits ? "Save" : "Yes");
            }
        })));
        while (!writing.IsCompleted)
        {
            await watching.RunDueTimersAsync();
        }

        await writing;
        await watching.RunDueTimersAsync();
        var told = (await RestAsync(watching, news)).ToLookup(change => change.Id, change => change.Number);
        told.Count.ShouldBe(Instances);
        told.ShouldAllBe(numbers => numbers.SequenceEqual(Enumerable.Range(1, Commits).Select(number => (long)number)));
    }

    [Test]
    public async Task A_transaction_of_the_host_is_told_when_it_is_committed_and_not_when_it_is_rolled_back([Values] bool commits)
    {
        await using var database = TestDatabase.Create(dialect);
        await using var one = await OpenAsync(database);
        await using var two = await OpenAsync(database);
        await using var newsOfOne = await WatchAsync(one);
        await using var newsOfTwo = await WatchAsync(two);
        var own = dialect is SqlDialect.PostgreSql ? 1 : 0;
        ProcessInstanceId id;
        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            id = (await one.Within(transaction).As("dora").StartAsync("Asking")).Id;
            if (own == 1)
            {
                // The transaction that began before is not over when this one is told. On SQLite no other can write meanwhile.
                await one.As("dora").StartAsync("Asking");
            }

            await one.RunDueTimersAsync();
            await two.RunDueTimersAsync();
            await (commits ? transaction.CommitAsync() : transaction.RollbackAsync());
        }

        await one.RunDueTimersAsync();
        await two.RunDueTimersAsync();
        (long, long)[] expected = [.. Enumerable.Repeat((id.Value + 1, 1L), own), .. commits ? [(id.Value, 1L)] : Array.Empty<(long, long)>()];
        (await RestAsync(one, newsOfOne)).ShouldBe(expected);
        (await RestAsync(two, newsOfTwo)).ShouldBe(expected);
    }

    [Test]
    public async Task A_transaction_that_stays_open_holds_up_no_other_news()
    {
        if (dialect is SqlDialect.Sqlite)
        {
            Assert.Ignore("SQLite lets one write at a time.");
        }

        await using var database = TestDatabase.Create(dialect);
        await using var one = await OpenAsync(database);
        await using var two = await OpenAsync(database);
        await using var news = await WatchAsync(one);
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, "SELECT pg_current_xact_id()");
        await command.ExecuteScalarAsync();

        var id = (await two.As("dora").StartAsync("Asking")).Id;
        await one.RunDueTimersAsync();

        (await RestAsync(one, news)).ShouldBe([(id.Value, 1)]);
    }

    /// <summary>Its transactions are those of another database.</summary>
    [Test]
    public async Task A_store_that_was_restored_forgets_its_news()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var one = await OpenAsync(database);
        for (var number = 0; number < 3; number++)
        {
            await one.As("dora").StartAsync("Asking");
        }

        await database.NewStore().RenewIdentityAsync();

        (await RowsAsync(database)).ShouldBe(dialect is SqlDialect.Sqlite ? 1 : 0);
    }

    [Test]
    public async Task An_engine_that_tells_no_others_writes_no_row()
    {
        await using var database = TestDatabase.Create(dialect);
        await using var engine = await OpenAsync(database, tells: false);

        await engine.As("dora").StartAsync("Asking");
        await engine.RunDueTimersAsync();

        (await RowsAsync(database)).ShouldBe(0);
    }

    private static async Task<long> RowsAsync(TestDatabase database) =>
        Convert.ToInt64(await database.ScalarAsync($"SELECT count(*) FROM {database.Table("news")}"), CultureInfo.InvariantCulture);
}
