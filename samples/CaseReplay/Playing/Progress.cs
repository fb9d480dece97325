using System.Diagnostics;
using System.Globalization;

namespace Cases.Playing;

/// <summary>Tells once a second how far the replay has come.</summary>
public sealed class Progress(TextWriter output) : IReplayObserver
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private TimeSpan _next = _pause;
    private int _done;
    private int _total;

    public void Begin(int stored, int fired, int total)
    {
        lock (_gate)
        {
            (_done, _total) = (stored + fired, total);
        }
    }

    public void Due(DateTimeOffset at)
    {
        // Nothing to tell: whether it has fired is found out next.
    }

    public void Step(DateTimeOffset at, int alive, bool isEscalation)
    {
        lock (_gate)
        {
            _done++;
            if (_time.Elapsed >= _next)
            {
                _next = _time.Elapsed + _pause;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_time.Elapsed.TotalSeconds,5:F0} s: {_done,7:N0} of {_total:N0} steps, {alive,6:N0} instances alive, in the log it is {at:yyyy-MM-dd}"));
            }
        }
    }

    public void Differ(Difference difference) => output.WriteLine($"       {difference.Case}: {difference.What}");

    public void MonthEnd(MonthEndResult month)
    {
        foreach (var difference in month.Differences)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"       at the month end of {month.At:yyyy-MM-dd} {difference}"));
        }
    }
}
