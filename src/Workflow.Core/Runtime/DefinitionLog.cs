using Microsoft.Extensions.Logging;
using Workflow.Core.Definitions;

namespace Workflow.Core.Runtime;

/// <summary>The log messages of the engine about definitions.</summary>
internal static partial class DefinitionLog
{
    public static void Write(ILogger logger, ProcessDefinition definition, Finding finding)
    {
        if (finding.Severity is FindingSeverity.Warning)
        {
            Found(logger, definition.Name, definition.Version, finding);
        }
        else
        {
            NotFoundOut(logger, definition.Name, definition.Version, finding);
        }
    }

    /// <summary>Statement 9.4.</summary>
    [LoggerMessage(41, LogLevel.Warning, "'{User}' shares tasks with the user '{Substitute}' while they are out of office, and "
        + "'{Definition}' version {Version} names a role or group of this name, whose members do not get them. If they were meant, name them one by one.")]
    public static partial void SharedWithNameOfRole(ILogger logger, string user, string substitute, string definition, int version);

    [LoggerMessage(30, LogLevel.Warning, "'{Definition}' version {Version}, {Finding}")]
    private static partial void Found(ILogger logger, string definition, int version, Finding finding);

    [LoggerMessage(33, LogLevel.Information, "'{Definition}' version {Version}, {Finding}")]
    private static partial void NotFoundOut(ILogger logger, string definition, int version, Finding finding);
}
