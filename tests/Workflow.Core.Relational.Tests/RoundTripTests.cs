using Workflow.Core.Client;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Relational.Tests;

/// <summary>The number of questions that a host's question costs.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class RoundTripTests(SqlDialect dialect)
{
    private static readonly ProcessDefinition _claim = ProcessDefinition.Define("Claim", process =>
    {
        process.Rights(rights => rights.Start("dora"));
        process.StartsWith(
            process.Activity("Decide", activity => activity.Destinations(to => to.Users("ann")).Client("Decide the claim", task => task.Action("Approve"))));
    });

    /// <summary>One question that finds the tasks and the users who share with this one, and one that loads the tasks.</summary>
    [TestCase(1)]
    [TestCase(100)]
    public async Task A_page_of_tasks_costs_two_questions_and_one_when_it_is_read_again(int tasks)
    {
        await using var database = TestDatabase.Create(dialect);
        var count = new StatementCount();
        await using var source = new WatchedDataSource(database.Source, count);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options);
        await using var engine = WorkflowEngine.Create(options => (options.Store, options.TakesUpWork) = (store, false));
        await engine.DeployAsync(_claim);
        for (var number = 0; number < tasks; number++)
        {
            await engine.As("dora").StartAsync("Claim");
        }

        await engine.As("bob").Worklist.ListAsync();
        (await SentAsync()).ShouldBe(2);
        (await SentAsync()).ShouldBe(1, "nothing has changed");

        await engine.As("dora").StartAsync("Claim");
        tasks++;
        (await SentAsync()).ShouldBe(2, "one task is new");
        (await SentAsync()).ShouldBe(1);

        async Task<int> SentAsync()
        {
            count.Sent = 0;
            (await engine.As("ann").Worklist.ListAsync(new() { Limit = 200 })).Count.ShouldBe(tasks);
            return count.Sent;
        }
    }

    /// <summary>One question that loads the task, and the commit, which is one round trip on PostgreSQL.</summary>
    [TestCase(3)]
    [TestCase(30)]
    public async Task An_answer_with_nothing_in_memory_asks_for_its_task_once(int users)
    {
        await using var database = TestDatabase.Create(dialect);
        var count = new StatementCount();
        await using var source = new WatchedDataSource(database.Source, count);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options);
        await using var engine = WorkflowEngine.Create(options => (options.Store, options.TakesUpWork, options.ResidentInstances) = (store, false, 0));
        await engine.DeployAsync(Vote(users));
        var id = (await engine.As("dora").StartAsync("Vote")).Id;
        await AnswerAsync(1);
        count.Loads = 0;

        await AnswerAsync(2);

        count.Loads.ShouldBe(1);

        Task AnswerAsync(int number) => engine.As($"user {number}").Worklist.ExecuteAsync(new SerialNumber(id, number), "Approve").AsTask();
    }

    private static ProcessDefinition Vote(int users) => ProcessDefinition.Define("Vote", process =>
    {
        process.Rights(rights => rights.Start("dora"));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users([.. Enumerable.Range(1, users).Select(number => $"user {number}")]))
            .PlanPerDestination()
            .Client("Decide the claim", task => task.Action("Approve"))
            .Outcome("Approved", when: Answers.AtLeast(users) == "Approve")));
    });

    private sealed class StatementCount : IStatementWatch
    {
        private int _sent;

        public int Sent
        {
            get => Volatile.Read(ref _sent);
            set => Volatile.Write(ref _sent, value);
        }

        /// <summary>How often parts of an instance were read.</summary>
        public int Loads { get; set; }

        public void Before(IReadOnlyList<SentStatement> statements, bool isBatch)
        {
            Interlocked.Increment(ref _sent);
            Loads += statements.Any(statement => statement.Text.StartsWith("SELECT p.version", StringComparison.Ordinal)) ? 1 : 0;
        }
    }
}
