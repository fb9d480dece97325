using System.Transactions;
using Workflow.Core.Client;
using Workflow.Core.CrashChild;
using Workflow.Core.CrashChild.Load;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational.Tests.Crash.Proxy;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>The connection to PostgreSQL is cut exactly between COMMIT sent and answered. As long as the server can be reached, the command is still
/// acknowledged, and done once. When the server stays away, the caller is told that the outcome is unknown. All this holds in a disturbed store too (statement
/// 14.7b). A stranger keeps a transaction open, instances cannot be read, and callers leave ambient transactions without completing them.</summary>
/// <param name="rounds">How often each cut is made; the environment variable WORKFLOW_CRASH_ROUNDS multiplies it.</param>
/// <param name="isDisturbed">Whether the store is disturbed.</param>
[TestFixture(1, false)]
[TestFixture(1, true)]
[TestFixture(4, false, Category = ExhaustiveAttribute.Category)]
[TestFixture(4, true, Category = ExhaustiveAttribute.Category)]
[Parallelizable(ParallelScope.Self)]
internal sealed class CutTests(int rounds, bool isDisturbed)
{
    private readonly int _rounds = rounds * CrashSeeds.Rounds;

    private Evidence _evidence = null!;
    private CrashDatabase _database = null!;
    private CommitProxy _proxy = null!;
    private Disturbance? _disturbance;
    private Draw _draw = null!;

    private ChildOptions Direct => new()
    {
        Dialect = SqlDialect.PostgreSql, Connection = _database.Connection, Schema = _database.Schema, Ledger = _database.Ledger,
    };

    private ChildOptions Proxied => Direct with { Connection = _proxy.Connection };

