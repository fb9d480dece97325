using Workflow.Core.Client;
using Workflow.Core.Runtime;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <summary>The change of the version of many instances of one process definition (statement 8.8d). Each instance is a command of its own. A call that was cut
/// short is repeated: the instances that are done have nothing to do any more.</summary>
/// <example>
/// <code>
/// var migration = admin.Migration("Expense claim", from: 1, to: 2, Renames.None.Activity("Approval", "Manager approval"));
/// var refused = (await migration.PreviewAsync()).Where(preview => preview.Outcome is MigrationOutcome.Refused);
/// await migration.ApplyAsync(reason: "The law has changed.");
/// </code>
/// </example>
public sealed class ProcessMigration
{
    private readonly MigratedProcesses _processes;

    internal ProcessMigration(MigratedProcesses processes) => _processes = processes;

    /// <summary>Tells for each instance of the old version that has not ended whether it can be moved, and what would be lost. Nothing changes.</summary>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A preview for each, in the order of their numbers.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Admin right.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">This host has not deployed one of the versions, or the new one was removed.</exception>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<IReadOnlyList<MigrationPreview>> PreviewAsync(CancellationToken cancellation = default) =>
        _processes.PreviewAsync(instances: null, cancellation);

    /// <summary>As <see cref="PreviewAsync(CancellationToken)"/>, for some instances.</summary>
    /// <param name="instances">The instances: at most 500.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A preview for each, in the order given.</returns>
    /// <inheritdoc cref="PreviewAsync(CancellationToken)" path="/exception"/>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<IReadOnlyList<MigrationPreview>> PreviewAsync(IReadOnlyList<ProcessInstanceId> instances, CancellationToken cancellation = default)
    {
        Check(instances);
        return _processes.PreviewAsync(instances, cancellation);
    }

    /// <summary>Moves the instances of the old version that have not ended, one after the other. One that is refused keeps no other from its move.</summary>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="progress">Hears of each result that was not cut short; null for nobody. It must not throw.</param>
    /// <param name="cancellation">Stops waiting. A move that is under way continues, and those behind it are not begun.</param>
    /// <returns>A result for each, in the order of their numbers. Once one was moved, nothing is thrown: where the store fails, or the call is cancelled, the
    /// last result has the exception.</returns>
    /// <inheritdoc cref="PreviewAsync(CancellationToken)" path="/exception"/>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<IReadOnlyList<MigrationResult>> ApplyAsync(
        string? reason = null, IProgress<MigrationResult>? progress = null, CancellationToken cancellation = default) =>
        _processes.ApplyAsync(instances: null, reason, progress, cancellation);

    /// <summary>As <see cref="ApplyAsync(string?, IProgress{MigrationResult}?, CancellationToken)"/>, for some instances. Those that are on the new version
    /// already are told as such.</summary>
    /// <param name="instances">The instances: at most 500.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="progress">Hears of each result that was not cut short; null for nobody. It must not throw.</param>
    /// <param name="cancellation">Stops waiting. A move that is under way continues, and those behind it are not begun.</param>
    /// <returns>A result for each, in the order given.</returns>
    /// <inheritdoc cref="PreviewAsync(CancellationToken)" path="/exception"/>
    [OperationRight(Operation.ManageInstance)]
    public ValueTask<IReadOnlyList<MigrationResult>> ApplyAsync(
        IReadOnlyList<ProcessInstanceId> instances,
        string? reason = null,
        IProgress<MigrationResult>? progress = null,
        CancellationToken cancellation = default)
    {
        Check(instances);
        return _processes.ApplyAsync(instances, reason, progress, cancellation);
    }

    private static void Check(IReadOnlyList<ProcessInstanceId> instances)
    {
        ArgumentNullException.ThrowIfNull(instances);
        Limits.RefuseLongList(instances.Count, "process instances", nameof(instances));
    }
}
