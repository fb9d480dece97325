using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>J7 (b): one answer to an activity that ends when all of its destinations have approved. It has 10, 1,000 or 10,000 destinations, or one destination
/// with as many slots. Half have answered when the measurement begins. J7 (g) is the same with nothing kept in memory, so that each answer loads what it
/// needs.</summary>
internal sealed class CountedAnswers : IAsyncDisposable
{
    private const int AnswersInRound = 40;
    private const int WarmUp = 6;
    private const int Rounds = 6;

    private static readonly int[] _counts = [10, 1_000, 10_000];

    private readonly IProcessStore _store;
    private readonly WorkflowEngine _engine;
    private readonly Dictionary<int, (ProcessInstanceId Id, int Next)> _running = [];
    private readonly bool _hasSlots;

    private CountedAnswers(IProcessStore store, bool hasSlots, bool isKept)
    {
        _store = store;
        _hasSlots = hasSlots;
        _engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.SlotLimit = _counts[^1];
            options.DestinationLimit = int.MaxValue;
            options.HistoryLimit = long.MaxValue;
            options.StateLimit = int.MaxValue;
            options.ResidentInstances = isKept ? options.ResidentInstances : 0;
        });
    }

    /// <param name="place">Where.</param>
    /// <param name="hasSlots">Whether one destination has slots for all, or each has a destination.</param>
    /// <param name="isKept">Whether the instance stays in memory.</param>
    public static async Task<Sizes> MeasureAsync(Stores.Place place, bool hasSlots, bool isKept = true)
    {
        await using var answers = new CountedAnswers(place.NewStore(), hasSlots, isKept);
        var job = isKept ? "(b) an answer under At Least" : "(g) an answer with nothing in memory";
        var sizes = new Sizes($"{job}, of {(hasSlots ? "slots" : "destinations")}", place.Name, isKept ? Sizes.Most : Sizes.MostOfLoaded);
        foreach (var count in _counts)
        {
            await answers._engine.DeployAsync(answers.Definition(count));
            sizes.Add(Name(count), times => answers.AnswerAsync(count, times));
        }

        await sizes.MeasureAsync(WarmUp, Rounds);
        return sizes;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await Stores.Place.CloseAsync(_store);
    }

    private static string Name(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string User(int number) => string.Create(CultureInfo.InvariantCulture, $"user {number}");

    private ProcessDefinition Definition(int count) => ProcessDefinition.Define(Name(count), process =>
    {
        process.Rights(rights => rights.Start(DecisionProcess.Originator));
        var decide = process.Activity(DecisionProcess.Activity, activity =>
        {
            activity.Destinations(to => to.Users([.. Enumerable.Range(1, count).Select(User)]));
            _ = _hasSlots ? activity.PlanJustOnce(Slots.PerDestination) : activity.PlanPerDestination();
            activity.Client(DecisionProcess.Event, task => task.Action(DecisionProcess.Action).Action("Decline"))
                .Outcome("Approved", when: Answers.AtLeast(count) == DecisionProcess.Action);
        });
        process.StartsWith(decide);
        decide.On("Approved", process.Activity(DecisionProcess.Target));
    });

    private async Task AnswerAsync(int count, List<double> times)
    {
        while (times.Count < AnswersInRound)
        {
            if (!_running.TryGetValue(count, out var state) || state.Next >= count)
            {
                state = (await StartAsync(count), (count / 2) + 1);
            }

            // The last answer ends the activity, which is another thing.
            for (; state.Next < count && times.Count < AnswersInRound; state.Next++)
            {
                await Sizes.TimeAsync(times, () => AnswerAsync(state.Id, state.Next));
            }

            _running[count] = state;
        }
    }

    private async Task<ProcessInstanceId> StartAsync(int count)
    {
        var started = await _engine.As(DecisionProcess.Originator).StartAsync(Name(count));
        for (var number = 1; number <= count / 2; number++)
        {
            await AnswerAsync(started.Id, number);
        }

        Require.Expected("status with half the answers", started.Status, ProcessInstanceStatus.Active);
        return started.Id;
    }

    private Task AnswerAsync(ProcessInstanceId id, int number) =>
        _engine.As(User(number)).Worklist.ExecuteAsync(new SerialNumber(id, _hasSlots ? 1 : number), DecisionProcess.Action).AsTask();
}
