using System.Runtime.CompilerServices;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks;

/// <summary>J3: what one instance holds in memory while it waits in J2, among many that do.
/// Not a matter of time, so BenchmarkDotNet does not measure it.</summary>
/// <remarks>The engine keeps no instance beside its store, so what the garbage collector finds more after the starts than before is what the store keeps. It is
/// measured twice, the second time with a store that is not given the history. The difference is what the history holds, whatever the store keeps it in. For
/// the bare loop the two lists of the history are subtracted, by their size.</remarks>
/// <param name="Bytes">The bytes that an instance holds, without its history.</param>
/// <param name="JournalBytes">The bytes that its history holds.</param>
/// <param name="RawBytes">The bytes that an instance of the bare loop holds as objects, without its history.</param>
internal sealed record WaitingMemory(double Bytes, double JournalBytes, double RawBytes)
{
    /// <summary>How many instances wait.</summary>
    public const int Instances = 100_000;

    /// <summary>The most that an instance may hold, without its history.</summary>
    public const int Most = 400;

    private const int WarmUp = 1_000;

    /// <summary>The bytes that a list and its array take besides the elements, on a machine of 64 bits.</summary>
    private const int ListOverhead = 32 + 24;

    public static async Task<WaitingMemory> MeasureAsync()
    {
        await EngineAsync(new InMemoryProcessStore(), WarmUp).ConfigureAwait(false);
        Raw(WarmUp);
        var all = await EngineAsync(new InMemoryProcessStore(), Instances).ConfigureAwait(false);
        var held = await EngineAsync(WithoutHistory(), Instances).ConfigureAwait(false);
        return new WaitingMemory((double)held / Instances, (double)(all - held) / Instances, (double)Raw(Instances) / Instances);
    }

    private static async Task<long> EngineAsync(IProcessStore store, int instances)
    {
        var process = DecisionProcess.OfOne;
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.ResidentInstances = 0;
        });
        await engine.DeployAsync(process.Definition).ConfigureAwait(false);
        var dora = engine.As(DecisionProcess.Originator);
        var before = Held();
        var last = default(StartedProcess);
        for (var start = 0; start < instances; start++)
        {
            last = await dora.StartAsync(process.Definition.Name).ConfigureAwait(false);
        }

        var held = Held() - before;
        var task = await engine.As(process.Users[0]).Worklist.SingleAsync(last.Id).ConfigureAwait(false);
        Require.Expected("number of instances", task.ProcessInstance.Value, instances);
        Require.Expected("status", last.Status, ProcessInstanceStatus.Active);
        return held;
    }

    /// <summary>A store to which the history of every commit is not passed on: what it then holds less is what the history holds.</summary>
    private static StoreOfChangedCommits WithoutHistory() => new(new InMemoryProcessStore(), commit => commit with { Journal = null });

    private static long Raw(int instances)
    {
        var before = Held();
        var raw = new RawDecisions(DecisionProcess.OfOne, takesSnapshots: false);
        for (var start = 0; start < instances; start++)
        {
            raw.Start();
        }

        var held = Held() - before;
        Require.Expected("number of instances", raw[instances].Id, instances);
        Require.Expected("number of tasks", raw.OpenTasksOf(DecisionProcess.OfOne.Users[0]), instances);
        var history = RawDecisions.FactCount(DecisionProcess.OfOne) * Unsafe.SizeOf<RawDecisionFact>();
        var written = RawDecisions.WriteCount(DecisionProcess.OfOne) * Unsafe.SizeOf<FieldValue>();
        return held - (instances * (long)(ListOverhead + history + ListOverhead + written));
    }

    private static long Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
