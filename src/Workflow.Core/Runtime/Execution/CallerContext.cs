namespace Workflow.Core.Runtime.Execution;

/// <summary>The context of a caller's thread: a synchronization context or a task scheduler. Code below could wait for a thread that the caller blocks, so the
/// engine does not work there (statement 14.7b).</summary>
internal static class CallerContext
{
    /// <summary>Whether the current thread belongs to a context of its caller.</summary>
    public static bool IsPresent => SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default;

    /// <summary>Continues outside of the caller's context. Without one, it continues at once and costs nothing.</summary>
    public static System.Runtime.CompilerServices.ConfiguredTaskAwaitable LeaveAsync() =>
        Task.CompletedTask.ConfigureAwait(IsPresent ? ConfigureAwaitOptions.ForceYielding : ConfigureAwaitOptions.None);
}
