using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Rules;
using static Workflow.Core.Tests.Support.Families;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Messages between parents and sub-processes are delivered by the engine that sent them, by another one, or by nobody yet.</summary>
[TestFixture]
internal sealed class FamilyDeliveryTests : SharedStoreFixture
{
    private static readonly ProcessInstanceId ParentId = new(1);

    [Test]
    [Statement("7.7")]
    public async Task An_engine_that_takes_up_work_delivers_what_it_has_sent_without_being_asked([Values] bool isShared)
    {
        var engine = await OpenAsync(new SharedStore(Store) { IsShared = isShared }, options => options.TakesUpWork = true);
        await engine.DeployAsync([Parent(), QuickChild]);
        await engine.As("dora").StartAsync("Parent");

        await UntilAsync(async () => (await engine.AsSystem().ReadAsync(ParentId)).Fields.Get<int>("Y") == 5);
        (await MessagesAsync()).ShouldBe(0);
    }

    [Test]
    [Statement("7.7")]
    [Statement("14.5")]
    [Description("I2-02")]
    public async Task A_start_that_its_engine_did_not_deliver_is_delivered_by_another_one()
    {
        var dead = await OpenAsync(new SharedStore(Store));
        await dead.DeployAsync([Parent(), QuickChild]);
        await dead.As("dora").StartAsync("Parent");
        (await MessagesAsync()).ShouldBe(1);

        var other = await OpenAsync(new SharedStore(Store), options => options.TakesUpWork = true);
        await other.DeployAsync([Parent(), QuickChild]);

        await UntilAsync(async () => (await other.AsSystem().ReadAsync(ParentId)).Fields.Get<int>("Y") == 5);
        (await MessagesAsync()).ShouldBe(0);
        (await ChildrenAsync(other)).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("7.7")]
    [Statement("14.5")]
    [Description("I2-02")]
    public async Task Two_engines_that_deliver_the_same_messages_start_and_end_the_sub_process_once()
    {
        var engines = new List<WorkflowEngine>();
        for (var number = 0; number < 2; number++)
        {
            engines.Add(await OpenAsync(new SharedStore(Store)));
            await engines[^1].DeployAsync([Parent(), QuickChild]);
        }

        for (var round = 0; round < 20; round++)
        {
            await engines[0].As("dora").StartAsync("Parent");
            // The engine that comes second waits for a moment, and the clock has to move for that.
            var both = Task.WhenAll(engines.Select(engine => Task.Run(async () => await engine.DeliverMessagesAsync())));
            await UntilAsync(() => both.IsCompleted);
            await both;
            var rest = Task.Run(async () => await engines[1].DeliverMessagesAsync());
            await UntilAsync(() => rest.IsCompleted);
            await rest;
        }

        var all = await engines[0].AsSystem().FindProcessesAsync(new ProcessQuery { Limit = 500 });
        all.Count(record => record.Definition == "Child").ShouldBe(20);
        foreach (var parent in all.Where(record => record.Definition == "Parent"))
        {
            var facts = await engines[0].AsSystem().ReadHistoryAsync(parent.Id, limit: 500);
            facts.Count(fact => fact.Kind is JournalKind.SubProcessEnded).ShouldBe(1);
            facts.Count(fact => fact.Kind is JournalKind.SubProcessEndIgnored).ShouldBe(0);
        }

        (await MessagesAsync()).ShouldBe(0);
    }

