using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>The log messages about code of the host.</summary>
internal static partial class CodeLog
{
    [LoggerMessage(17, LogLevel.Warning, "Abandoned code, which took too long or was no longer wanted, has failed: {Name}.")]
    public static partial void AbandonedCodeFailed(ILogger logger, string name, Exception exception);

    /// <summary>Statement 7.1b.</summary>
    [LoggerMessage(86, LogLevel.Warning, "The class '{Class}' has thrown, and so did what was disposed of after its call. The call has failed with the "
        + "exception of the class.")]
    public static partial void ScopeNotEnded(ILogger logger, string @class, Exception exception);

    /// <summary>Statements 7.1b and 14.4.</summary>
    [LoggerMessage(90, LogLevel.Warning, "A call of the class '{Class}' was interrupted, because the services of the engine have been disposed of. The next "
        + "engine makes it. Stop the engine before its services.")]
    public static partial void ServicesGone(ILogger logger, string @class, Exception exception);

    /// <summary>Statement 5.5e.</summary>
    [LoggerMessage(45, LogLevel.Warning, "WorkflowOptions.WorkingHoursSource was asked again for the working hours '{Hours}' and gave none. Those that it gave "
        + "before stay. {Problem}")]
    public static partial void HoursNotGiven(ILogger logger, string hours, string problem, Exception? exception);
}
