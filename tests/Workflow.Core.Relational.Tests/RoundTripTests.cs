using Workflow.Core.Client;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Definitions;

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

    /// <summary>One question for the users who share with this one, one that finds the tasks, and one that loads them.</summary>
    [TestCase(1)]
    [TestCase(100)]
    public async Task A_page_of_tasks_costs_three_questions(int tasks)
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

        await engine.As("ann").Worklist.ListAsync();
        count.Sent = 0;
        var listed = await engine.As("ann").Worklist.ListAsync();

        listed.Count.ShouldBe(tasks);
        count.Sent.ShouldBe(3);
    }

    private sealed class StatementCount : IStatementWatch
    {
        private int _sent;

        public int Sent
        {
            get => Volatile.Read(ref _sent);
            set => Volatile.Write(ref _sent, value);
        }

        public void Before(IReadOnlyList<SentStatement> statements, bool isBatch) => Interlocked.Increment(ref _sent);
    }
}