    [Test]
    [Statement("7.11b")]
    public async Task The_end_of_a_parent_waits_for_the_start_of_the_sub_process()
    {
        var engine = await OpenAsync(new SharedStore(Store));
        await engine.DeployAsync([Parent(child => child.Send(X, In).GoOn().EndWithParent()), ChildWithTask]);
        await engine.As("dora").StartAsync("Parent");
        await engine.AsSystem().ManageProcesses().DeleteAsync(ParentId);
        var poor = await OpenAsync(new SharedStore(Store));
        await poor.DeployAsync(Parent(child => child.Send(X, In).GoOn().EndWithParent()));
        (await MessagesAsync()).ShouldBe(2);

        (await poor.DeliverMessagesAsync()).ShouldBe(0);
        (await MessagesAsync()).ShouldBe(2);
        await engine.DeliverMessagesAsync();

        (await ChildrenAsync(engine)).ShouldHaveSingleItem().Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await MessagesAsync()).ShouldBe(0);
    }

    [Test]
    [Statement("7.13")]
    [Statement("14.7c")]
    public async Task A_number_that_another_instance_has_fails_the_event_and_a_retry_takes_another_number()
    {
        var engine = await OpenAsync(new SharedStore(Store));
        await engine.DeployAsync([Parent(child => child.Receive(Out, Y)), QuickChild]);
        await engine.As("dora").StartAsync("Parent");
        var taken = (await engine.AsSystem().ReadAsync(ParentId)).Activities[0].Destinations[0].Event!.SubProcess!.Id;
        await Store.CommitAsync(Commits.New(taken), CancellationToken.None);

        await engine.DeliverMessagesAsync();
        (await engine.AsSystem().ReadAsync(ParentId)).Error.ShouldNotBeNull().Message.ShouldContain("there is another one of this number");
        (await MessagesAsync()).ShouldBe(0);
        await engine.AsSystem().ManageProcesses().RetryAsync(ParentId);
        await engine.DeliverMessagesAsync();

        (await engine.AsSystem().ReadAsync(ParentId)).Fields.Get<int>("Y").ShouldBe(5);
    }

    [Test]
    [Statement("7.13")]
    public async Task Values_that_are_too_large_fail_the_event()
    {
        var text = new ProcessField<string>("Text");
        var large = new ProcessField<string>("Large");
        var engine = await OpenAsync(new SharedStore(Store), options => options.StateLimit = 100_000);
        await engine.DeployAsync(
        [
            Parent(child => child.Receive(large, text), more: process => process.Fields(text, new ProcessField<string>("Own", new string('x', 75_000)))),
            Child(process =>
            {
                process.Fields(large);
                process.StartsWith(process.Activity("Work", activity => activity.PureServer("Fill", code => code.Set(large, new string('y', 30_000)))));
            }),
        ]);
        await engine.As("dora").StartAsync("Parent");

        await engine.DeliverMessagesAsync();

        (await engine.AsSystem().ReadAsync(ParentId)).Error.ShouldNotBeNull().Message.ShouldStartWith("The values of its sub-process cannot be received:");
        (await MessagesAsync()).ShouldBe(0);
    }

    [Test]
    [Statement("14.7b")]
    public async Task A_definition_that_is_deployed_later_lets_the_messages_go_at_once()
    {
        var begin = Clock.GetUtcNow();
        var first = await OpenAsync(new SharedStore(Store) { IsShared = false });
        await first.DeployAsync([Parent(), QuickChild]);
        await first.As("dora").StartAsync("Parent");
        var second = await OpenAsync(new SharedStore(Store) { IsShared = false }, options => options.TakesUpWork = true);
        await second.DeployAsync(Parent());
        await UntilAsync(() => Clock.GetUtcNow() > begin + TimeSpan.FromMinutes(1));
        (await MessagesAsync()).ShouldBe(1);

        await second.DeployAsync(QuickChild);

        await UntilAsync(async () => (await second.AsSystem().ReadAsync(ParentId)).Fields.Get<int>("Y") == 5, milliseconds: 1);
    }

    private static async Task<IReadOnlyList<ProcessRecord>> ChildrenAsync(WorkflowEngine engine) =>
        await engine.AsSystem().FindProcessesAsync(new ProcessQuery { Parent = ParentId });

    private async Task<int> MessagesAsync() => (await Store.FindMessagesAsync(new MessageQuery { Limit = 100 }, CancellationToken.None)).Count;
}
