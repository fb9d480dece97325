using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;

namespace Workflow.Core.Benchmarks;

/// <summary>A thousand starts of <see cref="TenSteps"/>, with the engine or without, one after the other or at once. Each thousand begins with an empty store
/// and leaves a full one to the garbage collector. So neither side profits from what the other has left in memory. The measurement includes making the engine:
/// a thousandth of it for each start.</summary>
internal static class Load
{
    public const int Starts = 1_000;

    public static async Task<int> RawOneAfterTheOtherAsync()
    {
        var raw = new SpeedOfLight();
        var completed = 0;
        for (var start = 0; start < Starts; start++)
        {
            var (_, status) = await raw.StartAsync().ConfigureAwait(false);
            completed += status is ProcessInstanceStatus.Completed ? 1 : 0;
        }

        return Checked(completed);
    }

    public static async Task<int> RawAtOnceAsync()
    {
        var raw = new SpeedOfLight();
        var statuses = await AtOnceAsync(async () => (await raw.StartAsync().ConfigureAwait(false)).Status).ConfigureAwait(false);
        return Checked(statuses.Count(status => status is ProcessInstanceStatus.Completed));
    }

    public static async Task<int> EngineOneAfterTheOtherAsync(ProcessDefinition definition)
    {
        await using var engine = WorkflowEngine.Create();
        await engine.DeployAsync(definition).ConfigureAwait(false);
        var dora = engine.As(TenSteps.Originator);
        var completed = 0;
        for (var start = 0; start < Starts; start++)
        {
            var started = await dora.StartAsync(TenSteps.Name).ConfigureAwait(false);
            completed += started.Status is ProcessInstanceStatus.Completed ? 1 : 0;
        }

        return Checked(completed);
    }

    public static async Task<int> EngineAtOnceAsync(ProcessDefinition definition)
    {
        await using var engine = WorkflowEngine.Create();
        await engine.DeployAsync(definition).ConfigureAwait(false);
        var dora = engine.As(TenSteps.Originator);
        var statuses = await AtOnceAsync(async () => (await dora.StartAsync(TenSteps.Name).ConfigureAwait(false)).Status).ConfigureAwait(false);
        return Checked(statuses.Count(status => status is ProcessInstanceStatus.Completed));
    }

    /// <summary>Nothing in memory waits, so a start runs to its end on its own thread. Only work that is handed to the pool runs at once.</summary>
    private static Task<ProcessInstanceStatus[]> AtOnceAsync(Func<Task<ProcessInstanceStatus>> start)
    {
        var tasks = new Task<ProcessInstanceStatus>[Starts];
        for (var index = 0; index < tasks.Length; index++)
        {
            tasks[index] = Task.Run(start);
        }

        return Task.WhenAll(tasks);
    }

    private static int Checked(int completed) => completed == Starts
        ? completed
        : throw new InvalidOperationException($"{completed} of {Starts} instances have completed. A benchmark that counts others measures something else.");
}
