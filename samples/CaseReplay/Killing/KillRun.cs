using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Cases.Data;
using Cases.Playing;

namespace Cases.Killing;

/// <summary>A replay that is killed at random moments. Each process goes on with what the one before has left in the store.
/// The last process, which is this one, goes to the end.</summary>
/// <remarks>A step that was answered must be in the store when the next process looks. Being stored without being answered is no harm, for one step of each
/// lane.</remarks>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The same seed has to give the same moments.")]
public sealed class KillRun : IReplayObserver
{
    /// <summary>Every so many kills one comes while the process is still beginning:
    /// while it reads, opens the store, or finds out where the cases stand.</summary>
    private const int BeginningOf = 8;

    /// <summary>Every so many kills one comes while escalations fire.</summary>
    private const int FiringOf = 4;

    private static readonly TimeSpan _beginning = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(10);

    private readonly ReplayOptions _options;
    private readonly TextWriter _output;
    private readonly Progress _progress;
    private readonly Random _random;
    private readonly SortedDictionary<DateTimeOffset, MonthEndResult> _months = [];
    private readonly List<Difference> _differences = [];
    private int _answered;
    private int _fired;
    private int _due;
    private int _answersLost;
    private int _mostAlive;
    private int _kills;

    private KillRun(ReplayOptions options, TextWriter output)
    {
        _options = options;
        _output = output;
        _progress = new Progress(output);
        _random = new Random(options.Seed);
    }

    /// <param name="options">The options: what to replay, where, and how often to kill.</param>
    /// <param name="output">Is told the progress.</param>
    /// <exception cref="BadInputException">Something that was given cannot be used.</exception>
    public static Task<ReplayResult> RunAsync(ReplayOptions options, TextWriter output) => new KillRun(options, output).RunAsync();

    void IReplayObserver.Begin(int stored, int fired, int total)
    {
        if (_kills > 0)
        {
            CompareStored(stored, fired);
        }

        (_answered, _fired) = (stored, fired);
        _progress.Begin(stored, fired, total);
    }

    void IReplayObserver.Due(DateTimeOffset at) => _due++;

    void IReplayObserver.Step(DateTimeOffset at, int alive, bool isEscalation)
    {
        if (isEscalation)
        {
            _fired++;
        }
        else
        {
            _answered++;
        }

        _mostAlive = Math.Max(_mostAlive, alive);
        _progress.Step(at, alive, isEscalation);
    }

    void IReplayObserver.Differ(Difference difference)
    {
        // The process that found it is going to be killed, and the next one may not see it any more.
        _differences.Add(difference);
        _progress.Differ(difference);
    }

    void IReplayObserver.MonthEnd(MonthEndResult month)
    {
        // A process that was killed between a month end and the next step has asked, and the next one asks again. A difference found once stays.
        if (!_months.TryGetValue(month.At, out var before) || before.Differences.Count == 0)
        {
            _months[month.At] = month;
        }

        _progress.MonthEnd(month);
    }

    private async Task<ReplayResult> RunAsync()
    {
        var time = Stopwatch.StartNew();
        var memory = 0L;
        foreach (var (moment, isFiring) in Moments(RecordedLogs.Read(_options.Folder, _options.Cases)))
        {
            memory = Math.Max(memory, await RunAndKillAsync(moment, isFiring));
        }

        var last = await Replay.RunAsync(_options with { IsResumed = _options.IsResumed || _kills > 0 }, this);
        return last with
        {
            MonthEnds = [.. _months.Values],
            Differences = [.. _differences.Union(last.Differences)],
            MostAlive = Math.Max(_mostAlive, last.MostAlive),
            PeakMemory = Math.Max(memory, last.PeakMemory),
            Time = time.Elapsed,
            Kills = _kills,
            AnswersLost = _answersLost,
        };
    }

    /// <summary>Draws how many steps are done when a kill comes, and whether it waits for the escalations that fire next.</summary>
    private List<(int Steps, bool IsFiring)> Moments(RecordedLogs recorded)
    {
        var order = ReplayOrder.Of(recorded.Logs.SelectMany(log => log.Cases.Select((item, number) => new CaseRun(log, item, number))), [])[0];
        List<int> firings = [.. Enumerable.Range(1, order.Count - 1).Where(place => order[place].IsEscalation && !order[place - 1].IsEscalation)];
        return
        [
            .. Enumerable.Range(1, _options.Kills)
                .Select(kill => kill % FiringOf == 0 && firings.Count > 0
                    ? (Steps: firings[_random.Next(firings.Count)], IsFiring: true)
                    : (Steps: _random.Next(order.Count), IsFiring: false))
                .OrderBy(moment => moment.Steps),
        ];
    }

    /// <returns>The most memory that the process had, in bytes.</returns>
    private async Task<long> RunAndKillAsync(int moment, bool isFiring)
    {
        var due = _due;
        using var process = ReplayProcess.Start(_options with { Kills = 0, TellsAnswers = true, IsResumed = _options.IsResumed || _kills > 0 });
        if (_kills % BeginningOf == BeginningOf - 1)
        {
            await Task.Delay(_random.NextDouble() * _beginning);
        }
        else
        {
            await process.ReadUntilAsync(() => _answered + _fired > moment || (isFiring && _due > due && _answered + _fired == moment), this);
            await Task.Delay(_random.NextDouble() * _step);
        }

        var (memory, isKilled) = await process.KillAsync(this);
        if (isKilled)
        {
            _kills++;
            await _output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"       kill {_kills} of {_options.Kills} after {_answered:N0} answers"));
        }

        return memory;
    }

    /// <summary>Everything that was answered must be stored. Escalations fire by themselves, several at one instant, before anybody is told.</summary>
    private void CompareStored(int stored, int fired)
    {
        if (fired < _fired)
        {
            _differences.Add(new Difference($"kill {_kills}", $"{_fired} escalations were found fired, and {fired} are in the store"));
        }

        var unanswered = stored - _answered;
        if (unanswered < 0)
        {
            _differences.Add(new Difference($"kill {_kills}", $"{_answered} steps were answered, and {stored} are in the store"));
        }
        else if (unanswered > _options.AtOnce)
        {
            _differences.Add(
                new Difference($"kill {_kills}", $"{_answered} steps were answered, {_options.AtOnce} were under way at most, and {stored} are in the store"));
        }

        _answersLost += Math.Max(unanswered, 0);
    }
}
