using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>What the timers write to the log.</summary>
internal static partial class TimerLog
{
    [LoggerMessage(5, LogLevel.Error, "Process instance {ProcessInstance}: timer {Timer} could not be fired; it is tried again later.")]
    public static partial void TimerNotFired(ILogger logger, long processInstance, int timer, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "Timers could not be looked for; it is tried again later.")]
    public static partial void TimersInterrupted(ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "Process instance {ProcessInstance}: the roles of activity '{Activity}' could not be followed and are asked for again at the next interval (statement 4.9): {Message}")]
    public static partial void RolesNotFollowed(ILogger logger, long processInstance, string activity, string message);
}
