using Workflow.Core.Client;

namespace Workflow.Core.Management;

/// <summary>Leads from a connection to the commands of administrators on process instances.</summary>
public static class ProcessManagementExtensions
{
    /// <summary>Manages process instances.</summary>
    /// <param name="connection">The connection of an administrator.</param>
    /// <returns>The commands.</returns>
    public static ProcessManagement ManageProcesses(this WorkflowConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new ProcessManagement(connection.Management);
    }
}
