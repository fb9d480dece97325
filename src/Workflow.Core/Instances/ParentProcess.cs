namespace Workflow.Core.Instances;

/// <summary>The event that has started a process instance as a sub-process (statement 7.7).</summary>
/// <param name="Serial">The serial number of the event: the process instance that it belongs to, and the destination.</param>
/// <param name="Activity">The name of its activity at the start.</param>
/// <param name="Event">The name of the event at the start.</param>
/// <param name="Depth">How many process instances there are above this one; 1 for the sub-process of an instance that nobody started as one (statement
/// 7.12).</param>
public sealed record ParentProcess(SerialNumber Serial, string Activity, string Event, int Depth)
{
    /// <summary>The process instance.</summary>
    public ProcessInstanceId Id => Serial.ProcessInstance;

    /// <summary>The number of the event instance within its process instance. The same event can start a sub-process again later.</summary>
    internal int EventInstance { get; init; }

    /// <summary>Whether somebody wants to know that the sub-process has ended: the event waits, or the sub-process is to end with its parent.</summary>
    internal bool ReportsEnd => Waits || EndsWithIt;

    /// <summary>Whether the event waits for the end of the sub-process.</summary>
    internal bool Waits { get; init; }

    /// <summary>Whether the sub-process ends with the instance that started it (statement 7.11b).</summary>
    internal bool EndsWithIt { get; init; }

    /// <summary>The process fields whose values the event receives at the end.</summary>
    internal IReadOnlyList<ReturnedField> Returned { get; init; } = [];
}
