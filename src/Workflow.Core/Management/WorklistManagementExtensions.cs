using Workflow.Core.Client;

namespace Workflow.Core.Management;

/// <summary>Leads from a connection to the commands of administrators.</summary>
public static class WorklistManagementExtensions
{
    /// <summary>Manages the tasks of others.</summary>
    /// <param name="connection">The connection of an administrator.</param>
    /// <returns>The commands.</returns>
    public static WorklistManagement ManageWorklists(this WorkflowConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new WorklistManagement(connection.Items);
    }
}
