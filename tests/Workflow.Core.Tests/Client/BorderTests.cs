using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Client;

/// <summary>Shows what the client accepts, what it refuses, and how much it asks of the store for it.</summary>
[TestFixture]
internal sealed class BorderTests
{
    /// <summary>The first destination's code runs while the second is finished; then the first one ends the activity.</summary>
    [Test]
    [Statement("7.1")]
    [Statement("7.3")]
    public async Task An_early_finish_whose_destination_expires_is_dropped_and_its_item_has_expired([Values] bool restart)
    {
        var gate = new Gate();
        var store = new WatchedStore();
        var definition = ProcessDefinition.Define("Race", process => process.StartsWith(process.Activity("Ask", activity => activity
            .PlanPerSlot(Slots.Number(2))
            .Server("Order", (context, cancellation) => gate.PassAsync(context.Serial, cancellation)))));
        var engine = await OpenAsync(store, definition);
        var starting = engine.AsSystem().StartAsync("Race").AsTask();
        var serial = new SerialNumber((await gate.Reached).ProcessInstance, 2);
        (await engine.AsSystem().FinishAsync(serial)).ShouldBe(FinishReceipt.Stored);
        gate.Open();
        await starting;
        if (restart)
        {
            await engine.DisposeAsync();
            engine = await OpenAsync(store, definition);
        }

        await using var own = engine;
        var dropped = (await engine.AsSystem().ReadHistoryAsync(serial.ProcessInstance)).Single(entry => entry.Kind is JournalKind.FinishDropped);
        dropped.Destination.ShouldBe(2);
        dropped.User.ShouldBe("system");
        (await store.FindServerItemAsync(serial, default)).ShouldNotBeNull().Status.ShouldBe(ServerItemStatus.Expired);
        (await Should.ThrowAsync<ServerItemExpiredException>(() => engine.AsSystem().FinishAsync(serial).AsTask())).Serial.ShouldBe(serial);
        await Should.ThrowAsync<ServerItemExpiredException>(() => engine.AsSystem().OpenServerItemAsync(serial).AsTask());
        await Should.ThrowAsync<ServerItemNotFoundException>(() => engine.AsSystem().FinishAsync(new SerialNumber(serial.ProcessInstance, 1)).AsTask());
    }

    [Test]
    [Statement("7.2")]
    public async Task A_search_asks_the_store_a_few_times_however_many_items_belong_to_others([Values(1, 2, 10, 500)] int limit)
    {
        var store = new CountingStore();
        await using var engine = await OpenAsync(store, Waiting("Mine", "bank"), Waiting("Theirs", "post"));
        for (var number = 0; number < 700; number++)
        {
            await engine.AsSystem().StartAsync(number % 350 == 349 ? "Mine" : "Theirs");
        }

        var found = await engine.As("bank").FindServerItemsAsync(new ServerItemQuery { Limit = limit });

        found.Select(item => item.Serial.ToString()).ShouldBe(limit == 1 ? ["350_1"] : ["350_1", "700_1"]);
        store.Searches.ShouldBeLessThanOrEqualTo(2);
    }

