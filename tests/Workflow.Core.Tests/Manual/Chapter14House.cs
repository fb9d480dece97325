using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter14House
{
    private static readonly ProcessField<int> Rounds = new("Rounds", initial: 0);

    /// <code>
    /// ► Work (count slots, each waits; all of them) ──► After ──►
    /// </code>
    private static ProcessDefinition Waiting(int count) => ProcessDefinition.Define("Waiting", process =>
    {
        process.OpenToAll().Fields(Rounds);
        var work = process.Activity("Work", activity => activity
            .PlanPerSlot(Slots.Number(count)).Waits().SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed)));
        process.StartsWith(work);
        work.To(process.Activity("After"));
    });

    private static async Task<WorkflowEngine> EngineAsync(IProcessStore store, ProcessDefinition definition)
    {
        var engine = WorkflowEngine.Create(options => options.Store = store);
        await engine.DeployAsync(definition);
        return engine;
    }

    [Test]
    [Statement("14.2")]
    public async Task A_start_that_cannot_be_stored_leaves_nothing_behind()
    {
        var spy = new SpyStore { CommitsUntilFailure = 0 };
        await using var bed = await WorkflowTestBed.CreateAsync(Waiting(1), options => options.Store = spy);

        await Should.ThrowAsync<IOException>(() => bed.StartAsync("dora"));

        spy.Commits.ShouldBeEmpty();
        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Active, "the engine goes on");
    }

    [Test]
    [Statement("14.2")]
    public async Task A_finish_that_cannot_be_stored_changes_nothing_and_can_be_repeated()
    {
        var spy = new SpyStore();
        await using var bed = await WorkflowTestBed.CreateAsync(Waiting(2), options => options.Store = spy);
        var id = await bed.BeginAsync();
        var before = await bed.StoredBytesAsync(id);
        spy.CommitsUntilFailure = 0;

        await Should.ThrowAsync<IOException>(() => bed.FinishAsync(new SerialNumber(id, 1), finish => finish.Set(Rounds, 7)));

        (await bed.StoredBytesAsync(id)).ShouldBe(before);
        (await bed.ReadAsync(id)).Fields.Get<int>("Rounds").ShouldBe(0);
        (await bed.FinishAsync(new SerialNumber(id, 1))).ShouldBe(FinishReceipt.Applied);
        (await bed.ReadAsync(id)).Fields.Get<int>("Rounds").ShouldBe(0, "nothing of the failed finish is left in memory either");
    }

    [Test]
    [Statement("14.3")]
    public async Task A_host_that_holds_an_old_version_of_an_instance_repeats_its_command_by_itself()
    {
        var store = new InMemoryProcessStore();
        var definition = Waiting(2);
        await using var one = await EngineAsync(store, definition);
        await using var other = await EngineAsync(store, definition);
        var started = await one.As("dora").StartAsync("Waiting");

        await other.As("bank").FinishAsync(new SerialNumber(started.Id, 1));
        await one.As("bank").FinishAsync(new SerialNumber(started.Id, 2));

        (await other.As("dora").ReadAsync(started.Id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.3")]
    public async Task When_what_was_asked_for_is_no_longer_possible_the_caller_gets_the_exact_reason()
    {
        var store = new InMemoryProcessStore();
        var definition = Waiting(2);
        await using var one = await EngineAsync(store, definition);
        await using var other = await EngineAsync(store, definition);
        var item = new SerialNumber((await one.As("dora").StartAsync("Waiting")).Id, 1);

        await other.As("bank").FinishAsync(item);
        var refusal = await Should.ThrowAsync<ServerItemFinishedException>(async () => await one.As("late").FinishAsync(item));

        refusal.FinishedBy.ShouldBe("bank");
    }

    [Test]
    [Statement("14.4")]
    public async Task The_steps_before_a_server_event_are_stored_before_its_call_and_its_result_after()
    {
        var seen = new List<(ProcessInstanceStatus Status, int Rounds)>();
        WorkflowTestBed? bed = null;
        var definition = ProcessDefinition.Define("Looking", process =>
        {
            process.OpenToAll().Fields(Rounds);
            process.StartsWith(process.Activity("Work", activity =>
            {
                for (var number = 1; number <= 3; number++)
                {
                    var round = number;
                    activity.Server($"Event {number}", async (context, _) =>
                    {
                        var stored = await bed!.ReadAsync(context.ProcessInstance);
                        seen.Add((stored.Status, stored.Fields.Get<int>("Rounds")));
                        context.Set(Rounds, round);
                    });
                }
            }));
        });
        await using (bed = await WorkflowTestBed.CreateAsync(definition))
        {
            await bed.BeginAsync();
        }

        seen.ShouldBe([(ProcessInstanceStatus.Running, 0), (ProcessInstanceStatus.Running, 1), (ProcessInstanceStatus.Running, 2)]);
    }

    [Test]
    [Statement("14.4")]
    public async Task Pure_events_need_no_checkpoints()
    {
        var spy = new SpyStore();
        var definition = ProcessDefinition.Define("Pure", process =>
        {
            process.OpenToAll().Fields(Rounds);
            process.StartsWith(process.Activity("Work", activity => activity
                .PureServer("One", context => context.Set(Rounds, 1))
                .PureServer("Two", context => context.Set(Rounds, context.Get(Rounds) + 1))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.Store = spy);

        var started = await bed.StartAsync("dora");

        started.Status.ShouldBe(ProcessInstanceStatus.Completed);
        spy.Commits.ShouldHaveSingleItem();
        (await bed.ReadAsync(started.Id)).Fields.Get<int>("Rounds").ShouldBe(2);
    }

    [Test]
    [Statement("14.4")]
    public async Task A_pure_event_that_wants_to_wait_is_told_what_to_do()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Pure", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity.PureServer("One", context => context.WaitUntilFinished())));
        }));

        var id = await bed.BeginAsync();

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().Message.ShouldContain("Server instead of PureServer");
    }

    [Test]
    [Statement("14.6")]
    public async Task The_stored_bytes_of_a_finish_do_not_grow_with_the_number_of_slots()
    {
        async Task<CommitFact> FinishTheSecondAsync(int count)
        {
            var spy = new SpyStore();
            await using var bed = await WorkflowTestBed.CreateAsync(Waiting(count), options => options.Store = spy);
            var id = await bed.BeginAsync();
            await bed.FinishAsync(new SerialNumber(id, 1));
            await bed.FinishAsync(new SerialNumber(id, 2));
            return spy.Commits[^1];
        }

        var few = await FinishTheSecondAsync(3);
        var many = await FinishTheSecondAsync(400);

        many.Parts.ShouldBe(few.Parts);
        many.Bytes.ShouldBeInRange(few.Bytes, few.Bytes + 16, "a number may have more digits");
    }

    [Test]
    [Statement("14.6")]
    public async Task The_stored_bytes_of_a_step_do_not_grow_with_ended_activities()
    {
        var spy = new SpyStore();
        var definition = ProcessDefinition.Define("Looping", process =>
        {
            process.OpenToAll();
            var work = process.Activity("Work", activity => activity.Waits());
            process.StartsWith(work);
            work.To(work);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.Store = spy);
        var id = await bed.BeginAsync();
        for (var round = 1; round <= 200; round++)
        {
            await bed.FinishAsync(new SerialNumber(id, round));
        }

        var stored = await spy.Inner.LoadAsync(id, CancellationToken.None);
        stored.ShouldNotBeNull().Parts.Count.ShouldBe(3, "the header, one activity and its destination");
        spy.Commits[^1].Bytes.ShouldBeInRange(1, spy.Commits[4].Bytes + 32);
    }
}
