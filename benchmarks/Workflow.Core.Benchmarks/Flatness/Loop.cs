using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>J7 (a): one step of a loop in its 10th round and in its 10,000th. The step is a person's: the person answers, the line leads back to the activity,
/// and the person is asked again.</summary>
/// <code>
///      ┌───────┐
///      ▼       │ Again
/// ► Decide ────┤
///   ann        └── Enough ►
/// </code>
internal sealed class Loop : IAsyncDisposable
{
    private const int Early = 10;
    private const int Late = 10_000;
    private const int StepsInRound = 50;

    private static readonly ProcessDefinition _definition = ProcessDefinition.Define("Loop", process =>
    {
        process.Rights(rights => rights.Start(DecisionProcess.Originator));
        var decide = process.Activity(DecisionProcess.Activity, activity => activity
            .Destinations(to => to.Users("ann"))
            .Client(DecisionProcess.Event, task => task.Action("Again").Action("Enough"))
            .OutcomesFromActions());
        process.StartsWith(decide);
        decide.On("Again", decide);
        decide.On("Enough", process.Activity("End"));
    });

    private readonly IProcessStore _store;
    private readonly WorkflowEngine _engine;
    private readonly Worklist _worklist;
    private ProcessInstanceId _old;
    private int _oldStep;

    private Loop(IProcessStore store)
    {
        _store = store;
        _engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.HistoryLimit = long.MaxValue;
        });
        _worklist = _engine.As("ann").Worklist;
    }

    public static async Task<Sizes> MeasureAsync(Stores.Place place)
    {
        await using var loop = new Loop(place.NewStore());
        await loop._engine.DeployAsync(_definition);
        loop._old = await loop.StartAsync(Late);
        loop._oldStep = Late;
        var sizes = new Sizes("(a) a step of a loop, in round", place.Name);
        sizes.Add("10", loop.EarlyAsync);
        sizes.Add("10,000", loop.LateAsync);
        await sizes.MeasureAsync(warmUp: 20, rounds: 40);
        return sizes;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await Stores.Place.CloseAsync(_store);
    }

    private async Task<ProcessInstanceId> StartAsync(int steps)
    {
        var started = await _engine.As(DecisionProcess.Originator).StartAsync(_definition.Name);
        for (var step = 1; step < steps; step++)
        {
            await StepAsync(started.Id, step);
        }

        return started.Id;
    }

    private Task StepAsync(ProcessInstanceId id, int step) => _worklist.ExecuteAsync(new SerialNumber(id, step), "Again").AsTask();

    /// <summary>Steps 10 to 59 of a new instance.</summary>
    private async Task EarlyAsync(List<double> times)
    {
        var id = await StartAsync(Early);
        for (var step = Early; step < Early + StepsInRound; step++)
        {
            await Sizes.TimeAsync(times, () => StepAsync(id, step));
        }
    }

    private async Task LateAsync(List<double> times)
    {
        for (var count = 0; count < StepsInRound; count++)
        {
            await Sizes.TimeAsync(times, () => StepAsync(_old, _oldStep));
            _oldStep++;
        }
    }
}
