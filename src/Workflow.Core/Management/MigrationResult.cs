namespace Workflow.Core.Management;

/// <summary>The result of the change of the version of one of several instances (statement 8.8d).</summary>
/// <param name="ProcessInstance">The process instance.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Refusal">Why it was refused, or the exception of the store or of a cancellation at which the call stopped; null for neither. The instances
/// behind one at which the call stopped were not tried.</param>
public readonly record struct MigrationResult(ProcessInstanceId ProcessInstance, MigrationOutcome Outcome, Exception? Refusal)
{
    /// <summary>Whether the instance is on the new version now.</summary>
    public bool IsDone => Outcome is MigrationOutcome.Migrated or MigrationOutcome.NothingToDo;
}
