using Workflow.Core.Instances;

namespace Workflow.Core.Management;

/// <summary>The result of working the timers of one of several instances out anew (statement 5.9).</summary>
/// <param name="ProcessInstance">The process instance.</param>
/// <param name="Timers">Its timers that are counted in the calendar, those included that keep their instant; empty when it has none, or was refused.</param>
/// <param name="Refusal">Why it was refused, or the exception of the store or of a cancellation at which the call stopped; null for neither. The instances
/// behind one at which the call stopped were not tried.</param>
public readonly record struct RecomputeResult(ProcessInstanceId ProcessInstance, IReadOnlyList<RecomputedTimer> Timers, Exception? Refusal)
{
    /// <summary>Whether its timers are due now as the calendar says, those with a problem aside.</summary>
    public bool IsDone => Refusal is null;
}
