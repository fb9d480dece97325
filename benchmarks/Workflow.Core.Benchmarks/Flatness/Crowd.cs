using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>A store with many instances that wait as in J2, each with a timer besides, and an engine on it. It is filled with copies of real commits. Every
/// hundred instances wait for another user, whom a field of the process names. The first ten have a timer that is due.</summary>
internal sealed partial class Crowd : IAsyncDisposable
{
    public const int EachUser = 100;
    public const int Due = 10;

    private const int CommandsInRound = 50;
    private const int PagesInRound = 5;
    private const string Owner = "benchmark";
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
    private readonly ClaimQuery _claim;

    private Crowd(IProcessStore store)
    {
        _store = store;
        _engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;

            // The timers are for the claims that are measured.
            options.TakesUpWork = false;
        });
        _claim = new ClaimQuery
        {
            Owner = Owner,
            Lease = TimeSpan.FromMinutes(1),
            DueUntil = _now,
            Definitions = [new DefinitionVersion(_definition.Name, 1)],
            Limit = Due,
        };
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
            options.Store = new StoreOfChangedCommits(new InMemoryProcessStore(), commit => original = CopyOf(commit)));
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

    /// <summary>Claims what is due. It is given back each time, so that it can be claimed again.</summary>
    public async Task ClaimAsync(List<double> times)
    {
        for (var count = 0; count < CommandsInRound; count++)
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

    /// <summary>The bytes of a commit are the engine's, which uses them again.</summary>
    private static Commit CopyOf(Commit commit) => commit with
    {
        Parts = [.. commit.Parts.Select(part => new StoredPart(part.Key, part.Content.ToArray()))],
        EndedActivities = [.. commit.EndedActivities],
        Journal = commit.Journal is { } journal ? journal with { Content = journal.Content.ToArray() } : null,
        ServerItems = [.. commit.ServerItems],
        Worklist = [.. commit.Worklist],
    };

    private async Task AddAsync(Commit original, int index)
    {
        var id = await _store.ReserveAsync(CancellationToken.None);
        var opened = (WorklistChange.Opened)original.Worklist[0];
        var serial = new SerialNumber(id, opened.Serial.Destination);
        var dueAt = index < Due ? _now.AddMinutes(-index - 1) : _now.AddYears(1).AddSeconds(index);
        await _store.CommitAsync(
            original with
            {
                ProcessInstance = id,
                Id = "",
                Owner = "",
                Record = original.Record! with { Id = id, Folio = FolioOf(index) },
                Parts = [.. original.Parts.Select(part => new StoredPart(part.Key, PlacedIn(
                    new PartPlace(id.Value, part.Key.ActivityInstance, part.Key.Destination, part.Key.Number), part.Content)))],
                Journal = original.Journal is { } journal
                    ? journal with { Content = PlacedIn(new PartPlace(id.Value, Number: journal.FirstNumber), journal.Content) }
                    : null,
                Worklist = [new WorklistChange.Opened(opened.Header with { Serial = serial }, opened.Entries)],
                ArmedTimers = [new ProcessTimer(id, 1, ProcessTimerKind.Sleep, 1, serial.Destination, dueAt)],
            },
            CancellationToken.None);
    }

    /// <summary>The checksum of a stored piece covers the place where it is stored, so a copy in another instance needs one of its own.</summary>
    private static byte[] PlacedIn(PartPlace place, ReadOnlyMemory<byte> piece)
    {
        var copy = piece.ToArray();
        var content = copy.AsSpan(0, copy.Length - PartFormat.ChecksumLength);
        BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(content.Length), PartFormat.Checksum(content, place));
        return copy;
    }
}
