using Workflow.Core.Client;
using Workflow.Core.Runtime;

namespace Workflow.Core.Management;

/// <summary>The administrators' commands on the versions of a process definition. Every command needs the Admin right on the process (statement 9.1).</summary>
/// <example><code>await engine.As("boss").ManageDefinitions().SetDefaultAsync("Expense claim", version: 2);</code></example>
public sealed class DefinitionManagement
{
    private readonly DefinitionCommands _commands;

    internal DefinitionManagement(DefinitionCommands commands) => _commands = commands;

    /// <summary>Lists the versions of a process definition that are deployed on any host.</summary>
    /// <param name="definition">The name of the process definition; case counts.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The versions, by their numbers; none when none is deployed.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    [OperationRight(Operation.ManageDefinitions)]
    public ValueTask<IReadOnlyList<DeployedVersion>> ListAsync(string definition, CancellationToken cancellation = default) =>
        _commands.ListAsync(definition, cancellation);

    /// <summary>Reads on which version new instances start (statement 8.7b).</summary>
    /// <param name="definition">The name of the process definition; case counts.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The version; null when none is the default.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    [OperationRight(Operation.ManageDefinitions)]
    public ValueTask<int?> FindDefaultAsync(string definition, CancellationToken cancellation = default) =>
        _commands.FindDefaultAsync(definition, cancellation);

    /// <summary>Lets new instances start on a version, on every host (statement 8.7b). This host does so at once, and others within their
    /// <see cref="WorkflowOptions.PollInterval"/>. A host that has not deployed the version refuses starts and names it. The rights of the process are then
    /// those of this version (statement 9.1).</summary>
    /// <param name="definition">The name of the process definition; case counts.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellation">Cancels the call while nothing is stored.</param>
    /// <returns>A task that ends when it is stored.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">The version was never deployed, or was removed.</exception>
    [OperationRight(Operation.ManageDefinitions)]
    public ValueTask SetDefaultAsync(string definition, int version, CancellationToken cancellation = default) =>
        _commands.SetDefaultAsync(definition, version, cancellation);

    /// <summary>Removes a version on which no instance runs (statement 8.7b). A host that has deployed it can still read its completed instances. Its number
    /// stays taken. You can deploy equal content again, and it does not become the default. Other content is refused (statement 13.8).</summary>
    /// <param name="definition">The name of the process definition; case counts.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellation">Cancels the call while nothing is stored.</param>
    /// <returns>A task that ends when it is removed.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">The version was never deployed, or was removed before.</exception>
    /// <exception cref="ProcessDefinitionInUseException">The version is the default, an instance runs on it that has not completed, or a
    /// sub-process is about to start on it.</exception>
    [OperationRight(Operation.ManageDefinitions)]
    public ValueTask RemoveAsync(string definition, int version, CancellationToken cancellation = default) =>
        _commands.RemoveAsync(definition, version, cancellation);

    /// <summary>Finds the versions on which instances run, and says which of them this engine has deployed. Instances on a version that no engine has deployed
    /// stand still, and nothing of them is lost: deploy the version, and they go on (statement 8.7c). The store may look at every instance that runs.</summary>
    /// <param name="definition">The name of a process definition; null for all on which the user has the right. Those of which this engine has no version at
    /// all are shown to the system only.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The versions with an instance that is neither Completed nor Deleted, by name and number.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The query names a process on which the user lacks the Admin right.</exception>
    /// <example><code>var lost = (await engine.AsSystem().ManageDefinitions().FindRunningAsync()).Where(version => !version.IsDeployedHere);</code></example>
    [OperationRight(Operation.ManageDefinitions)]
    public ValueTask<IReadOnlyList<RunningVersion>> FindRunningAsync(string? definition = null, CancellationToken cancellation = default) =>
        _commands.FindRunningAsync(definition, cancellation);
}