    [SetUp]
    public async Task OpenAsync()
    {
        _evidence = new Evidence();
        _database = CrashDatabase.New(SqlDialect.PostgreSql);
        _proxy = new CommitProxy(_database.Connection);
        _disturbance = isDisturbed ? await Disturbance.BeginAsync(_database, Direct) : null;
        _draw = new Draw(CrashSeeds.Next("cut").First());
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await (_disturbance?.DisposeAsync() ?? default);
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_command_whose_commit_is_cut_is_acknowledged_and_done_once([Values] CutKind kind)
    {
        await using (var opened = await OpenedDatabase.OpenAsync(Proxied, takesUpWork: false))
        {
            for (var round = 1; round <= _rounds; round++)
            {
                foreach (var commitsBefore in new[] { 0, 1 })
                {
                    await RunAsync(opened.Engine, new Cut(kind), commitsBefore);
                }
            }
        }

        _proxy.Cuts.ShouldBeGreaterThanOrEqualTo(_rounds * 6);
        await ExamineAsync();
        await TestContext.Out.WriteLineAsync($"{_proxy.Cuts} cuts");
    }

    [Test]
    public async Task Commits_that_go_together_and_are_cut_are_each_acknowledged_and_done_once([Values] CutKind kind)
    {
        const int Together = 12;
        const int MostBefore = 4;
        await using (var opened = await OpenedDatabase.OpenAsync(Proxied, takesUpWork: false, new() { CommitConnections = 1 }))
        {
            await StartAsync(opened.Engine, Processes.Parts);
            for (var round = 0; round < _rounds; round++)
            {
                _proxy.Arm(new Cut(kind), commitsBefore: round % MostBefore);
                var started = await Task.WhenAll(Enumerable.Range(0, Together).Select(_ => CallStartAsync(opened.Engine, Processes.Decision)));
                _evidence.Add(started.Select(id => new Acknowledgement(Acknowledgements.Started, id.ToString())));
            }
        }

        _proxy.Cuts.ShouldBe(_rounds);
        (await ExamineAsync()).Instances.Count.ShouldBe(1 + (_rounds * Together));
    }

    [Test]
    public async Task A_caller_is_told_that_the_outcome_is_not_known_when_the_server_stays_away([Values] CutKind kind)
    {
        await using (var opened = await OpenedDatabase.OpenAsync(Proxied, takesUpWork: false, new() { OutcomeTimeout = TimeSpan.FromMilliseconds(300) }))
        {
            await StartAsync(opened.Engine, Processes.Parts);
            for (var round = 1; round <= _rounds; round++)
            {
                using var left = LeftTransaction();
                var user = opened.Engine.As("user0").Once($"key {round}");
                _proxy.Arm(new Cut(kind, StaysAway: true), commitsBefore: 0);
                await Should.ThrowAsync<CommitOutcomeUnknownException>(async () => await user.StartAsync(Processes.Decision));
                _proxy.ComeBack();

                // The caller who repeats it under the same key gets what there is, or starts it now.
                var started = await user.StartAsync(Processes.Decision);
                _evidence.Add([new Acknowledgement(Acknowledgements.Started, started.Id.ToString())]);
            }
        }

        _proxy.Cuts.ShouldBe(_rounds);
        (await ExamineAsync()).Instances.Count.ShouldBe(1 + _rounds);
    }

    [Test]
    public async Task A_command_to_a_server_that_is_away_changes_nothing_and_says_so()
    {
        await using (var opened = await OpenedDatabase.OpenAsync(Proxied, takesUpWork: false))
        {
            await StartAsync(opened.Engine, Processes.Parts);
            _proxy.GoAway();
            await Should.ThrowAsync<ProcessStoreException>(async () => await opened.Engine.As("user0").StartAsync(Processes.Decision));
            _proxy.ComeBack();
            await StartAsync(opened.Engine, Processes.Decision);
        }

        (await ExamineAsync()).Instances.Count.ShouldBe(2);
    }

    /// <summary>A command of each kind, each with a cut of its own.</summary>
    private async Task RunAsync(WorkflowEngine engine, Cut cut, int commitsBefore)
    {
        _proxy.Arm(cut, commitsBefore);
        var decision = await StartAsync(engine, Processes.Decision);
        var task = await engine.As("user0").Worklist.SingleAsync(decision);
        _proxy.Arm(cut, commitsBefore);
        using (LeftTransaction())
        {
            await task.ExecuteAsync(Processes.Approve);
        }

        _evidence.Add([new Acknowledgement(Acknowledgements.Acted, task.Serial.ToString())]);

        _proxy.Arm(cut, commitsBefore);
        var parts = await StartAsync(engine, Processes.Parts);
        var items = await engine.AsSystem().FindServerItemsAsync(new ServerItemQuery { ProcessInstance = parts });
        items.Count.ShouldBe(1);
        _proxy.Arm(cut, commitsBefore);
        using (LeftTransaction())
        {
            await engine.AsSystem().FinishAsync(items[0].Serial);
        }

        _evidence.Add([new Acknowledgement(Acknowledgements.Finished, items[0].Serial.ToString())]);
        _proxy.Disarm();
        foreach (var instance in new[] { decision, parts })
        {
            (await engine.AsSystem().ReadAsync(instance)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        }
    }

    private async Task<ProcessInstanceId> StartAsync(WorkflowEngine engine, string definition)
    {
        var started = await CallStartAsync(engine, definition);
        _evidence.Add([new Acknowledgement(Acknowledgements.Started, started.ToString())]);
        return started;
    }

    private async Task<ProcessInstanceId> CallStartAsync(WorkflowEngine engine, string definition)
    {
        using var left = LeftTransaction();
        return (await engine.As("user0").StartAsync(definition)).Id;
    }

    /// <summary>The ambient transaction of a caller; nobody completes it. Null for callers that have none.</summary>
    private TransactionScope? LeftTransaction() =>
        isDisturbed && _draw.Below(2) == 0 ? new TransactionScope(TransactionScopeAsyncFlowOption.Enabled) : null;

    /// <summary>No cut has made any code run twice, or left anything undone.</summary>
    private async Task<Findings> ExamineAsync()
    {
        await using (var opened = await OpenedDatabase.OpenAsync(Direct with { Incarnation = 2 }, takesUpWork: true))
        {
            await opened.FinishEverythingAsync();
            await (_disturbance?.Damaged.CheckSetAsideAsync(opened.Engine) ?? Task.CompletedTask);
        }

        await using var examined = await OpenedDatabase.OpenAsync(Direct with { Incarnation = 2 }, takesUpWork: false);
        var findings = await Findings.ReadAsync(examined, Ledger.Read(Direct.Ledger), _disturbance?.Damaged.Ids ?? []);
        _evidence.Check(findings);
        findings.Instances.ShouldAllBe(instance => instance.IsCompleted);
        findings.Repeated.ShouldBe(0);
        if (_disturbance is not null)
        {
            await _disturbance.Damaged.CheckAsync(examined.Engine, findings);
            await _disturbance.Stranger.CheckOpenAsync();
        }

        return findings;
    }
}
