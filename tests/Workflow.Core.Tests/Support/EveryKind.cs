using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Support;

/// <summary>Instances whose stored form has a part of every kind, and changes of what is stored behind the engine's back.</summary>
internal static class EveryKind
{
    private static readonly string[] _voters = ["v1", "v2", "v3", "v4", "v5", "v6"];

    /// <summary>
    /// <code>
    /// ► Prepare ─┬─► Vote [six voters, without those who prepared]
    ///            └─► Pair [pat, quin; per destination]
    /// </code>
    /// </summary>
    public static ProcessDefinition Definition { get; } = ProcessDefinition.Define("Every", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        var prepare = process.Activity("Prepare", activity => activity.Destinations(to => to.Users("ann")).Client("Begin", task => task.Action("Done")));
        var vote = process.Activity("Vote", activity => activity
            .Destinations(to => to.Set("Voters").Users(_voters).ExceptActorsOf("Prepare"))
            .PlanJustOnce(Slots.Number(6))
            .Client("Vote", task => task.Action("Yes")));
        var pair = process.Activity("Pair", activity => activity
            .Destinations(to => to.Users("pat", "quin")).PlanPerDestination().Client("Check", task => task.Action("Yes")));
        process.StartsWith(prepare);
        prepare.To(vote);
        prepare.To(pair);
    });

    /// <summary>Goes into Error when it starts, so it has a part with the details.</summary>
    public static ProcessDefinition Failing { get; } = ProcessDefinition.Define("Failing", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Fail", activity => activity.Server("Fail", _ => throw new InvalidOperationException("It fails."))));
    });

    /// <summary>Starts an instance; the first two voters have voted, and the third has opened the task and released it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="lookAsync">Looks at what is stored between the steps.</param>
    public static async Task<ProcessInstanceId> StartAsync(WorkflowEngine engine, Func<ProcessInstanceId, Task>? lookAsync = null)
    {
        lookAsync ??= _ => Task.CompletedTask;
        var id = (await engine.As("ann").StartAsync("Every")).Id;
        await lookAsync(id);
        await engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Done");
        await lookAsync(id);
        await engine.As("v1").Worklist.OpenAsync(new SerialNumber(id, 2));
        await lookAsync(id);
        await VoteAsync(engine, id, "v1");
        await VoteAsync(engine, id, "v2");
        var opened = await engine.As("v3").Worklist.OpenAsync(new SerialNumber(id, 2));
        await lookAsync(id);
        await opened.ReleaseAsync();
        return id;
    }

    /// <summary>A command that loads one task.</summary>
    public static Task VoteAsync(WorkflowEngine engine, ProcessInstanceId id, string user) =>
        engine.As(user).Worklist.ExecuteAsync(new SerialNumber(id, 2), "Yes").AsTask();

    public static async Task<WorkflowEngine> OpenAsync(IProcessStore store, Action<Core.Runtime.WorkflowOptions>? configure = null)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.TakesUpWork = false;
            options.ResidentInstances = 0;
            configure?.Invoke(options);
        });
        await engine.DeployAsync(Definition);
        await engine.DeployAsync(Failing);
        return engine;
    }

    public static async Task<IReadOnlyList<StoredPart>> PartsAsync(IProcessStore store, ProcessInstanceId id) =>
        (await store.LoadAsync(id, CancellationToken.None))?.Parts ?? throw new InvalidOperationException($"There is no instance {id}.");

    /// <summary>Changes what is stored, as the engine never does.</summary>
    public static async Task ChangeAsync(IProcessStore store, ProcessInstanceId id, IReadOnlyList<StoredPart> parts, params IReadOnlyList<PartKey> removed)
    {
        var stored = await store.LoadAsync(id, CancellationToken.None) ?? throw new InvalidOperationException($"There is no instance {id}.");
        var commit = new Commit
        {
            ProcessInstance = id,
            ExpectedVersion = stored.Version,
            Epoch = stored.Epoch,
            HasPendingCall = false,
            Parts = parts,
            RemovedParts = removed,
            EndedActivities = [],
            Journal = null,
            ServerItems = [],
        };
        await store.CommitAsync(commit, CancellationToken.None);
    }
}
