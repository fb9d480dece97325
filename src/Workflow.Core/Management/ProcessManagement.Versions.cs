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

    /// <summary>Retries several instances on another version of their definition, each for itself and in the order given. One that fails again or is refused
    /// keeps no other from its retry (statements 8.2 and 8.2c).</summary>
    /// <param name="failed">The instances with their errors, as <see cref="FindErrorsAsync"/> found them: at most 500.</param>
    /// <param name="onVersion">The version, which this host has deployed; instances may be on it.</param>
    /// <param name="renames">The elements whose name has changed; null for none.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="progress">Hears of each result that was not cut short; null for nobody. It must not throw.</param>
    /// <param name="cancellation">Stops waiting. A retry that is under way continues, and those behind it are not begun.</param>
    /// <returns>A result for each, in the order given. Once one was retried, nothing is thrown: where the store fails, or the call is cancelled, the last
    /// result has the exception.</returns>
    /// <example><code>await admin.RetryEachAsync(await admin.FindErrorsAsync(new() { Definition = "Refund" }), onVersion: 2);</code></example>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<IReadOnlyList<RetryResult>> RetryEachAsync(
        IReadOnlyList<FailedProcess> failed,
        int onVersion,
        Renames? renames = null,
        string? reason = null,
        IProgress<RetryResult>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(failed);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(onVersion);
        Limits.RefuseLongList(failed.Count, "process instances", nameof(failed));
        return _failed.RetryEachAsync(failed, new ManagementRequest.ToVersion(onVersion, renames ?? Renames.None), reason, progress, cancellation);
    }

    /// <summary>Prepares the change of the version of many instances. Nothing happens before a preview is asked for, or the change is applied (statement
    /// 8.8d).</summary>
    /// <param name="definition">The name of the process definition; case counts.</param>
    /// <param name="from">The version on which the instances are.</param>
    /// <param name="to">The version that they get.</param>
    /// <param name="renames">The elements whose name has changed; null for none.</param>
    /// <returns>The migration.</returns>
    /// <exception cref="ArgumentException">The name is empty, or both versions are the same.</exception>
    public ProcessMigration Migration(string definition, int from, int to, Renames? renames = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(definition);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(to);
        ArgumentOutOfRangeException.ThrowIfEqual(to, from);
        return new ProcessMigration(new MigratedProcesses(_commands, definition, from, to, renames ?? Renames.None));
    }
}
