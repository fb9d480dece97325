namespace Workflow.Core.Management;

/// <summary>The result of the change of the version of one of several instances (statement 8.8d).</summary>
/// <param name="ProcessInstance">The process instance.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Refusal">Why it was refused; null when it was not. With an exception that is no <see cref="WorkflowException"/>, of the store or a
/// cancellation, the call stopped here, and the instances behind it were not tried.</param>
public readonly record struct MigrationResult(ProcessInstanceId ProcessInstance, MigrationOutcome Outcome, Exception? Refusal)
{
    /// <summary>Whether the instance is on the new version now.</summary>
    public bool IsDone => Outcome is MigrationOutcome.Migrated or MigrationOutcome.NothingToDo;
}
