namespace Workflow.Core.Instances;

/// <content>The ways into Error and Stopped, out of them, and the end by an administrator.</content>
public sealed partial class ProcessInstance
{
    /// <summary>The work that waits for the end of Error or Stopped; null where nothing does, as in most instances.</summary>
    private HaltedWork? _halt;

    /// <summary>The steps that wait until the instance moves again, in order. In Error the first one is the step that failed (statements 8.2 and 8.6). Empty
    /// unless in Error or Stopped.</summary>
    internal IReadOnlyList<SuspendedStep> Suspended
    {
        get => _halt?.Steps ?? [];
        private set => Halt.Steps = value;
    }

    /// <summary>The elements, in words, whose questions the failed step does not ask any more, because an administrator has skipped them (statement
    /// 8.2b).</summary>
    internal IReadOnlyList<string> Skipped => _halt?.Skipped ?? [];

    /// <summary>Whether a question was passed over since the last step ended.</summary>
    internal bool HasPassedOver => _halt is { HasPassedOver: true };

    private HaltedWork Halt => _halt ??= new HaltedWork();

    /// <summary>The failed step is taken without a question.</summary>
    internal void Skip(string element) => Halt.Skipped = [.. Skipped, element];

    /// <summary>Whether a question is not asked.</summary>
    internal bool PassesOver(string element)
    {
        var isSkipped = Skipped.Contains(element, StringComparer.Ordinal);
        Halt.HasPassedOver |= isSkipped;
        return isSkipped;
    }

    /// <summary>A step has ended. Other steps ask again.</summary>
    internal void EndSkips() => _halt = Suspended is { Count: > 0 } steps ? new HaltedWork { Steps = steps } : null;

    internal void Fail(ProcessError error, IReadOnlyList<SuspendedStep> suspended)
    {
        Invariant.Holds(StoredStatus is ProcessInstanceStatus.Active);
        StoredStatus = ProcessInstanceStatus.Error;
        (Error, Suspended, Halt.HasPassedOver) = (error, suspended, false);
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
        Error = null;
        _joins?.IsToAsk = true;
        _waits?.IsToAsk = true;
        _halt = Skipped is { Count: > 0 } skipped ? new HaltedWork { Skipped = skipped } : null;
        IsRecordChanged = true;
        return steps;
    }

    /// <summary>An administrator has ended the instance, of which nothing is active any more.</summary>
    internal void Delete(DateTimeOffset now)
    {
        Invariant.Holds(StoredStatus is not ProcessInstanceStatus.Deleted && ActivityCount == 0);
        _timers?.End(TimerOwner.Process);
        StoredStatus = ProcessInstanceStatus.Deleted;
        (Error, _halt) = (null, null);
        _endedAt = _endedAt == 0 ? now.UtcTicks : _endedAt;
        IsRecordChanged = true;
    }

    /// <summary>The store finds the instance by something that has changed.</summary>
    internal void RecordChanged()
    {
        IsRecordChanged = true;
        Touch();
    }

    /// <summary>Restores what the failed step does not ask any more.</summary>
    internal void RestoreSkipped(IReadOnlyList<string> skipped)
    {
        if (skipped.Count > 0)
        {
            Halt.Skipped = skipped;
        }
    }

    /// <summary>Plans a call that may have failed before, at the place that its number gives it.</summary>
    internal void PlanAgain(in PlannedCall call) => _plannedCalls.AddAgain(call);

    /// <summary>The work that waits for the end of Error or Stopped.</summary>
    private sealed class HaltedWork
    {
        public IReadOnlyList<SuspendedStep> Steps { get; set; } = [];

        public IReadOnlyList<string> Skipped { get; set; } = [];

        public bool HasPassedOver { get; set; }
    }
}
