namespace Workflow.Core.Instances;

/// <summary>An instant at which a process instance is to be moved. It is stored with the instance and survives the host. It ends with its owner: the event
/// instance, or without one the destination, the activity instance, or the process instance itself. An owner may have several.</summary>
/// <param name="ProcessInstance">The process instance.</param>
/// <param name="Number">The number of the timer within it; positive. Timers that are due at one instant fire in this order.</param>
/// <param name="Kind">The work to do.</param>
/// <param name="ActivityInstance">The activity instance that owns it, or that its owner belongs to; 0 for a timer of the process instance.</param>
/// <param name="Destination">The activity instance destination that owns it, or that its owner belongs to, or 0.</param>
/// <param name="DueAt">When.</param>
/// <param name="EventInstance">The event instance that owns it, or 0. It is 0 too when version 0.1 armed the timer.</param>
/// <param name="Element">The name of the element of the definition that it was armed for; empty when version 0.1 armed it.</param>
/// <param name="Occurrence">Which of the timers of its element and kind it is, counted from 1; 0 when version 0.1 armed it.</param>
public readonly record struct ProcessTimer(
    ProcessInstanceId ProcessInstance,
    int Number,
    ProcessTimerKind Kind,
    int ActivityInstance,
    int Destination,
    DateTimeOffset DueAt,
    int EventInstance = 0,
    string Element = "",
    int Occurrence = 0);
