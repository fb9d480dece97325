using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>A store with many instances that wait as in J2, each with an escalation that is armed, and of which ten are due. It is filled with copies of real
/// commits. The due ones are claimed as an engine does it.</summary>
internal sealed class ArmedEscalations : IAsyncDisposable
{
    private const int Due = 10;

    /// <summary>As many as an engine claims at once when nothing is under way: more than are due.</summary>
    private const int Limit = 32;

    private const int ClaimsInRound = 50;
    private const int AtOnce = 500;
    private const string Definition = "Reminded";
    private const string User = "ann";

    /// <summary>Filling a store is given up after this long; the measurement is then among the instances in it.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(15);

    private static readonly ProcessDefinition _definition = ProcessDefinition.Define(Definition, process =>
    {
        process.Rights(rights => rights.Start(DecisionProcess.Originator));
        process.StartsWith(process.Activity(DecisionProcess.Activity, activity => activity
            .Destinations(to => to.Users(User))
            .Client(DecisionProcess.Event, task => task
                .Action(DecisionProcess.Action)
                .Escalation("Remind", TimeSpan.FromDays(365), then => then.Run("Remind", static _ => { })))));
    });

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly IProcessStore _store;
    private readonly ClaimQuery _claim;
    private int _count;

    private ArmedEscalations(IProcessStore store)
    {
        _store = store;
        _claim = new ClaimQuery
        {
            Owner = "benchmark",
            Lease = TimeSpan.FromMinutes(1),
            DueUntil = _now,
            Definitions = [new DefinitionVersion(Definition, 1)],
            PendingCalls = false,
            Limit = Limit,
        };
    }

    /// <summary>How many escalations are armed.</summary>
    public string Name => _count.ToString("N0", CultureInfo.InvariantCulture);

    public static async Task<ArmedEscalations> CreateAsync(Stores.Place place, int count)
    {
        var original = default(Commit);
        await using var model = WorkflowEngine.Create(options =>
            options.Store = new StoreOfChangedCommits(new InMemoryProcessStore(), commit => original = CommitCopies.Of(commit)));
        await model.DeployAsync(_definition);
        await model.As(DecisionProcess.Originator).StartAsync(Definition);
        Require.Expected("timers that a start arms", original!.ArmedTimers.Count, 1);

        var armed = new ArmedEscalations(place.NewStore());
        await using (var engine = WorkflowEngine.Create(options => (options.Store, options.TakesUpWork) = (armed._store, false)))
        {
            await engine.DeployAsync(_definition);
        }

        await armed.FillAsync(original, count);
        return armed;
    }

    /// <summary>Claims what is due. It is given back each time, so that it can be claimed again.</summary>
    public async Task ClaimAsync(List<double> times)
    {
        for (var count = 0; count < ClaimsInRound; count++)
        {
            IReadOnlyList<ClaimedProcess> claimed = [];
            await Sizes.TimeAsync(times, async () => claimed = await _store.ClaimAsync(_claim, CancellationToken.None));
            Require.Expected("number of instances that are due", claimed.Count, Due);
            foreach (var claim in claimed)
            {
                await _store.ReleaseAsync(claim, TimeSpan.Zero, CancellationToken.None);
            }
        }
    }

    public ValueTask DisposeAsync() => Stores.Place.CloseAsync(_store);

    /// <summary>Several commits wait at any time, so that a store commits them in groups.</summary>
    private async Task FillAsync(Commit original, int count)
    {
        var watch = Stopwatch.StartNew();
        var last = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, count)).Select(_ => Task.Run(async () =>
        {
            for (var index = Interlocked.Increment(ref last) - 1; index < count && watch.Elapsed < _patience; index = Interlocked.Increment(ref last) - 1)
            {
                await AddAsync(original, index);
                Interlocked.Increment(ref _count);
            }
        })));
    }

    private async Task AddAsync(Commit original, int index)
    {
        var id = await _store.ReserveAsync(CancellationToken.None);
        var dueAt = index < Due ? _now.AddMinutes(-index - 1) : _now.AddYears(1).AddSeconds(index);
        await _store.CommitAsync(
            CommitCopies.In(id, "", original) with
            {
                ArmedTimers = [.. original.ArmedTimers.Select(timer => timer with { ProcessInstance = id, DueAt = dueAt })],
            },
            CancellationToken.None);
    }
}
