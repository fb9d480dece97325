using System.Data.Common;
using System.Diagnostics;
using Cases.Data;
using Cases.Processes;
using Workflow.Core.Client;
using Workflow.Core.Persistence;

namespace Cases.Playing;

/// <summary>Replays all cases over one engine.</summary>
public sealed class Replay
{
    private readonly ReplayOptions _options;
    private readonly IReplayObserver _observer;
    private readonly WorkflowEngine _engine;
    private readonly CaseClock _clock;
    private readonly RecordedLogs _recorded;
    private readonly CaseRun[] _runs;
    private readonly Auditor _auditor;
    private readonly BackgroundWork _work;
    private readonly CasePlayer _player;
    private readonly List<MonthEndResult> _months = [];
    private int _alive;
    private int _mostAlive;

    private Replay(ReplayOptions options, IReplayObserver observer, WorkflowEngine engine, CaseClock clock, RecordedLogs recorded)
    {
        _options = options;
        _observer = observer;
        _engine = engine;
        _clock = clock;
        _recorded = recorded;
        _runs = [.. recorded.Logs.SelectMany(log => log.Cases.Select((item, number) => new CaseRun(log, item, number)))];
        _auditor = new Auditor(engine.As(People.Auditor));
        _work = new BackgroundWork(engine, clock, _auditor, observer);
        _player = new CasePlayer(engine, clock, _auditor, _work, observer);
    }

    /// <summary>Reads the data, replays it, and compares.</summary>
    /// <param name="options">The options: what to replay, and where.</param>
    /// <param name="observer">Is told how it goes on.</param>
    /// <exception cref="BadInputException">Something that was given cannot be used. Nothing was stored.</exception>
    public static async Task<ReplayResult> RunAsync(ReplayOptions options, IReplayObserver observer)
    {
        var recorded = RecordedLogs.Read(options.Folder, options.Cases);
        var clock = new CaseClock();
        await using var open = await options.Store.OpenAsync(clock);
        return await RunAsync(options, open.Store, observer, clock, recorded);
    }

    /// <summary>The same on a store that is open already; what <paramref name="options"/> says of the store is only told.</summary>
    public static Task<ReplayResult> RunAsync(ReplayOptions options, IProcessStore store, IReplayObserver observer) =>
        RunAsync(options, store, observer, new CaseClock(), RecordedLogs.Read(options.Folder, options.Cases));

    private static async Task<ReplayResult> RunAsync(
        ReplayOptions options, IProcessStore store, IReplayObserver observer, CaseClock clock, RecordedLogs recorded)
    {
        await using var engine = WorkflowEngine.Create(engine =>
        {
            engine.Store = store;
            engine.Clock = clock;
            engine.TakesUpWork = false;
            engine.DestinationResolver = People.Of(recorded.Logs);
        });
        return await new Replay(options, observer, engine, clock, recorded).RunAsync();
    }

    private async Task<ReplayResult> RunAsync()
    {
        var time = Stopwatch.StartNew();
        await CatchUpAsync();
        var stored = _runs.Sum(run => run.Position);
        var fired = _runs.Sum(run => run.Fired);
        _alive = _mostAlive = _runs.Count(run => run.IsAlive);
        _observer.Begin(stored - fired, fired, _recorded.Steps);

        var reached = _runs.Max(run => run.Reached) ?? DateTimeOffset.MinValue;
        MonthEnd[] months = [.. _recorded.MonthEnds.Where(month => month.At > reached)];
        var parts = ReplayOrder.Of(_runs.Where(run => run.IsOpen), [.. months.Select(month => month.At)]);
        for (var index = 0; index < parts.Count; index++)
        {
            await PlayAsync(parts[index]);
            if (index < months.Length)
            {
                await AskAsync(months[index]);
            }
        }

        await _work.AdvanceToTheLastAsync();
        var unaudited = _runs.Where(run => run.Difference is null);
        await Parallel.ForEachAsync(
            unaudited, new ParallelOptions { MaxDegreeOfParallelism = _options.AtOnce }, async (run, _) => await _player.AuditAsync(run));
        using var process = Process.GetCurrentProcess();
        return new ReplayResult
        {
            Logs = [.. _runs.GroupBy(run => run.Log).Select(LogResult.Of)],
            MonthEnds = _months,
            Differences = [.. _runs.Select(run => run.Difference).OfType<Difference>()],
            StepsFound = stored,
            MostAlive = _mostAlive,
            Time = time.Elapsed,
            PeakMemory = process.PeakWorkingSet64,
        };
    }

    /// <summary>Deploys the processes, and takes up what an earlier run has left.</summary>
    private async Task CatchUpAsync()
    {
        try
        {
            var earlier = await EarlierRun.FindAsync(_engine, _options.Store.ToString());
            earlier.RefuseWhatIsNotOurs(_recorded.Logs, _options.IsResumed);
            await _engine.DeployAsync(_recorded.Logs.Select(log => log.Definition));
            await earlier.SetAsync(_clock, _auditor);
            await earlier.CatchUpAsync(_auditor, _work, _player, _runs);
        }
        catch (Exception exception) when (exception is DbException or ProcessStoreException or IOException)
        {
            throw new BadInputException($"The store {_options.Store} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Takes the steps of one month. Each lane has its own share of the cases, and takes their steps in their order. They wait for each other where
    /// escalations fire.</summary>
    private async Task PlayAsync(IReadOnlyList<DueStep> steps)
    {
        foreach (var stretch in ReplayOrder.Stretches(steps))
        {
            await _work.AdvanceAsync(stretch[0].At);
            if (_options.AtOnce == 1)
            {
                await PlayInOrderAsync(stretch);
                continue;
            }

            var lanes = stretch.GroupBy(step => step.Run.Number % _options.AtOnce);
            await Task.WhenAll(lanes.Select(lane => Task.Run(() => PlayInOrderAsync(lane))));
        }
    }

    private async Task PlayInOrderAsync(IEnumerable<DueStep> steps)
    {
        foreach (var (run, at, isEscalation, _) in steps.Where(step => step.Run.IsOpen))
        {
            var (wasAlive, position) = (run.IsAlive, run.Position);
            await _player.StepAsync(run);
            var alive = Interlocked.Add(ref _alive, (run.IsAlive ? 1 : 0) - (wasAlive ? 1 : 0));
            InterlockedMax(ref _mostAlive, alive);
            if (run.Position > position)
            {
                _observer.Step(at, alive, isEscalation);
            }
        }
    }

    private async Task AskAsync(MonthEnd month)
    {
        var result = await new MonthEndCheck(_auditor).AskAsync(month, ExpenseDeclaration.Name);
        _months.Add(result);
        _observer.MonthEnd(result);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int known;
        while ((known = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, known) != known)
        {
        }
    }
}
