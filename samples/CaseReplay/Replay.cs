using System.Data.Common;
using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Cases;

/// <summary>Replays all cases over one engine.</summary>
public sealed class Replay
{
    private const string ExpenseLog = "bpi2020_domestic";
    private const string PermitLog = "coselog_receipt";

    private readonly ReplayOptions _options;
    private readonly TextWriter _output;
    private readonly CaseLog[] _logs;
    private readonly IReadOnlyList<MonthEnd> _months;
    private readonly CaseRun[] _runs;
    private readonly CaseClock _clock = new();
    private readonly List<Difference> _monthEndDifferences = [];
    private Auditor _auditor = null!;
    private CasePlayer _player = null!;
    private Progress _progress = null!;

    private Replay(ReplayOptions options, TextWriter output)
    {
        _options = options;
        _output = output;
        var folder = new CaseFolder(options.Folder);
        _logs =
        [
            folder.Read(ExpenseLog, ExpenseDeclaration.Define(), options.Cases),
            folder.Read(PermitLog, BuildingPermit.Define(), options.Cases),
        ];

        // What is open at the end of a month is known of all declarations together only.
        _months = options.Cases == int.MaxValue ? folder.ReadMonthEnds(ExpenseLog) : [];
        _runs = [.. _logs.SelectMany(log => log.Cases.Select((recorded, number) => new CaseRun(log, recorded, number)))];
    }

    /// <summary>Reads the data, replays it, and compares.</summary>
    /// <param name="options">What to replay, and where.</param>
    /// <param name="output">Is told the progress.</param>
    /// <exception cref="BadInputException">Something that was given cannot be used. Nothing was stored.</exception>
    public static async Task<ReplayResult> RunAsync(ReplayOptions options, TextWriter output)
    {
        var replay = new Replay(options, output);
        await using var open = await options.Store.OpenAsync(replay._clock);
        return await replay.RunAsync(open.Store);
    }

    /// <summary>The same on a store that is open already; what <paramref name="options"/> says of the store is only told.</summary>
    public static Task<ReplayResult> RunAsync(ReplayOptions options, IProcessStore store, TextWriter output) => new Replay(options, output).RunAsync(store);

    private async Task<ReplayResult> RunAsync(IProcessStore store)
    {
        await using var engine = WorkflowEngine.Create(engine =>
        {
            engine.Store = store;
            engine.Clock = _clock;
            engine.Destinations = People.Of(_logs);
        });
        return await RunAsync(engine);
    }

    private async Task<ReplayResult> RunAsync(WorkflowEngine engine)
    {
        _auditor = new Auditor(engine);
        _player = new CasePlayer(engine, _clock, _auditor);
        foreach (var log in _logs)
        {
            await engine.DeployAsync(log.Definition);
        }

        await FindEarlierRunAsync(engine);
        var before = _runs.Sum(run => run.Position);
        var reached = _runs.Where(run => run.Position > 0).Select(run => run.Recorded.Steps[run.Position - 1].At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        var months = _months.Where(month => month.At > reached).ToList();
        var parts = ReplayOrder.Of(_runs.Where(run => run.IsOpen), [.. months.Select(month => month.At)]);
        _progress = new Progress(_output, parts.Sum(part => part.Count), _runs.Count(run => run.IsAlive));
        var taken = _runs.ToDictionary(run => run, run => run.Position);

        for (var index = 0; index < parts.Count; index++)
        {
            await PlayAsync(parts[index]);
            if (index < months.Count)
            {
                _monthEndDifferences.AddRange(await new MonthEndCheck(_auditor).AskAsync(months[index], ExpenseDeclaration.Name));
            }
        }

        await AtOnceAsync(_runs.Where(run => run.Difference is null), _player.AuditAsync);
        return Result(months, taken);
    }

    /// <summary>Takes the steps of one month. Each lane has its own share of the cases, and takes their steps in their order.</summary>
    private async Task PlayAsync(IReadOnlyList<(CaseRun Run, DateTimeOffset At)> steps)
    {
        if (_options.AtOnce == 1)
        {
            await PlayInOrderAsync(steps);
            return;
        }

        var lanes = steps.GroupBy(step => step.Run.Number % _options.AtOnce);
        await Task.WhenAll(lanes.Select(lane => Task.Run(() => PlayInOrderAsync(lane))));
    }

    private async Task PlayInOrderAsync(IEnumerable<(CaseRun Run, DateTimeOffset At)> steps)
    {
        foreach (var (run, at) in steps.Where(step => step.Run.IsOpen))
        {
            var wasAlive = run.IsAlive;
            await _player.StepAsync(run);
            _progress.Step(at, (run.IsAlive ? 1 : 0) - (wasAlive ? 1 : 0));
        }
    }

    /// <summary>Finds the instances of an earlier run, and how far their cases have come.</summary>
    private async Task FindEarlierRunAsync(WorkflowEngine engine)
    {
        var byFolio = _runs.ToDictionary(run => (run.Log.Definition.Name, run.Recorded.Id));
        var found = await ReadStoreAsync(engine);
        if (found.Count > 0 && !_options.IsResumed)
        {
            throw new BadInputException(
                $"The store {_options.Store} holds {found.Count} process instances already. Give --resume to go on with them, or another store.");
        }

        var known = found.Where(record => byFolio.ContainsKey((record.Definition, record.Folio)));
        await AtOnceAsync(known, record => _player.CatchUpAsync(byFolio[(record.Definition, record.Folio)], record.Id));
    }

    /// <summary>The instances in the store, as soon as what an earlier run left behind in the middle of a call has been taken up.</summary>
    private async Task<List<ProcessRecord>> ReadStoreAsync(WorkflowEngine engine)
    {
        try
        {
            await engine.RecoverAsync();
            while (await _auditor.FindAsync(new ProcessQuery { Status = ProcessInstanceStatus.Running, IsSetAside = false }).AnyAsync())
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }

            return await _auditor.FindAsync(new ProcessQuery()).ToListAsync();
        }
        catch (Exception exception) when (exception is DbException or ProcessStoreException or IOException)
        {
            throw new BadInputException($"The store {_options.Store} cannot be reached: {exception.Message}", exception);
        }
    }

    private Task AtOnceAsync<T>(IEnumerable<T> items, Func<T, Task> act) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = _options.AtOnce }, async (item, _) => await act(item));

    private ReplayResult Result(List<MonthEnd> months, Dictionary<CaseRun, int> taken) => new()
    {
        Logs =
        [
            .. _runs.GroupBy(run => run.Log).Select(runs =>
                (runs.Key.Definition.Name, runs.Count(), runs.Sum(run => run.Position - taken[run]), runs.Count(run => run.Difference is not null))),
        ],
        MonthEnds = months.Count,
        Counts = months.Sum(month => month.Counts.Count),
        Differences = [.. _runs.Select(run => run.Difference).OfType<Difference>()],
        MonthEndDifferences = _monthEndDifferences,
        MostAlive = _progress.MostAlive,
        Time = _progress.Time,
    };
}
