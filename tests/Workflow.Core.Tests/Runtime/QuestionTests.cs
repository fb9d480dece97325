using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Tests.Scenarios;

namespace Workflow.Core.Tests.Runtime;

/// <summary>The resolver takes its time: what completed before is stored, and the instance's state is free meanwhile.</summary>
/// <code>
/// ►──┬──► Pay: Charge ──► Approve (for role R, resolved; waits) ──►
///    └──► Deliver (waits) ──►
/// </code>
[TestFixture]
internal sealed class QuestionTests
{
    private static readonly ProcessInstanceId _id = new(1);

    private readonly ConcurrentQueue<string> _charged = [];
    private TaskCompletionSource _answer = null!;

    [SetUp]
    public void Begin()
    {
        _charged.Clear();
        _answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [TearDown]
    public void End() => _answer.TrySetResult();

    [Test]
    [Statement("4.8b")]
    [Statement("14.4")]
    public async Task An_event_that_has_completed_is_not_called_again_when_the_host_dies_while_the_resolver_is_asked()
    {
        var store = new WatchedStore();
        var slow = Slow();
        await using var first = await OpenAsync(store, slow);
        var starting = first.AsSystem().StartAsync("Paying").AsTask();
        await slow.Reached;

        var quick = new AskedResolver(_ => ["A"]);
        await using var second = await OpenAsync(await store.CopyAsync(), quick);
        (await second.RecoverAsync()).ShouldBe(1);

        _charged.ShouldHaveSingleItem();
        quick.Questions.ShouldHaveSingleItem("what was asked is asked again");
        (await second.AsSystem().ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Active);
        _answer.SetResult();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("4.8b")]
    public async Task A_finish_and_a_read_are_served_while_the_resolver_is_asked([Values] bool hasResults)
    {
        var store = new WatchedStore();
        var slow = Slow();
        await using var engine = await OpenAsync(store, slow, hasResults);
        var starting = engine.AsSystem().StartAsync("Paying").AsTask();
        await slow.Reached;
        var serial = new SerialNumber(_id, hasResults ? 2 : 1);

        var receipt = await engine.AsSystem().FinishAsync(serial).AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        // Without results before it, the question comes first, and the code of the other branch has not been called yet.
        receipt.ShouldBe(hasResults ? FinishReceipt.Applied : FinishReceipt.Stored);
        starting.IsCompleted.ShouldBeFalse();
        (await engine.AsSystem().ReadAsync(_id)).Activities.Count(activity => activity.Name == "Deliver").ShouldBe(hasResults ? 0 : 1);
        _answer.SetResult();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Active);
        await Should.ThrowAsync<ServerItemFinishedException>(() => engine.AsSystem().FinishAsync(serial).AsTask());
        (await engine.AsSystem().ReadAsync(_id)).Activities.ShouldHaveSingleItem().Destinations.ShouldHaveSingleItem().Destinations[0].Name.ShouldBe("A");
    }

    [Test]
    [Statement("4.8b")]
    [Statement("14.2")]
    public async Task A_finish_that_cannot_be_stored_meanwhile_leaves_nothing_half_done()
    {
        var store = new WatchedStore();
        var slow = Slow();
        await using var engine = await OpenAsync(store, slow);
        var starting = engine.AsSystem().StartAsync("Paying").AsTask();
        await slow.Reached;
        store.FailAt(1, _ => new IOException("The disk is full."));

        await Should.ThrowAsync<IOException>(() => engine.AsSystem().FinishAsync(new SerialNumber(_id, 2)).AsTask());
        _answer.SetResult();

        await Should.ThrowAsync<CommandPartlyStoredException>(() => starting);
        store.BeforeCommit = null;
        (await engine.RecoverAsync()).ShouldBe(1);
        (await engine.AsSystem().FinishAsync(new SerialNumber(_id, 2))).ShouldBe(FinishReceipt.Applied);
        _charged.ShouldHaveSingleItem();
    }

    [Test]
    [Statement("4.8b")]
    public async Task Without_results_nothing_is_stored_before_the_question()
    {
        var store = new WatchedStore();
        var slow = Slow();
        await using var engine = await OpenAsync(store, slow, hasResults: false);
        var starting = engine.AsSystem().StartAsync("Paying").AsTask();
        await slow.Reached;

        store.Count.ShouldBe(0);
        _answer.SetResult();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Active);
    }

    /// <summary>On a store that others use too, an engine that stops while it asks gives the instance back.</summary>
    [Test]
    [Statement("4.8b")]
    [Statement("14.5")]
    public async Task An_engine_that_stops_while_it_asks_leaves_the_question_to_others()
    {
        var clock = new ManualClock();
        var store = new InMemoryProcessStore(clock);
        var slow = Slow();
        var first = await OpenAsync(new SharedStore(store), slow, clock: clock);
        var starting = first.AsSystem().StartAsync("Paying").AsTask();
        await slow.Reached;
        await first.DisposeAsync();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Running);

        await using var second = await OpenAsync(new SharedStore(store), new AskedResolver(_ => ["A"]), clock: clock);
        (await second.RecoverAsync()).ShouldBe(1);

        (await second.AsSystem().ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Active);
        _charged.ShouldHaveSingleItem();
    }

    private AskedResolver Slow() => new(async (asked, cancellation) =>
    {
        await _answer.Task.WaitAsync(cancellation);
        return AskedResolver.Answers(asked, _ => ["A"]);
    });

    private async Task<WorkflowEngine> OpenAsync(IProcessStore store, AskedResolver resolver, bool hasResults = true, ManualClock? clock = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.Clock = clock ?? new ManualClock();
            options.Destinations = resolver;
            options.TakesUpWork = false;
        });
        await engine.DeployAsync(ProcessDefinition.Define("Paying", process =>
        {
            process.OpenToAll();
            var approve = process.Activity("Approve", activity => activity.PlanPerDestination().Destinations(to => to.Role("R").ResolvedToUsers()).Waits());
            if (hasResults)
            {
                var pay = process.Activity("Pay", activity => activity.Server("Charge", context => _charged.Enqueue(context.IdempotencyKey)));
                process.StartsWith(pay);
                pay.To(approve);
            }
            else
            {
                process.StartsWith(approve);
            }

            process.StartsWith(process.Activity("Deliver", activity => activity.Waits()));
        }));
        return engine;
    }
}
