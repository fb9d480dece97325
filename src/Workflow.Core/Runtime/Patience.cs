using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>Lets a caller give up waiting for a turn. The turn goes on, and what fails in it then is reported.</summary>
internal static class Patience
{
    public static ValueTask<T> WaitAsync<T>(ValueTask<T> turn, ILogger logger, CancellationToken cancellation) =>
        turn.IsCompleted || !cancellation.CanBeCanceled ? turn : WaitLongerAsync(turn, logger, cancellation);

    /// <summary>Waits until something has ended, but not for ever.</summary>
    public static Task WaitAsync(Task ended, TimeSpan patience, TimeProvider clock) =>
        patience == TimeSpan.Zero ? Task.CompletedTask : Task.WhenAny(ended, Task.Delay(patience, clock));

    private static async ValueTask<T> WaitLongerAsync<T>(ValueTask<T> turn, ILogger logger, CancellationToken cancellation)
    {
        var task = turn.AsTask();
        try
        {
            return await task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!task.IsCompleted)
        {
            _ = task.ContinueWith(
                (ended, state) => Log.AbandonedTurnFailed((ILogger)state!, ended.Exception!),
                logger,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            throw;
        }
    }
}
