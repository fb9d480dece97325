namespace Workflow.Core.Instances;

/// <content>The way into Error, and out of it.</content>
public sealed partial class ProcessInstance
{
    /// <summary>The step that failed and those behind it; empty unless in Error (statement 8.2).</summary>
    internal IReadOnlyList<SuspendedStep> Suspended { get; private set; } = [];

    internal void Fail(ProcessError error, IReadOnlyList<SuspendedStep> suspended)
    {
        Invariant.Holds(StoredStatus is ProcessInstanceStatus.Active);
        StoredStatus = ProcessInstanceStatus.Error;
        (Error, Suspended) = (error, suspended);
        IsRecordChanged = true;
    }

    /// <summary>A step that became due in Error waits for the end of it, behind the others.</summary>
    internal void Suspend(in SuspendedStep step)
    {
        Invariant.Holds(StoredStatus is ProcessInstanceStatus.Error);
        Suspended = [.. Suspended, step];
        Touch();
    }

    /// <summary>The error is over.</summary>
    /// <returns>The steps that waited for that, in order.</returns>
    internal IReadOnlyList<SuspendedStep> LeaveError()
    {
        Invariant.Holds(StoredStatus is ProcessInstanceStatus.Error);
        var steps = Suspended;
        StoredStatus = ProcessInstanceStatus.Active;
        (Error, Suspended) = (null, []);
        IsRecordChanged = true;
        return steps;
    }

    /// <summary>Plans a call that may have failed before, at the place that its number gives it.</summary>
    internal void PlanAgain(in PlannedCall call) => _plannedCalls.AddAgain(call);
}