    [Test]
    [Statement("14.7")]
    [Statement("9.1")]
    public async Task A_user_who_has_no_right_learns_nothing_of_an_instance_whose_definition_is_not_deployed([Values] bool isOtherVersionDeployed)
    {
        var store = new WatchedStore();
        ProcessInstanceId id;
        await using (var first = await OpenAsync(store, Waiting("Mine", "bank")))
        {
            id = (await first.AsSystem().StartAsync("Mine")).Id;
        }

        await using var engine = await OpenAsync(store, isOtherVersionDeployed ? [Waiting("Mine", "bank", version: 2)] : []);

        (await Should.ThrowAsync<WorkflowAccessDeniedException>(() => engine.As("eve").ReadAsync(id).AsTask())).MissingRight.ShouldBe(ProcessRight.View);
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => engine.As("eve").ReadHistoryAsync(id).AsTask());
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => engine.As("eve").OpenServerItemAsync(new SerialNumber(id, 1)).AsTask());
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => engine.As("eve").FinishAsync(new SerialNumber(id, 1)).AsTask());
        await Should.ThrowAsync<ProcessDefinitionNotFoundException>(() => engine.AsSystem().ReadAsync(id).AsTask());
    }

    [Test]
    [Statement("8.7")]
    public async Task Deploying_an_older_version_again_leaves_the_newer_one_the_latest()
    {
        var one = Waiting("Mine", "bank");
        var two = Waiting("Mine", "post", version: 2);
        await using var engine = await OpenAsync(new WatchedStore(), one, two, one);

        var id = (await engine.AsSystem().StartAsync("Mine")).Id;

        (await engine.AsSystem().ReadAsync(id)).Version.ShouldBe(2);
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => engine.As("bank").FinishAsync(new SerialNumber(id, 1)).AsTask());
        (await engine.As("post").FinishAsync(new SerialNumber(id, 1))).ShouldBe(FinishReceipt.Applied);
    }

    [TestCase("system")]
    [TestCase("System")]
    [TestCase("SYSTEM")]
    [Statement("14.7")]
    public async Task Nobody_can_be_called_like_the_host(string user)
    {
        await using var engine = WorkflowEngine.Create();

        Should.Throw<ArgumentException>(() => engine.As(user)).Message.ShouldContain("AsSystem");
    }

    [Test]
    [Statement("10.7")]
    public async Task Options_that_are_changed_after_Create_have_no_effect()
    {
        WorkflowOptions kept = null!;
        await using var engine = WorkflowEngine.Create(options => kept = options);
        var store = kept.Store;
        kept.AutomaticStepLimit = 1;
        kept.SlotLimit = 1;
        kept.CodeInterceptor = (_, _, _) => throw new AssertionException("It was not there when the engine was made.");
        kept.Store = new CountingStore();
        await engine.DeployAsync(ProcessDefinition.Define("Two", process =>
        {
            var second = process.Activity("Second", activity => activity.PlanPerSlot(Slots.Number(2)).Server("Run", _ => { }));
            var first = process.Activity("First", activity => activity.Server("Run", _ => { }));
            process.StartsWith(first);
            first.To(second);
        }));

        var started = await engine.AsSystem().StartAsync("Two");

        started.Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await store.LoadAsync(started.Id, default)).ShouldNotBeNull();
        (await kept.Store.LoadAsync(started.Id, default)).ShouldBeNull();
    }

    [TestCase(60.0)]
    [TestCase(49.001)]
    [TestCase(0.0)]
    [TestCase(-1.0)]
    [Statement("13.2")]
    public void A_timeout_that_no_timer_can_wait_for_is_refused(double days)
    {
        var timeout = TimeSpan.FromDays(days);

        Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options => options.ServerEventTimeout = timeout))
            .Message.ShouldContain("ServerEventTimeout");
        Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options => options.ResolverTimeout = timeout)).Message.ShouldContain("ResolverTimeout");
    }

    /// <summary>The longest one works: the code has to wait, so that a timer is set.</summary>
    [TestCase(49.0)]
    [TestCase(null)]
    [Statement("13.2")]
    public async Task The_longest_timeout_can_be_waited_for(double? days)
    {
        var gate = new Gate();
        await using var engine = WorkflowEngine.Create(
            options => options.ServerEventTimeout = days is { } some ? TimeSpan.FromDays(some) : Timeout.InfiniteTimeSpan);
        await engine.DeployAsync(Approvals.Gated(() => gate));
        var starting = engine.AsSystem().StartAsync("Gated").AsTask();
        await gate.Reached;

        gate.Open();

        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    private static ProcessDefinition Waiting(string name, string user, int version = 1) => ProcessDefinition.Define(name, process =>
    {
        process.Version(version).Rights(rights => rights.ServerEvent(user));
        process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
    });

    private static async Task<WorkflowEngine> OpenAsync(IProcessStore store, params ProcessDefinition[] definitions)
    {
        var engine = WorkflowEngine.Create(options => options.Store = store);
        foreach (var definition in definitions)
        {
            await engine.DeployAsync(definition);
        }

        return engine;
    }

    /// <summary>Counts how often it is searched.</summary>
    private sealed class CountingStore : StoreAround
    {
        public int Searches { get; private set; }

        protected override IProcessStore Asked { get; } = new InMemoryProcessStore();

        public override ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation)
        {
            Searches++;
            return base.FindServerItemsAsync(query, cancellation);
        }
    }
}
