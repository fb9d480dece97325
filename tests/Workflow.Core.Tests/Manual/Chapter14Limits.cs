using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Data that is larger than it may be is refused with a sentence, and nothing is lost.</summary>
[TestFixture]
internal sealed class Chapter14Limits
{
    private const int FieldBytes = 1024 * 1024;

    private static readonly ProcessInstanceId _id = new(1);

    private static readonly string[] _names = ["One", "Two"];

    private readonly StaticDestinations _directory = [];

    private static readonly ProcessField<string> _text = new("Text");
    private static readonly ProcessField<string> _other = new("Other");
    private static readonly ProcessField<IReadOnlyList<string>> _list = new("List");
    private static readonly ProcessField<ReadOnlyMemory<byte>> _bytes = new("Bytes");

    /// <summary><code>► Wait (for its server item) ──► Again? ──► Wait</code></summary>
    private static ProcessDefinition Definition(Action<Contexts.ServerEventContext>? code = null) => ProcessDefinition.Define("Large", process =>
    {
        process.Fields(_text, _other, _list, _bytes);
        var wait = process.Activity("Wait", activity => activity.Server("Ask", context =>
        {
            code?.Invoke(context);
            context.WaitUntilFinished();
        }));
        process.StartsWith(wait);
        wait.To(wait, when: _other == "again");
    });

