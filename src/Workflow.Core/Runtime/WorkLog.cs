using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>What the work that nobody waits for writes to the log.</summary>
internal static partial class WorkLog
{
    [LoggerMessage(5, LogLevel.Error, "Process instance {ProcessInstance} could not be moved by what is due; it is tried again later.")]
    public static partial void NotTakenUp(ILogger logger, long processInstance, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "What is due could not be looked for; it is tried again later.")]
    public static partial void Interrupted(ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "Process instance {ProcessInstance}: the roles of activity '{Activity}' could not be followed and are asked for again at the next interval (statement 4.9): {Message}")]
    public static partial void RolesNotFollowed(ILogger logger, long processInstance, string activity, string message, Exception? exception);

    [LoggerMessage(36, LogLevel.Information, "The resolver did not say whether it knows the roles and groups of tasks, and who belongs to "
        + "them. Nothing depends on it. {Message}")]
    public static partial void RolesNotAsked(ILogger logger, string message);

    [LoggerMessage(8, LogLevel.Error, "Process instance {ProcessInstance} was set aside: no engine takes it up by itself any more, until an administrator lets it. {Reason}")]
    public static partial void SetAside(ILogger logger, long processInstance, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Process instance {ProcessInstance} was written by a newer version of the library and is left to engines that can read it. {Message}")]
    public static partial void LeftToNewer(ILogger logger, long processInstance, string message);

    [LoggerMessage(9, LogLevel.Error, "Timer {Timer} of process instance {ProcessInstance} could not be fired; it is tried again later.")]
    public static partial void TimerNotFired(ILogger logger, long processInstance, int timer, Exception exception);

    [LoggerMessage(18, LogLevel.Error, "Process instance {ProcessInstance} was moved by a timer, which is stored and stands; what follows from it is still open, and the engine goes on with it by itself.")]
    public static partial void PartlyMoved(ILogger logger, long processInstance, Exception exception);
}
