using System.Collections.Concurrent;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Runtime;

/// <summary>However many instances are kept in memory, there is one owner of each.</summary>
[TestFixture]
internal sealed class OwnershipTests
{
    private const int Instances = 12;
    private const int Slots = 6;

    private static readonly ProcessField<int> _count = new("Count", initial: 0);

    private static readonly ProcessDefinition _definition = ProcessDefinition.Define("Counting", process =>
    {
        process.Fields(_count);
        process.StartsWith(process.Activity("Collect", activity => activity
            .PlanPerSlot(Definitions.Slots.Number(Slots))
            .Server("Wait", static context => context.WaitUntilFinished())
            .Server("Count", static context => context.Set(_count, context.Get(_count) + 1))
            .SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed))));
    });

    [Test]
    [Statement("14.3")]
    public async Task Many_who_act_on_many_instances_never_meet_in_one([Values(0, 1, 5, 1000)] int resident)
    {
        var store = new WatchedStore();
        var meetings = Watch(store);
        await using var engine = await OpenAsync(store, resident);
        var started = await Task.WhenAll(Enumerable.Range(0, Instances).Select(_ => Task.Run(async () => (await engine.AsSystem().StartAsync("Counting")).Id)));

        await Task.WhenAll(
            from id in started
            from destination in Enumerable.Range(1, Slots)
            select Task.Run(async () => await engine.AsSystem().FinishAsync(new SerialNumber(id, destination))));

        meetings.ShouldBeEmpty();
        foreach (var id in started)
        {
            var process = await engine.AsSystem().ReadAsync(id);
            process.Status.ShouldBe(ProcessInstanceStatus.Completed);
            process.Fields.Get<int>("Count").ShouldBe(Slots);
        }
    }

    /// <summary>Of many who finish one item, one is told that they did. The others are told who did or, while the next event runs, that their finish is kept
    /// for that one (statement 7.1).</summary>
    [Test]
    [Statement("7.3")]
    [Statement("14.3")]
    public async Task One_of_many_who_finish_one_item_wins([Values(0, 1, 1000)] int resident)
    {
        var store = new WatchedStore();
        var meetings = Watch(store);
        await using var engine = await OpenAsync(store, resident);
        var id = (await engine.AsSystem().StartAsync("Counting")).Id;

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(number => Task.Run(() => TryFinishAsync(engine, new SerialNumber(id, 1 + (number % 3))))));

        outcomes.Count(won => won).ShouldBe(3);
        meetings.ShouldBeEmpty();
        (await engine.AsSystem().ReadAsync(id)).Fields.Get<int>("Count").ShouldBe(3);
    }

    /// <summary>Starts, finishes, reads and recoveries at once, with one place in memory.</summary>
    [Test]
    [Statement("14.3")]
    public async Task Everything_at_once_with_one_place_in_memory_comes_to_its_end()
    {
        var store = new WatchedStore();
        var meetings = Watch(store);
        await using var engine = await OpenAsync(store, resident: 1);

        await Task.WhenAll(Enumerable.Range(0, Instances).Select(number => Task.Run(async () =>
        {
            var id = (await engine.AsSystem().StartAsync("Counting")).Id;
            for (var destination = 1; destination <= Slots; destination++)
            {
                await engine.AsSystem().FinishAsync(new SerialNumber(id, destination));
                await engine.AsSystem().ReadAsync(id);
                if (number % 4 == 0)
                {
                    await engine.RecoverAsync();
                }
            }

            (await engine.AsSystem().ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        })));

        meetings.ShouldBeEmpty();
    }

    private static async Task<bool> TryFinishAsync(WorkflowEngine engine, SerialNumber serial)
    {
        try
        {
            return await engine.AsSystem().FinishAsync(serial) is FinishReceipt.Applied;
        }
        catch (ServerItemFinishedException)
        {
            return false;
        }
    }

    private static async Task<WorkflowEngine> OpenAsync(WatchedStore store, int resident)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.ResidentInstances = resident;
        });
        await engine.DeployAsync(_definition);
        return engine;
    }

    /// <summary>Lets other flows come in between, and notes every commit that comes while another one of the same
    /// instance is under way, or is behind.</summary>
    private static ConcurrentQueue<string> Watch(WatchedStore store)
    {
        var busy = new ConcurrentDictionary<ProcessInstanceId, int>();
        var meetings = new ConcurrentQueue<string>();
        store.BeforeLoad = static async _ => await Task.Yield();
        store.BeforeCommit = async (_, commit) =>
        {
            if (busy.AddOrUpdate(commit.ProcessInstance, 1, static (_, count) => count + 1) > 1)
            {
                meetings.Enqueue($"two commits of {commit.ProcessInstance} at once");
            }

            await Task.Yield();
            var stored = await ((IProcessStore)store).LoadAsync(commit.ProcessInstance, CancellationToken.None);
            if ((stored?.Version ?? 0) != commit.ExpectedVersion)
            {
                meetings.Enqueue($"a commit of {commit.ProcessInstance} on version {commit.ExpectedVersion} of {stored?.Version}");
            }

            busy.AddOrUpdate(commit.ProcessInstance, 0, static (_, count) => count - 1);
        };
        return meetings;
    }
}
