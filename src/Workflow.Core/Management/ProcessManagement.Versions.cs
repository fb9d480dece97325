using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <content>The versions of the definition on which instances go on.</content>
public sealed partial class ProcessManagement
{
    /// <summary>Lets an instance go on in another version of its definition. Its status stays, nothing of it ends, and no rule is asked again. Active
    /// activities keep their destinations, answers and timers, and go on as the new version says (statements 8.8 to 8.8c).</summary>
    /// <param name="processInstance">The process instance, which is Active, in Error or Stopped.</param>
    /// <param name="toVersion">The version, which this host has deployed.</param>
    /// <param name="renames">The elements whose name has changed; null for none.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>Whether it was changed. False when the instance is on the version already; then its history does not tell of it.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">This host has not deployed the version, or the one on which the instance is.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is Completed or Deleted. Or the version lacks elements, which
    /// <see cref="ProcessInstanceRefusedException.Obstacles"/> names. Nothing was changed.</exception>
    /// <example><code>await admin.MigrateAsync(id, toVersion: 2, Renames.None.Activity("Approval", "Manager approval"));</code></example>
    [OperationRight(Operation.ManageInstance)]
    public async ValueTask<bool> MigrateAsync(
        ProcessInstanceId processInstance, int toVersion, Renames? renames = null, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toVersion);
        var request = new ManagementRequest.ToVersion(toVersion, renames ?? Renames.None);
        return !(await _commands.SendAsync(processInstance, request, reason, cancellation).ConfigureAwait(false)).IsNothingToDo;
    }

    /// <summary>Takes an instance out of Error in another version of its definition: the change of the version and the retry are one command. So an error is
    /// mended with a version that new instances do not start on (statement 8.2).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="onVersion">The version, which this host has deployed; the instance may be on it.</param>
    /// <param name="error">The error that is meant, as <see cref="ProcessInstance.Error"/> shows it. Another that came since is not retried. Null is for the
    /// present error (statement 8.2c).</param>
    /// <param name="renames">The elements whose name has changed; null for none.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again, in Error or not.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">This host has not deployed the version, or the one on which the instance is.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is not in Error, or it has another error. Or the version lacks elements, which
    /// <see cref="ProcessInstanceRefusedException.Obstacles"/> names. Nothing was changed.</exception>
    /// <example><code>await admin.RetryAsync(id, onVersion: 2, reason: "The sum is right now.");</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask RetryAsync(
        ProcessInstanceId processInstance,
        int onVersion,
        ProcessError? error = null,
        Renames? renames = null,
        string? reason = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(onVersion);
        return SendAsync(
            processInstance, new ManagementRequest.Retry(error, new ManagementRequest.ToVersion(onVersion, renames ?? Renames.None)), reason, cancellation);
    }
}
