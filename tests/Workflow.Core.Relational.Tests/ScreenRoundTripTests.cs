using Workflow.Core.Client;
using Workflow.Core.CrashChild.Watching;
using Workflow.Core.Definitions;
using Workflow.Core.Management;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>The list, the count or the button of a screen costs two questions to the database at most, however much there is.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class ScreenRoundTripTests(SqlDialect dialect)
{
    private const int Instances = 120;

    private static readonly ProcessDefinition _claim = ProcessDefinition.Define("Claim", process =>
    {
        process.Rights(rights => rights.Start("dora").ViewParticipate("dora").Admin("boss"));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann"))
            .ExpectedDuration(TimeSpan.FromDays(1))
            .Client("Decide the claim", task => task.Action("Approve").Action("Sign", action => action.NotBatchable()))));
    });

    private static readonly SerialNumber _serial = new(new ProcessInstanceId(1), 1);

    private static IEnumerable<TestCaseData> Questions => new (string Name, string User, int Most, Func<WorkflowConnection, Task<int>> Ask, int Found)[]
    {
        ("instances by folio", "boss", 1, async user => (await user.FindProcessesAsync(new() { FolioStart = "folio", NewestFirst = true })).Count, 100),
        ("own instances by folio", "dora", 2, async user => (await user.FindProcessesAsync(new() { FolioStart = "folio" })).Count, 100),
        ("tasks by lateness", "ann", 2, async user => (await user.Worklist.ListAsync(new() { Order = WorklistOrder.Lateness })).Count, 100),
        ("the count of tasks", "ann", 2, async user => (await user.Worklist.CountAsync()).Total.Count, Instances),
        ("everybody's tasks by lateness", "boss", 2, async user =>
            (await user.ManageWorklists().ListAsync(new() { Order = WorklistOrder.Lateness })).Count, 100),
        ("the count of everybody's tasks", "boss", 1, async user => (await user.ManageWorklists().CountAsync(atMost: 50))[0].Tasks.Count, 50),
        ("definitions", "boss", 1, async user => (await user.FindDefinitionsAsync())[0].Instances!.Active.Count, Instances),
        ("the count of instances", "boss", 1, async user => (await user.CountProcessesAsync(atMost: 70)).Count, 70),
        ("the count of own instances", "dora", 1, async user => (await user.CountProcessesAsync(atMost: 70)).Count, 70),
        ("the history backwards", "boss", 2, async user => (await user.ReadHistoryBackwardsAsync(_serial.ProcessInstance, limit: 3)).Count, 3),
        ("may I act?", "ann", 1, user => MayAsync(user, asked => asked.Worklist.ExecuteAsync(_serial, "Approve")), 1),
        ("may I act without the slot?", "ann", 1, user => MayAsync(user, asked => asked.Worklist.ExecuteAsync(_serial, "Sign")), 0),
        ("may I redirect?", "ann", 1, user => MayAsync(user, asked => asked.Worklist.RedirectAsync(_serial, "bob")), 1),
        ("may I act on what is not mine?", "zoe", 2, user => MayAsync(user, asked => asked.Worklist.ExecuteAsync(_serial, "Approve")), 0),
        ("may I start?", "dora", 0, user => MayAsync(user, async asked => await asked.StartAsync("Claim")), 1),
        ("may I stop it?", "boss", 1, user => MayAsync(user, asked => asked.ManageProcesses().StopAsync(_serial.ProcessInstance)), 1),
        ("may I resume it?", "boss", 1, user => MayAsync(user, asked => asked.ManageProcesses().ResumeAsync(_serial.ProcessInstance)), 0),
        ("may I delete it?", "ann", 1, user => MayAsync(user, asked => asked.ManageProcesses().DeleteAsync(_serial.ProcessInstance)), 0),
        ("may I see it?", "dora", 1, user => MayAsync(user, async asked => await asked.ReadAsync(_serial.ProcessInstance)), 1),
    }.Select(each => new TestCaseData(each.User, each.Most, each.Ask, each.Found).SetArgDisplayNames(each.Name));

    [TestCaseSource(nameof(Questions))]
    public async Task A_screen_asks_once_or_twice(string user, int most, Func<WorkflowConnection, Task<int>> ask, int found)
    {
        await using var database = TestDatabase.Create(dialect);
        var count = new SentCount();
        await using var source = new WatchedDataSource(database.Source, count);
        await using var store = RelationalProcessStore.Create(source, dialect, database.Options);
        await using var engine = WorkflowEngine.Create(options =>
            (options.Store, options.TakesUpWork, options.PollInterval) = (store, false, TimeSpan.FromSeconds(15)));
        await engine.DeployAsync(_claim);
        for (var number = 0; number < Instances; number++)
        {
            await engine.As("dora").StartAsync("Claim", start => start.Folio($"folio {number.Invariant()}"));
        }

        // The first time the engine asks for the default versions.
        (await ask(engine.As(user))).ShouldBe(found);
        count.Sent = 0;
        (await ask(engine.As(user))).ShouldBe(found);

        count.Sent.ShouldBeLessThanOrEqualTo(most);
    }

    private static async Task<int> MayAsync(WorkflowConnection user, Func<WorkflowConnection, ValueTask> call) => (await user.MayAsync(call)).IsAllowed ? 1 : 0;

    private sealed class SentCount : IStatementWatch
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
