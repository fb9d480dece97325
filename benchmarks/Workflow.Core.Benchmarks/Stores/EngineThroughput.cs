using System.Diagnostics;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>An engine on a store, and callers. Each caller runs one instance of one decision after the other: it starts the instance, and answers it.</summary>
internal sealed class EngineThroughput : IAsyncDisposable
{
    private readonly DecisionProcess _process;
    private readonly IProcessStore _store;
    private readonly WorkflowEngine _engine;
    private readonly int _callers;

    private EngineThroughput(DecisionProcess process, IProcessStore store, int callers)
    {
        _process = process;
        _store = store;
        _callers = callers;
        _engine = WorkflowEngine.Create(options => options.Store = store);
    }

    public static async Task<EngineThroughput> CreateAsync(DecisionProcess process, Place place, int callers)
    {
        var throughput = new EngineThroughput(process, place.NewStore(), callers);
        await throughput._engine.DeployAsync(throughput._process.Definition);
        return throughput;
    }

    /// <summary>Runs instances until the time is over.</summary>
    /// <returns>Commits in a second: one for each start, and one for each answer.</returns>
    public async Task<double> RunAsync(TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var commits = await Task.WhenAll(Enumerable.Range(0, _callers).Select(_ => Task.Run(() => CallAsync(watch, duration))));
        return commits.Sum() / watch.Elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await Place.CloseAsync(_store);
    }

    private async Task<long> CallAsync(Stopwatch watch, TimeSpan duration)
    {
        var dora = _engine.As(DecisionProcess.Originator);
        var worklist = _engine.As(_process.Users[0]).Worklist;
        var commits = 0L;
        var last = default(ProcessInstanceId);
        while (watch.Elapsed < duration)
        {
            var started = await dora.StartAsync(_process.Definition.Name);
            last = started.Id;
            Require.Expected("status after the start", started.Status, ProcessInstanceStatus.Active);
            await worklist.ExecuteAsync(new SerialNumber(last, 1), DecisionProcess.Action);
            commits += 2;
        }

        Require.Expected("status at the end", (await _engine.AsSystem().ReadAsync(last)).Status, ProcessInstanceStatus.Completed);
        return commits;
    }
}
