using Microsoft.Extensions.Logging;

namespace Workflow.Core.Runtime;

/// <summary>The log messages about code of the host.</summary>
internal static partial class CodeLog
{
    [LoggerMessage(17, LogLevel.Warning, "Code that had been left behind because it took too long, or was not wanted any more, has failed: {Name}.")]
    public static partial void AbandonedCodeFailed(ILogger logger, string name, Exception exception);
}
