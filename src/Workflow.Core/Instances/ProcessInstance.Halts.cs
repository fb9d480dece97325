namespace Workflow.Core.Instances;

/// <content>The ways into Error and Stopped, out of them, and the end by an administrator.</content>
public sealed partial class ProcessInstance
{
    /// <summary>The steps that wait until the instance moves again, in order. In Error the first one is the step that failed (statements 8.2 and 8.6). Empty
    /// unless in Error or Stopped.</summary>
    internal IReadOnlyList<SuspendedStep> Suspended { get; private set; } = [];

    /// <summary>The elements, in words, whose questions the failed step does not ask any more, because an administrator has skipped them (statement
    /// 8.2b).</summary>
    internal IReadOnlyList<string> Skipped { get; private set; } = [];

    /// <summary>Whether a question was passed over since the last step ended.</summary>
    internal bool HasPassedOver { get; private set; }

    /// <summary>The failed step is taken without a question.</summary>
    internal void Skip(string element) => Skipped = [.. Skipped, element];

    /// <summary>Whether a question is not asked.</summary>
    internal bool PassesOver(string element)
    {
        var isSkipped = Skipped.Contains(element, StringComparer.Ordinal);
        HasPassedOver |= isSkipped;
        return isSkipped;
    }

    /// <summary>A step has ended. Other steps ask again.</summary>
    internal void EndSkips() => (Skipped, HasPassedOver) = ([], false);

    internal void Fail(ProcessError error, IReadOnlyList<SuspendedStep> suspended)
    {
        Invariant.Holds(StoredStatus is ProcessInstanceStatus.Active);
        StoredStatus = ProcessInstanceStatus.Error;
        (Error, Suspended, HasPassedOver) = (error, suspended, false);
        IsRecordChanged = true;
    }

    internal void Stop()
    {
        Invariant.Holds(StoredStatus is ProcessInstanceStatus.Active);
        StoredStatus = ProcessInstanceStatus.Stopped;
        IsRecordChanged = true;
    }

    /// <summary>A step waits until the instance moves again, behind the others.</summary>
    internal void Suspend(in SuspendedStep step)
    {
        Invariant.Holds(StoredStatus.IsHalted());
        Suspended = [.. Suspended, step];
        Touch();
    }

    /// <summary>The steps that have waited so far are not taken any more.</summary>
    internal void DropSuspended()
    {
        Invariant.Holds(StoredStatus is ProcessInstanceStatus.Stopped);
        Suspended = [];
        Touch();
    }

    /// <summary>The instance moves again.</summary>
    /// <returns>The steps that waited for that, in order.</returns>
    internal IReadOnlyList<SuspendedStep> LeaveHalt()
    {
        Invariant.Holds(StoredStatus.IsHalted());
        var steps = Suspended;
        StoredStatus = ProcessInstanceStatus.Active;
        (Error, Suspended) = (null, []);
        IsRecordChanged = true;
        return steps;
    }

    /// <summary>An administrator has ended the instance, of which nothing is active any more.</summary>
    internal void Delete(DateTimeOffset now)
    {
        Invariant.Holds(StoredStatus is not ProcessInstanceStatus.Deleted && ActivityCount == 0);
        _timers?.End(TimerOwner.Process);
        StoredStatus = ProcessInstanceStatus.Deleted;
        (Error, Suspended) = (null, []);
        EndedAt ??= now;
        IsRecordChanged = true;
    }

    /// <summary>Restores what the failed step does not ask any more.</summary>
    internal void RestoreSkipped(IReadOnlyList<string> skipped) => Skipped = skipped;

    /// <summary>Plans a call that may have failed before, at the place that its number gives it.</summary>
    internal void PlanAgain(in PlannedCall call) => _plannedCalls.AddAgain(call);
}
