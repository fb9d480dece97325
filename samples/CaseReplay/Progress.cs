using System.Diagnostics;
using System.Globalization;

namespace Cases;

/// <summary>Tells once a second how far the replay has come.</summary>
public sealed class Progress(TextWriter output, int total, int alreadyAlive)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private TimeSpan _next = _pause;
    private int _done;
    private int _alive = alreadyAlive;

    /// <summary>How many process instances were alive at once at most.</summary>
    public int MostAlive { get; private set; } = alreadyAlive;

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Time => _time.Elapsed;

    /// <summary>A step was taken.</summary>
    /// <param name="at">Its instant.</param>
    /// <param name="alive">How many instances more are alive now; negative when fewer are.</param>
    public void Step(DateTimeOffset at, int alive)
    {
        lock (_gate)
        {
            _done++;
            _alive += alive;
            MostAlive = Math.Max(MostAlive, _alive);
            if (Time < _next)
            {
                return;
            }

            _next = Time + _pause;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Time.TotalSeconds,5:F0} s: {_done,7:N0} of {total:N0} steps, {_alive,6:N0} instances alive, in the log it is {at:yyyy-MM-dd}"));
        }
    }
}
