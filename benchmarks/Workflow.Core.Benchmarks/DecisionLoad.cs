using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks;

/// <summary>Instances of a <see cref="DecisionProcess"/>, each started and answered to its end before the next, with the engine or without. As in
/// <see cref="Load"/>, each run begins with an empty store and leaves a full one to the garbage collector. The measurement includes making the
/// engine.</summary>
internal static class DecisionLoad
{
    /// <summary>Instances of one decision in a run.</summary>
    public const int Ones = 1_000;

    /// <summary>Instances of thirty decisions in a run.</summary>
    public const int Thirties = 50;

    public static int Raw(DecisionProcess process, int instances, bool takesSnapshots)
    {
        var raw = new RawDecisions(process, takesSnapshots);
        var completed = 0;
        for (var start = 0; start < instances; start++)
        {
            var id = new ProcessInstanceId(raw.Start());
            var status = ProcessInstanceStatus.Active;
            for (var number = 1; number <= process.Users.Count; number++)
            {
                status = raw.Execute(new SerialNumber(id, number), DecisionProcess.Action);
            }

            completed += status is ProcessInstanceStatus.Completed ? 1 : 0;
        }

        return Checked(completed, instances);
    }

    public static async Task<int> EngineAsync(DecisionProcess process, int instances)
    {
        await using var engine = WorkflowEngine.Create();
        await engine.DeployAsync(process.Definition).ConfigureAwait(false);
        var dora = engine.As(DecisionProcess.Originator);
        var name = process.Definition.Name;
        var waited = 0;
        var last = default(ProcessInstanceId);
        for (var start = 0; start < instances; start++)
        {
            var started = await dora.StartAsync(name).ConfigureAwait(false);
            waited += started.Status is ProcessInstanceStatus.Active ? 1 : 0;
            last = started.Id;
            for (var number = 1; number <= process.Users.Count; number++)
            {
                var user = engine.As(process.Users[number - 1]);
                await user.Worklist.ExecuteAsync(new SerialNumber(last, number), DecisionProcess.Action).ConfigureAwait(false);
            }
        }

        await RequireEndAsync(process, engine, last).ConfigureAwait(false);
        return Checked(waited, instances);
    }

    /// <summary>Once in a run: the last instance is Completed, and nobody has anything to do.</summary>
    private static async Task RequireEndAsync(DecisionProcess process, WorkflowEngine engine, ProcessInstanceId last)
    {
        var ended = await engine.AsSystem().ReadAsync(last).ConfigureAwait(false);
        var left = await engine.As(process.Users[0]).Worklist.ListAsync(new WorklistQuery { Limit = 1 }).ConfigureAwait(false);
        if (ended.Status is not ProcessInstanceStatus.Completed || left.Count > 0)
        {
            throw new InvalidOperationException(
                $"Process instance {last} is {ended.Status} after all answers. A benchmark that ends elsewhere measures something else.");
        }
    }

    private static int Checked(int counted, int instances) => counted == instances
        ? counted
        : throw new InvalidOperationException(
            $"{counted} of {instances} instances did what they should. A benchmark that counts others measures something else.");
}
