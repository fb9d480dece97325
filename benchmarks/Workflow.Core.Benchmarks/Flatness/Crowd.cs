using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>A store with many instances that wait as in J2, each with a timer besides, and an engine on it. It is filled with copies of real commits. Every
/// hundred instances wait for another user, whom a field of the process names.</summary>
internal sealed partial class Crowd : IAsyncDisposable
{
    public const int EachUser = 100;

    private const int CommandsInRound = 50;
    private const int PagesInRound = 5;
    private const string Boss = "boss";

    /// <summary>Filling a store is given up after this long; the measurement is then among the instances in it.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private static readonly ProcessField<string> _decider = new("Decider");

    private static readonly ProcessDefinition _definition = ProcessDefinition.Define("One decision", process =>
    {
        process.Fields(_decider).Rights(rights => rights
            .Start(DecisionProcess.Originator).Admin(Boss).Everyone(ProcessRight.ViewParticipate));
        var decide = process.Activity(DecisionProcess.Activity, activity => activity
            .Destinations(to => to.Users(_decider))
            .ExpectedDuration(TimeSpan.FromDays(1))
            .Client(DecisionProcess.Event, task => task.Action(DecisionProcess.Action).Action("Decline"))
            .OutcomesFromActions());
        process.StartsWith(decide);
        decide.OnEachOutcome(process.Activity(DecisionProcess.Target), process.Activity("Refuse"));
    });

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly IProcessStore _store;
    private readonly WorkflowEngine _engine;

    private Crowd(IProcessStore store)
    {
        _store = store;
        _engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;

            // Nothing else is at work.
            options.TakesUpWork = false;
        });
    }

    /// <summary>How many instances wait.</summary>
    public int Count { get; private set; }

    public string Name => Count.ToString("N0", CultureInfo.InvariantCulture);

    public static async Task<Crowd> CreateAsync(Stores.Place place, int count)
    {
        var crowd = new Crowd(place.NewStore());
        await crowd._engine.DeployAsync(_definition);
        var original = default(Commit);
        await using var model = WorkflowEngine.Create(options =>
            options.Store = new StoreOfChangedCommits(new InMemoryProcessStore(), commit => original = CommitCopies.Of(commit)));
        await model.DeployAsync(_definition);
        var watch = Stopwatch.StartNew();
        while (crowd.Count < count && watch.Elapsed < _patience)
        {
            await StartAsync(model, User(crowd.Count));
            var copies = Enumerable.Range(crowd.Count, EachUser).Select(index => Task.Run(() => crowd.AddAsync(original!, index))).ToList();
            await Task.WhenAll(copies);
            crowd.Count += copies.Count;
        }

        return crowd;
    }

    /// <summary>Starts and ends instances: J2.</summary>
    public async Task RunAsync(List<double> times)
    {
        var worklist = _engine.As("ann").Worklist;
        for (var count = 0; count < CommandsInRound; count++)
        {
            await Sizes.TimeAsync(times, async () =>
            {
                var started = await StartAsync(_engine, "ann");
                await worklist.ExecuteAsync(new SerialNumber(started.Id, 1), DecisionProcess.Action);
            });
        }
    }

    /// <summary>Reads one page of the worklist of one user, as the user would: with what is shown of each task.</summary>
    public async Task ListAsync(List<double> times)
    {
        var worklist = _engine.As(User(0)).Worklist;
        for (var count = 0; count < PagesInRound; count++)
        {
            IReadOnlyList<WorklistItem> page = [];
            await Sizes.TimeAsync(times, async () => page = await worklist.ListAsync(new WorklistQuery { Limit = EachUser }));
            Require.Expected("number of tasks on the page", page.Count, EachUser);
        }
    }

    /// <summary>Finds the instances in which a user takes part, who may see no others.</summary>
    public async Task FindAsync(List<double> times)
    {
        var user = _engine.As(User(0));
        for (var count = 0; count < PagesInRound; count++)
        {
            IReadOnlyList<ProcessRecord> found = [];
            await Sizes.TimeAsync(times, async () => found = await user.FindProcessesAsync(new ProcessQuery { Limit = EachUser }));
            Require.Expected("number of instances that the user takes part in", found.Count, EachUser);
        }
    }

    /// <summary>Removes an instance that has ended.</summary>
    public async Task PurgeAsync(List<double> times)
    {
        for (var count = 0; count < PagesInRound; count++)
        {
            var started = await StartAsync(_engine, "ann");
            await _engine.As("ann").Worklist.ExecuteAsync(new SerialNumber(started.Id, 1), DecisionProcess.Action);
            var removed = 0;
            await Sizes.TimeAsync(
                times, async () => removed = await _store.PurgeAsync(DateTimeOffset.MaxValue, _definition.Name, limit: 1, CancellationToken.None));
            Require.Expected("number of removed instances", removed, 1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await Stores.Place.CloseAsync(_store);
    }

    /// <summary>The folios of a user's instances begin alike.</summary>
    private static string FolioOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{User(index)}, {index % EachUser}");

    private static string User(int index) => string.Create(CultureInfo.InvariantCulture, $"user {index / EachUser}");

    private static ValueTask<StartedProcess> StartAsync(WorkflowEngine engine, string decider) =>
        engine.As(DecisionProcess.Originator).StartAsync(_definition.Name, start => start.Set(_decider, decider));

    private async Task AddAsync(Commit original, int index)
    {
        var id = await _store.ReserveAsync(CancellationToken.None);
        var dueAt = _now.AddYears(1).AddSeconds(index);
        await _store.CommitAsync(
            CommitCopies.In(id, FolioOf(index), original) with
            {
                ArmedTimers = [new ProcessTimer(id, 1, ProcessTimerKind.Sleep, 1, original.Worklist[0].Serial.Destination, dueAt)],
            },
            CancellationToken.None);
    }
}
