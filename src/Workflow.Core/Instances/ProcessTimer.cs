namespace Workflow.Core.Instances;

/// <summary>An instant at which a process instance is to be moved. It is stored with the instance and survives the host.</summary>
/// <param name="ProcessInstance">The process instance.</param>
/// <param name="Number">The number of the timer within it; positive.</param>
/// <param name="Kind">The work to do.</param>
/// <param name="ActivityInstance">The activity instance concerned.</param>
/// <param name="Destination">The activity instance destination concerned, or 0.</param>
/// <param name="DueAt">When.</param>
public readonly record struct ProcessTimer(
    ProcessInstanceId ProcessInstance, int Number, ProcessTimerKind Kind, int ActivityInstance, int Destination, DateTimeOffset DueAt);
