namespace Workflow.Core.Instances;

/// <content>The wait for an exclusive group or a milestone.</content>
public sealed partial class ActivityInstance
{
    /// <summary>Why it has not begun, while its milestone is not reached (statement 13.1j) or its exclusive group is held (statement 13.1f); null
    /// otherwise.</summary>
    public ActivityWait? Wait => Process.WaitsOrNull is { } waits && waits.WaitOf(this) is { } wait
        ? new ActivityWait(wait.AwaitsMilestone, waits.HoldersFor(this), waits.WaitingBefore(this))
        : null;

    /// <summary>Whether it holds an exclusive group, from the instant at which it begins until it ends (statement 13.1f).</summary>
    public bool HoldsGroup => Process.WaitsOrNull?.Holding.Contains(Id) is true;
}
