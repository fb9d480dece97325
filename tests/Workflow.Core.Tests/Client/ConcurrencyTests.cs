using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

[TestFixture]
public sealed class ConcurrencyTests
{
    private static readonly ProcessField<int> Counter = new("Counter", initial: 0);

    /// <code>
    /// ► Work (count slots; each waits, then counts; all of them) ──►
    /// </code>
    private static ProcessDefinition Counting(int count, Action<int> running) => ProcessDefinition.Define("Counting", process =>
    {
        var inside = 0;
        process.OpenToAll().Fields(Counter);
        process.StartsWith(process.Activity("Work", activity => activity
            .PlanPerSlot(Slots.Number(count))
            .Waits()
            .Server("Count", async (context, _) =>
            {
                running(Interlocked.Increment(ref inside));
                await Task.Yield();
                context.Set(Counter, context.Get(Counter) + 1);
                Interlocked.Decrement(ref inside);
            })
            .SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed))));
    });

    [Test]
    [Statement("14.3")]
    public async Task Many_callers_on_one_instance_act_one_after_the_other([Values(1_000, 0)] int resident)
    {
        const int Callers = 64;
        var most = 0;
        await using var bed = await WorkflowTestBed.CreateAsync(
            Counting(Callers, running => most = Math.Max(most, running)), options => options.ResidentInstances = resident);
        var id = await bed.BeginAsync();

        await Task.WhenAll(Enumerable.Range(1, Callers).Select(
            number => Task.Run(async () => await bed.Engine.As("bank").FinishAsync(new SerialNumber(id, number)))));

        var process = await bed.ReadAsync(id);
        process.Status.ShouldBe(ProcessInstanceStatus.Completed);
        process.Fields.Get<int>("Counter").ShouldBe(Callers, "no caller overwrote what another had counted");
        most.ShouldBe(1);
    }

    [Test]
    [Statement("7.3")]
    public async Task Exactly_one_of_many_callers_finishes_an_item()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Waiting);
        var id = await bed.BeginAsync();

        var results = await Task.WhenAll(Enumerable.Range(1, 64).Select(number => Task.Run(async () =>
        {
            try
            {
                return $"{await bed.Engine.As($"bank {number}").FinishAsync(new SerialNumber(id, 1))}";
            }
            catch (ServerItemFinishedException refusal)
            {
                return $"{refusal.FinishedBy}";
            }
        })));

        var winner = (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.ServerItemFinished).User;
        results.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Repeat($"{winner}", 63).Prepend("Applied"));
    }

    [Test]
    [Statement("7.1")]
    public async Task A_serial_number_always_means_the_event_that_is_at_work()
    {
        var gate = new Gate();
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Twice", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity.Waits("First").Server("Second", async (context, cancellation) =>
            {
                context.WaitUntilFinished();
                await gate.PassAsync(context.Serial, cancellation);
            })));
        }));
        var id = await bed.BeginAsync();
        var first = bed.FinishAsync(new SerialNumber(id, 1));
        await gate.Reached;

        (await bed.FinishAsync(new SerialNumber(id, 1))).ShouldBe(FinishReceipt.Stored, "it is for the second event, whose code runs");
        gate.Open();

        (await first).ShouldBe(FinishReceipt.Applied);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("14.3")]
    public async Task Instances_run_in_parallel()
    {
        const int Instances = 32;
        var inside = 0;
        var all = new Gate();
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Meeting", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Meet", activity => activity.Server("Wait for the others", async (context, cancellation) =>
            {
                if (Interlocked.Increment(ref inside) == Instances)
                {
                    all.Open();
                }

                await all.PassAsync(context.Serial, cancellation);
            })));
        }));

        var started = await Task.WhenAll(Enumerable.Range(0, Instances).Select(
            _ => Task.Run(async () => await bed.Engine.As("dora").StartAsync("Meeting"))));

        started.ShouldAllBe(instance => instance.Status == ProcessInstanceStatus.Completed);
        started.Select(instance => instance.Id).ShouldBeUnique();
    }

    /// <code>
    /// ► Act (its code is given by the test) ──►
    /// </code>
    private static ProcessDefinition Acting(Func<Contexts.ServerEventContext, ValueTask> act, string name = "Acting") =>
        ProcessDefinition.Define(name, process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Act", activity => activity.Server("Act", (context, _) => act(context))));
        });

    private static readonly ProcessDefinition Waiting = ProcessDefinition.Define("Waiting", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
    });

    [Test]
    [Statement("14.3")]
    public async Task A_code_that_acts_on_its_own_instance_is_told_what_to_do_instead([Values] bool afterAWait)
    {
        WorkflowTestBed? bed = null;
        WorkflowReentrancyException? refusal = null;
        await using (bed = await WorkflowTestBed.CreateAsync(Acting(async context =>
        {
            if (afterAWait)
            {
                await Task.Yield();
            }

            refusal = await Should.ThrowAsync<WorkflowReentrancyException>(async () => await bed!.Engine.As("bank").FinishAsync(context.Serial));
        })))
        {
            var started = await bed.StartAsync("dora");
            started.Status.ShouldBe(ProcessInstanceStatus.Completed);
            refusal.ShouldNotBeNull().ProcessInstance.ShouldBe(started.Id);
            refusal.Message.ShouldContain("WaitUntilFinished");
        }
    }

    [Test]
    [Statement("14.3")]
    public async Task A_code_that_acts_on_its_own_instance_by_way_of_another_does_not_wait_for_itself()
    {
        WorkflowTestBed? bed = null;
        SerialNumber own = default;
        var outer = Acting(async context =>
        {
            own = context.Serial;
            (await bed!.Engine.As("dora").StartAsync("Inner")).Status.ShouldBe(ProcessInstanceStatus.Completed);
        });
        var inner = Acting(
            async _ => await Should.ThrowAsync<WorkflowReentrancyException>(async () => await bed!.Engine.As("bank").FinishAsync(own)), "Inner");

        await using (bed = await WorkflowTestBed.CreateAsync([outer, inner]))
        {
            (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Completed);
        }
    }

    [Test]
    [Statement("14.3")]
    public async Task A_code_may_start_and_finish_other_instances()
    {
        WorkflowTestBed? bed = null;
        var acting = Acting(async _ =>
        {
            var other = await bed!.Engine.As("dora").StartAsync("Waiting");
            other.Status.ShouldBe(ProcessInstanceStatus.Active);
            (await bed.Engine.As("bank").FinishAsync(new SerialNumber(other.Id, 1))).ShouldBe(FinishReceipt.Applied);
            (await bed.Engine.As("dora").ReadAsync(other.Id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        });

        await using (bed = await WorkflowTestBed.CreateAsync([acting, Waiting]))
        {
            (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Completed);
        }
    }
}