    [Test]
    [Statement("14.8")]
    [Statement("11.2")]
    public async Task A_value_that_is_too_large_for_a_field_is_refused_before_anything_is_stored()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Definition());
        var system = bed.Engine.AsSystem();

        foreach (var begin in new Action<ProcessStart>[]
        {
            start => start.Set(_text, new string('x', FieldBytes + 1)),
            start => start.Set(_text, new string('\u4E2D', (FieldBytes / 3) + 1)),
            start => start.Set(_list, [new string('x', FieldBytes / 2), new string('x', FieldBytes / 2)]),
            start => start.Set(_bytes, new byte[FieldBytes + 1]),
        })
        {
            (await Should.ThrowAsync<DataFieldException>(() => system.StartAsync("Large", begin).AsTask())).Statement.ShouldBe("14.8");
        }

        (await system.FindProcessesAsync()).ShouldBeEmpty();
        (await system.StartAsync("Large", start => start.Set(_text, new string('x', FieldBytes)).Set(_bytes, new byte[FieldBytes]))).Status
            .ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("14.8")]
    public async Task A_finish_with_a_value_that_is_too_large_leaves_the_item_open()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Definition());
        var large = await bed.Engine.AsSystem().StartAsync("Large");
        var serial = (await bed.ServerItemsAsync(large.Id)).Single();

        await Should.ThrowAsync<DataFieldException>(
            () => bed.Engine.AsSystem().FinishAsync(serial, result => result.Set(_text, new string('x', FieldBytes + 1))).AsTask());

        (await bed.Engine.AsSystem().FinishAsync(serial)).ShouldBe(FinishReceipt.Applied);
    }

    [Test]
    [Statement("14.8")]
    [Statement("8.1")]
    public async Task Code_that_sets_a_value_that_is_too_large_puts_its_instance_into_Error()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Definition(context => context.Set(_text, new string('x', FieldBytes + 1))));

        var large = await bed.Engine.AsSystem().StartAsync("Large");

        large.Status.ShouldBe(ProcessInstanceStatus.Error);
        (await bed.ReadAsync(large.Id)).Error.ShouldNotBeNull().Message.ShouldContain("'Text'");
    }

    [Test]
    [Statement("14.8")]
    [Statement("14.2")]
    public async Task A_command_that_would_store_too_much_at_once_is_refused_as_a_whole()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Definition(), options => options.StateLimit = 100_000);
        var large = await bed.Engine.AsSystem().StartAsync("Large");
        var serial = (await bed.ServerItemsAsync(large.Id)).Single();

        var refusal = await Should.ThrowAsync<ProcessInstanceTooLargeException>(
            () =>
                bed.Engine.AsSystem().FinishAsync(serial, result => result.Set(_text, new string('x', 60_000)).Set(_other, new string('y', 60_000))).AsTask());

        refusal.Message.ShouldContain("StateLimit");
        (await bed.Engine.AsSystem().FinishAsync(serial, result => result.Set(_text, new string('x', 60_000)))).ShouldBe(FinishReceipt.Applied);
    }

    [Test]
    [Statement("14.8")]
    [Statement("8.1")]
    public async Task Code_that_leaves_too_much_to_be_stored_is_called_once_and_puts_its_instance_into_Error()
    {
        var calls = 0;
        await using var bed = await WorkflowTestBed.CreateAsync(
            Definition(context =>
            {
                calls++;
                context.Set(_text, new string('x', 60_000));
                context.Set(_other, new string('y', 60_000));
            }),
            options => options.StateLimit = 100_000);

        var large = await bed.Engine.AsSystem().StartAsync("Large");

        (large.Status, calls).ShouldBe((ProcessInstanceStatus.Error, 1));
        (await bed.ReadAsync(large.Id)).Error.ShouldNotBeNull().Message.ShouldContain("StateLimit");
        (await bed.RestartAsync()).ShouldBe(0);
        calls.ShouldBe(1);
    }

    /// <summary>Pure code is called in the commit that follows, so the store knows only the first of a chain.</summary>
    [Test]
    [Statement("14.8")]
    [Statement("8.1")]
    public async Task Pure_code_behind_a_call_that_leaves_too_much_puts_its_instance_into_Error_and_not_to_sleep()
    {
        var definition = ProcessDefinition.Define("Large", process =>
        {
            process.OpenToAll().Fields(_text, _other);
            var first = process.Activity("First", activity => activity.Server("Call", _ => { }));
            process.StartsWith(first);
            first.To(process.Activity("Second", activity => activity.PureServer("Fill", context =>
            {
                context.Set(_text, new string('x', 60_000));
                context.Set(_other, new string('y', 60_000));
            })));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.StateLimit = 100_000);

        var large = await bed.Engine.AsSystem().StartAsync("Large");

        large.Status.ShouldBe(ProcessInstanceStatus.Error);
        (await bed.ReadAsync(large.Id)).Error.ShouldNotBeNull().Message.ShouldContain("StateLimit");
    }

    [Test]
    [Statement("10.7")]
    public async Task An_instance_whose_history_is_too_long_goes_into_Error()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Definition(), options => options.HistoryLimit = 40);
        var large = await bed.Engine.AsSystem().StartAsync("Large");

        for (var round = 0; round < 40 && (await bed.ReadAsync(large.Id)).Status is ProcessInstanceStatus.Active; round++)
        {
            await bed.Engine.AsSystem().FinishAsync((await bed.ServerItemsAsync(large.Id)).Single(), result => result.Set(_other, "again"));
        }

        (await bed.ReadAsync(large.Id)).Error.ShouldNotBeNull().Message.ShouldContain("HistoryLimit");
    }

    [Test]
    [Statement("4.4")]
    public async Task More_destinations_than_may_be_active_at_once_put_the_instance_into_Error()
    {
        var split = ProcessDefinition.Define("Wide", process =>
        {
            foreach (var name in _names)
            {
                process.StartsWith(
                    process.Activity(name, activity => activity.PlanPerSlot(Slots.Number(6)).Server("Ask", context => context.WaitUntilFinished())));
            }
        });
        await using var bed = await WorkflowTestBed.CreateAsync(split, options => options.DestinationLimit = 10);

        var wide = await bed.Engine.AsSystem().StartAsync("Wide");

        wide.Status.ShouldBe(ProcessInstanceStatus.Error);
        (await bed.ReadAsync(wide.Id)).Error.ShouldNotBeNull().Message.ShouldContain("DestinationLimit");
    }

    /// <summary>One after the other, so one at a time.</summary>
    [Test]
    [Statement("14.8")]
    public async Task Destinations_that_get_their_turn_one_after_the_other_count_as_one()
    {
        await using var bed = await FollowingAsync(activity => activity.PlanPerDestinationInTurn(), limit: 2, "a", "b", "c", "d");
        foreach (var user in "abcd")
        {
            (await bed.ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Active);
            await bed.ActAsync($"{user}", "Approve");
        }

        (await bed.ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.8")]
    [Statement("4.9")]
    public async Task A_user_who_joins_a_role_counts_and_may_put_the_instance_into_Error()
    {
        await using var bed = await FollowingAsync(activity => activity.PlanPerDestination(), limit: 3, "a", "b");

        await SynchronizeAsync(bed, "a", "b", "c");
        (await bed.ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Active);
        await SynchronizeAsync(bed, "a", "c", "d");
        (await bed.ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Active, "as many have left as have joined");
        await SynchronizeAsync(bed, "a", "c", "d", "e");

        var process = await bed.ReadAsync(_id);
        process.Status.ShouldBe(ProcessInstanceStatus.Error);
        process.Error.ShouldNotBeNull().Message.ShouldContain("4 destinations");
        process.Error.Message.ShouldContain("DestinationLimit");
        process.Activities.Single().Destinations.Count(destination => destination.Status is DestinationStatus.Active).ShouldBe(3);
    }

    [Test]
    [Statement("14.8")]
    [Statement("4.9")]
    public async Task A_user_whose_turn_begins_when_they_join_counts_too()
    {
        await using var bed = await FollowingAsync(
            activity => activity.PlanPerDestinationInTurn().WhenNobody(NoDestinations.WaitForRole),
            limit: 2,
            process =>
            {
                var beside = process.Activity("Beside", activity => activity.Server("Ask", context => context.WaitUntilFinished()));
                process.StartsWith(beside);
                beside.To(process.Activity("Both", activity => activity.PlanPerSlot(Slots.Number(2)).Server("Ask", context => context.WaitUntilFinished())));
            },
            "a");
        await SynchronizeAsync(bed);
        await bed.FinishAsync("dora", (await bed.ServerItemsAsync(_id)).Single());
        (await bed.ReadAsync(_id)).Status.ShouldBe(ProcessInstanceStatus.Active);

        await SynchronizeAsync(bed, "b");

        (await bed.ReadAsync(_id)).Error.ShouldNotBeNull().Message.ShouldContain("3 destinations");
    }

    /// <summary>However long the instance goes round, its state stays as small as it is.</summary>
    [Test]
    [Statement("14.8")]
    public async Task The_history_that_a_command_adds_counts_too([Values(2, 200)] int rounds)
    {
        var round = new ProcessField<int>("Round", initial: 0);
        var circle = ProcessDefinition.Define("Circle", process =>
        {
            process.Fields(round);
            var step = process.Activity("Step", activity => activity.PureServer("Count", context => context.Set(round, context.Get(round) + 1)));
            process.StartsWith(step);
            step.To(step, when: round < rounds);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(circle, options => options.StateLimit = 2_000);
        var starting = bed.Engine.AsSystem().StartAsync("Circle").AsTask();

        if (rounds == 2)
        {
            (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed);
            return;
        }

        (await Should.ThrowAsync<ProcessInstanceTooLargeException>(() => starting)).Message.ShouldContain("StateLimit");
        (await bed.Engine.AsSystem().FindProcessesAsync()).ShouldBeEmpty();
    }

    /// <summary>A process whose first activity follows a role.</summary>
    private async Task<WorkflowTestBed> FollowingAsync(
        Func<ActivityBuilder, ActivityBuilder> plan, int limit, params string[] members) => await FollowingAsync(plan, limit, _ => { }, members);

    private async Task<WorkflowTestBed> FollowingAsync(
        Func<ActivityBuilder, ActivityBuilder> plan, int limit, Action<ProcessBuilder> start, params string[] members)
    {
        _directory.Replace(Destination.Role("R"), members);
        var definition = ProcessDefinition.Define("Following", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Decide", activity => plan(activity.Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true)))
                .Client("Approve", task => task.Action("Approve"))));
            start(process);
        });
        var bed = await WorkflowTestBed.CreateAsync(definition, options => (options.DestinationResolver, options.DestinationLimit) = (_directory, limit));
        await bed.StartAsync("dora");
        return bed;
    }

    private async Task SynchronizeAsync(WorkflowTestBed bed, params string[] members)
    {
        _directory.Replace(Destination.Role("R"), members);
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
    }
}
