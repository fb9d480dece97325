using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;

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
    public async Task A_finish_that_cannot_be_stored_meanwhile_takes_nothing_from_the_command_that_asks(
        [ValueSource(nameof(Failures))] Func<Commit, Exception> failure)
    {
        var store = new WatchedStore();
        var slow = Slow();
        await using var engine = await OpenAsync(store, slow);
        var starting = engine.AsSystem().StartAsync("Paying").AsTask();
        await slow.Reached;
        store.FailAt(1, failure);

        var told = await Should.ThrowAsync<Exception>(() => engine.AsSystem().FinishAsync(new SerialNumber(_id, 2)).AsTask());
        _answer.SetResult();

        told.ShouldBeOfType(failure(store.Commits[0]).GetType());
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Active);
        slow.Questions.ShouldHaveSingleItem();
        (await engine.AsSystem().FinishAsync(new SerialNumber(_id, 2))).ShouldBe(FinishReceipt.Applied);
        _charged.ShouldHaveSingleItem();
    }

    /// <summary>As any command that another owner was faster than, the finish is repeated.</summary>
    [Test]
    [Statement("4.8b")]
    [Statement("14.3")]
    public async Task A_finish_that_meets_a_conflict_meanwhile_waits_for_the_turn()
    {
        var store = new WatchedStore();
        var slow = Slow();
        await using var engine = await OpenAsync(store, slow);
        var starting = engine.AsSystem().StartAsync("Paying").AsTask();
        await slow.Reached;
        var refused = FailNext(store, commit => new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, actual: 77));
        var finishing = engine.AsSystem().FinishAsync(new SerialNumber(_id, 2)).AsTask();
        await refused;

        _answer.SetResult();

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Active);
        (await finishing).ShouldBe(FinishReceipt.Applied);
        _charged.ShouldHaveSingleItem();
    }

    /// <summary>A failure of the turn to store is told to the caller who asked for the turn.</summary>
    [Test]
    [Statement("4.8b")]
    [Statement("14.3")]
    public async Task A_finish_does_not_see_that_the_changes_before_it_could_not_be_stored()
    {
        var store = new WatchedStore();
        var slow = Slow();
        await using var engine = await OpenAsync(store, slow, hasResults: false);
        var starting = engine.AsSystem().StartAsync("Paying").AsTask();
        await slow.Reached;
        var refused = FailNext(store, _ => new IOException("The disk is full."));
        var finishing = engine.AsSystem().FinishAsync(new SerialNumber(_id, 1)).AsTask();
        await refused;

        _answer.SetResult();

        await Should.ThrowAsync<IOException>(() => starting);
        await Should.ThrowAsync<ServerItemNotFoundException>(() => finishing);
    }

    /// <summary>The question is void, so nothing of its answer is left to be stored; the lease must be given up all the same.</summary>
    [Test]
    [Statement("4.8b")]
    [Statement("14.3")]
    public async Task When_a_finish_ends_what_was_asked_for_another_engine_acts_at_once()
    {
        var clock = new ManualClock();
        var store = new InMemoryProcessStore(clock);
        var slow = Slow();
        await using var first = await OpenAsync(new SharedStore(store), slow, clock: clock, rule: _ => throw new IOException("broken"));
        var starting = first.AsSystem().StartAsync("Paying").AsTask();
        await slow.Reached;
        await first.AsSystem().FinishAsync(new SerialNumber(_id, 2));

        _answer.SetResult();

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Error);
        (await store.LoadAsync(_id, default)).ShouldNotBeNull().Owner.ShouldBeNull();
        await using var second = await OpenAsync(new SharedStore(store), new AskedResolver(_ => ["A"]), clock: clock, rule: _ => true);
        await Should.ThrowAsync<ServerItemFinishedException>(
            () => second.AsSystem().FinishAsync(new SerialNumber(_id, 2)).AsTask().WaitAsync(TimeSpan.FromMinutes(1)));
    }

    /// <summary>The answer is code of the host as well.</summary>
    [Test]
    [Statement("14.7b")]
    public async Task An_answer_that_throws_when_it_is_read_puts_the_instance_into_Error()
    {
        var resolver = new AskedResolver((_, _) => ValueTask.FromResult<IReadOnlyDictionary<Destination, IReadOnlyList<string>>>(new Broken()));
        await using var engine = await OpenAsync(new WatchedStore(), resolver);

        var started = await engine.AsSystem().StartAsync("Paying");

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        (await engine.AsSystem().ReadAsync(_id)).Error.ShouldNotBeNull().Message.ShouldContain("cannot be read");
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

    private static IEnumerable<Func<Commit, Exception>> Failures =>
    [
        _ => new IOException("The disk is full."),
        commit => new ProcessInstanceTooLargeException(commit.ProcessInstance, 2, 1),
    ];

    /// <returns>Ends when the commit has been asked for that fails.</returns>
    private static Task FailNext(WatchedStore store, Func<Commit, Exception> failure)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.BeforeCommit = (_, commit) =>
        {
            store.BeforeCommit = null;
            asked.SetResult();
            return Task.FromException(failure(commit));
        };
        return asked.Task;
    }

    private AskedResolver Slow() => new(async (asked, cancellation) =>
    {
        await _answer.Task.WaitAsync(cancellation);
        return AskedResolver.Answers(asked, _ => ["A"]);
    });

    private async Task<WorkflowEngine> OpenAsync(
        IProcessStore store, AskedResolver resolver, bool hasResults = true, ManualClock? clock = null, Predicate? rule = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.Clock = clock ?? new ManualClock();
            options.DestinationResolver = resolver;
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

            var deliver = process.Activity("Deliver", activity => activity.Waits());
            process.StartsWith(deliver);
            if (rule is not null)
            {
                deliver.To(process.Activity("Rest", activity => activity.PrecedingRule(Rule.Named("breaks", rule)).Waits()));
            }
        }));
        return engine;
    }

    /// <summary>The answer of a resolver that reads its directory only when it is asked for a role.</summary>
    private sealed class Broken : Dictionary<Destination, IReadOnlyList<string>>, IReadOnlyDictionary<Destination, IReadOnlyList<string>>
    {
        bool IReadOnlyDictionary<Destination, IReadOnlyList<string>>.TryGetValue(Destination key, out IReadOnlyList<string> value) =>
            throw new IOException("The directory cannot be read.");
    }
}
