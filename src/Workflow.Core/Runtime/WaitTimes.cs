using Microsoft.Extensions.Logging;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>The time that somebody waits: a caller for their turn, a stop for the work under way, a repetition for faster ones.</summary>
internal static class WaitTimes
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan[] PutOff =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    /// <summary>The longest of all waits. A timer sleeps through a jump of the clock, and through the sleep of the machine. So a longer wait looks at the clock
    /// again (statement 14.7b).</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait at once, when there is so much left to wait; then look again.</summary>
    public static TimeSpan Longest(TimeSpan left) => left < LongestWait ? left : LongestWait;

    /// <summary>How long to wait before something is repeated: each time twice as long, and all times together no longer than it may take.</summary>
    /// <param name="failures">How often it has failed; positive.</param>
    /// <param name="longest">How long all pauses together may take.</param>
    public static TimeSpan PauseAfter(int failures, TimeSpan longest)
    {
        var pause = FirstPause * Math.Pow(2, failures - 1);
        var left = longest - (pause - FirstPause);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : Longest(left < pause ? left : pause);
    }

    /// <summary>How long the engine leaves alone what has failed in the background: each time for longer.</summary>
    /// <param name="failures">How often it had failed before.</param>
    public static TimeSpan PutOffAfter(int failures) => PutOff[Math.Clamp(failures, 0, PutOff.Length - 1)];

    /// <summary>Lets a caller give up waiting for a turn. The turn continues, and its later failures are reported.</summary>
    public static ValueTask<T> WaitAsync<T>(ValueTask<T> turn, ILogger logger, CancellationToken cancellation) =>
        turn.IsCompleted || !cancellation.CanBeCanceled ? turn : WaitLongerAsync(turn, logger, cancellation);

    /// <summary>Waits until something has ended, but not for ever. The task itself says how it ended; no timer is left behind.</summary>
    public static async Task WaitAsync(Task ended, TimeSpan patience, Executor executor)
    {
        var began = executor.Clock.GetTimestamp();
        while (!ended.IsCompleted && patience - executor.Clock.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            await executor.WaitAsync(ended, Longest(left)).ConfigureAwait(false);
        }
    }

    private static async ValueTask<T> WaitLongerAsync<T>(ValueTask<T> turn, ILogger logger, CancellationToken cancellation)
    {
        var task = turn.AsTask();
        try
        {
            return await task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!task.IsCompleted)
        {
            _ = ReportAsync(task, logger);
            throw;
        }
    }

    private static async Task ReportAsync(Task abandoned, ILogger logger)
    {
        await abandoned.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (abandoned.Exception is { } exception)
        {
            Log.AbandonedTurnFailed(logger, exception);
        }
    }
}
