using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>The log messages of the work that nobody waits for.</summary>
internal static partial class WorkLog
{
    [LoggerMessage(5, LogLevel.Error, "Process instance {ProcessInstance} could not continue with its due work. The engine tries again later.")]
    public static partial void NotTakenUp(ILogger logger, long processInstance, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "The engine could not look for due work. It tries again later.")]
    public static partial void Interrupted(ILogger logger, Exception exception);

    /// <summary>Statement 4.9.</summary>
    [LoggerMessage(7, LogLevel.Warning, "Process instance {ProcessInstance}: the roles of activity '{Activity}' could not be synchronized. The engine asks "
        + "for them again at the next interval: {Message}")]
    public static partial void RolesNotFollowed(ILogger logger, long processInstance, string activity, string message, Exception? exception);

    /// <summary>Statement 4.12.</summary>
    [LoggerMessage(36, LogLevel.Warning, "The resolver did not say whether it knows the roles and groups of open tasks. A task for an unknown role "
        + "is on nobody's worklist. The tasks remain, and the engine asks again after the role interval. Find out why the resolver fails: {Message}")]
    public static partial void RolesNotAsked(ILogger logger, string message, Exception? exception);

    /// <summary>Statement 4.12.</summary>
    [LoggerMessage(37, LogLevel.Warning, "Process instance {ProcessInstance}: the resolver does not know {Roles}, or names nobody who may act "
        + "through them, so a task for them is on nobody's worklist. The engine could not note that in the history, and tries again after "
        + "the role interval. Add them or somebody to the resolver, or redirect the task. {Message}")]
    public static partial void UnknownRolesNotReported(ILogger logger, long processInstance, string roles, string message, Exception exception);

    /// <summary>Statement 1.9.</summary>
    [LoggerMessage(38, LogLevel.Warning, "The engine could not find out whether users have left the roles through which they hold slots. Until it knows, "
        + "they keep the "
        + "slots. It asks again after the role interval: {Message}")]
    public static partial void HoldersNotAsked(ILogger logger, string message, Exception? exception);

    [LoggerMessage(8, LogLevel.Error, "Process instance {ProcessInstance} was set aside. No engine continues it by itself until an administrator allows "
        + "that. {Reason}")]
    public static partial void SetAside(ILogger logger, long processInstance, string reason);

    [LoggerMessage(
        10, LogLevel.Warning,
        "Process instance {ProcessInstance} was written by a newer version of the library and is left to engines that can read it. {Message}")]
    public static partial void LeftToNewer(ILogger logger, long processInstance, string message);

    [LoggerMessage(
        87, LogLevel.Error,
        "A message of process instance {Sender} to process instance {ProcessInstance} could not be delivered. The engine tries again later.")]
    public static partial void NotDelivered(ILogger logger, long processInstance, long sender, Exception exception);

    [LoggerMessage(
        88, LogLevel.Error,
        "A message of process instance {Sender} to process instance {ProcessInstance} cannot be read, and is left to engines that can read it. {Message}")]
    public static partial void MessageNotRead(ILogger logger, long processInstance, long sender, string message);

    [LoggerMessage(
        89, LogLevel.Warning,
        "A message of process instance {Sender} to process instance {ProcessInstance} waits for an engine that has the definition. {Message}")]
    public static partial void ReceiverNotDeployed(ILogger logger, long processInstance, long sender, string message);

    [LoggerMessage(9, LogLevel.Error, "Timer {Timer} of process instance {ProcessInstance} could not be fired. The engine tries again later.")]
    public static partial void TimerNotFired(ILogger logger, long processInstance, int timer, Exception exception);

    [LoggerMessage(18, LogLevel.Error, "Process instance {ProcessInstance} was moved by a timer, and that is stored and remains in effect. Its consequences "
        + "are still open, and the engine continues with them by itself.")]
    public static partial void PartlyMoved(ILogger logger, long processInstance, Exception exception);
}
