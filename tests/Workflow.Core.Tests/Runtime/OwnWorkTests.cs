using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Work that the engine does of its own accord.</summary>
[TestFixture]
internal sealed class OwnWorkTests : SharedStoreFixture
{
    private const int Count = 3;

    private readonly ConcurrentQueue<ProcessInstanceId> _fired = [];

    [SetUp]
    public void Forget() => _fired.Clear();

    /// <summary>A user waits for a start. Nobody waits for an escalation.</summary>
    [Test]
    [CancelAfter(30_000)]
    [Statement("14.7b")]
    public async Task A_commit_says_whether_anybody_waits_for_it()
    {
        var commits = new ConcurrentQueue<(bool IsBackground, bool IsStart)>();
        var view = new SharedStore(Store)
        {
            BeforeCommit = commit =>
            {
                commits.Enqueue((commit.IsBackground, commit.ExpectedVersion == 0));
                return Task.CompletedTask;
            },
        };
        await FireAsync(view);

        commits.Count(commit => commit.IsStart).ShouldBe(Count);
        commits.ShouldAllBe(commit => commit.IsBackground != commit.IsStart);
        commits.Count(commit => commit.IsBackground).ShouldBe(2 * Count, "the call is stored, and its result");
    }

    /// <summary>An instance that was loaded behind its claim may be old when the turn begins.</summary>
    [Test]
    [CancelAfter(30_000)]
    [Statement("6.7")]
    [Statement("14.3")]
    public async Task An_instance_that_was_loaded_too_early_is_loaded_again()
    {
        var view = new OldLoads(Store);
        await FireAsync(view);

        view.IsOld.ShouldBeTrue("the test has to disturb something");
        _fired.Order().ShouldBe(_fired.Distinct().Order());
        _fired.Count.ShouldBe(Count);
    }

    /// <summary>Instances that could not be loaded together are loaded one by one.</summary>
    [Test]
    [CancelAfter(30_000)]
    [Statement("14.7b")]
    public async Task A_failed_load_of_several_instances_keeps_none_of_them()
    {
        var view = new OldLoads(Store) { Fails = true };
        await FireAsync(view);

        _fired.Count.ShouldBe(Count);
    }

    private async Task FireAsync(IProcessStore view)
    {
        await using var engine = WorkflowEngine.Create(options =>
            (options.Store, options.Clock, options.TakesUpWork, options.ResidentInstances) = (view, Clock, false, 0));
        await engine.DeployAsync(ProcessDefinition.Define("Reminded", process => process.OpenToAll().StartsWith(process.Activity("Ask", activity => activity
            .Destinations(to => to.Users("A"))
            .Client("Decide", task => task
                .Action("Approve")
                .Escalation("Remind", TimeSpan.FromDays(1), then => then.Run("Remind", context => _fired.Enqueue(context.ProcessInstance))))))));
        for (var number = 0; number < Count; number++)
        {
            await engine.AsSystem().StartAsync("Reminded");
        }

        Clock.Advance(TimeSpan.FromDays(1));
        using var stopping = new CancellationTokenSource();
        var running = engine.RunAsync(stopping.Token);
        await UntilAsync(async () => _fired.Count >= Count && (await engine.FindTimersAsync(new())).Count == 0);
        await stopping.CancelAsync();
        await running;
    }

    /// <summary>A store whose answer for several instances is old or fails.</summary>
    private sealed class OldLoads(InMemoryProcessStore asked) : StoreAround, IProcessStore
    {
        public bool IsShared => true;

        public bool Fails { get; init; }

        public bool IsOld { get; private set; }

        protected override IProcessStore Asked => asked;

        public override async ValueTask<IReadOnlyList<StoredProcess?>> LoadProcessesAsync(
            IReadOnlyList<ProcessInstanceId> processInstances, CancellationToken cancellation)
        {
            if (Fails)
            {
                throw new TimeoutException("The store does not answer.");
            }

            IsOld = true;
            return [.. (await base.LoadProcessesAsync(processInstances, cancellation)).Select(stored => stored is null
                ? null
                : stored with { Version = stored.Version - 1 })];
        }
    }
}
