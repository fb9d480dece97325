using Workflow.Core.Client;

namespace Workflow.Core.Management;

/// <summary>Leads from a connection to the versions of definitions.</summary>
public static class DefinitionManagementExtensions
{
    /// <summary>Manages the versions of definitions.</summary>
    /// <param name="connection">The connection of an administrator.</param>
    /// <returns>The commands.</returns>
    public static DefinitionManagement ManageDefinitions(this WorkflowConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new DefinitionManagement(connection.Definitions);
    }
}
