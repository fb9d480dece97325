using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>What a rule sees while it is evaluated.</summary>
internal readonly ref struct RuleScope
{
    private RuleScope(
        ProcessInstance process,
        ActivityInstance? activity,
        DataFields? activityFields,
        ActivityInstanceDestination? destination,
        DataFields? destinationFields)
    {
        Process = process;
        Activity = activity;
        ActivityFields = activityFields;
        Destination = destination;
        DestinationFields = destinationFields;
    }

    public ProcessInstance Process { get; }

    /// <summary>The activity instance; null before there is one.</summary>
    public ActivityInstance? Activity { get; }

    public DataFields? ActivityFields { get; }

    /// <summary>The destination whose fields an ordinary comparison reads; inside a slot function, the one that gave the answer.</summary>
    public ActivityInstanceDestination? Destination { get; private init; }

    public DataFields? DestinationFields { get; private init; }

    /// <summary>The slot of the answer that a slot function looks at; null outside, and for an answer without a slot.</summary>
    public Slot? Slot { get; private init; }

    /// <summary>The status of the answer that a slot function looks at; null outside, and for a destination that has not answered.</summary>
    public SlotStatus? SlotStatus { get; private init; }

    /// <summary>Whether a slot function is looking at one answer.</summary>
    public bool IsInAnswer { get; private init; }

    /// <summary>Whether slot functions see the slots of <see cref="Destination"/> only.</summary>
    public bool IsOfOneDestination { get; private init; }

    /// <summary>Takes the trace; null when nobody asked for one.</summary>
    public RuleRecorder? Recorder { get; private init; }

    /// <summary>The slot total, N (statement 3.7).</summary>
    public int SlotTotal => IsOfOneDestination ? Destination!.SlotCount : Activity!.SlotTotal;

    /// <summary>How many slots are completed, the size of C (statement 3.7).</summary>
    public int CompletedSlots => IsOfOneDestination ? CompletedSlotsOf(Destination!) : Activity!.CompletedSlots;

    /// <summary>How many destinations slot functions see.</summary>
    public int DestinationCount => IsOfOneDestination ? 1 : Activity!.DestinationSpan.Length;

    /// <summary>A line from the start, or the finish rule.</summary>
    public static RuleScope OfProcess(ProcessInstance process) => new(process, null, null, null, null);

    /// <summary>A preceding rule or a destination rule: asked before there is anything of the activity but its activity fields.</summary>
    public static RuleScope OfArrival(ProcessInstance process, DataFields activityFields) => new(process, null, activityFields, null, null);

    /// <summary>The succeeding rule of an event: slot functions see the slots of its own destination only.</summary>
    public static RuleScope OfEvent(ActivityInstanceDestination destination)
    {
        var activity = destination.Activity;
        return new RuleScope(activity.Process, activity, activity.Fields, destination, destination.Fields) { IsOfOneDestination = true };
    }

    /// <summary>The succeeding rule of an activity, or an outcome, asked because the destination has completed (statement 3.1).</summary>
    public static RuleScope OfActivity(ActivityInstanceDestination destination)
    {
        var activity = destination.Activity;
        return new RuleScope(activity.Process, activity, activity.Fields, destination, destination.Fields);
    }

    /// <summary>A line that leaves the activity. A destination field without a slot function is that of the destination that completed the activity; if none
    /// did, of the first one; without any, the initial value (statement 11.7).</summary>
    public static RuleScope OfLine(ActivityInstance activity, DataFields initialDestinationFields)
    {
        var destinations = activity.DestinationSpan;
        var destination = activity.CompletedBy ?? (destinations.IsEmpty ? null : destinations[0]);
        return new RuleScope(activity.Process, activity, activity.Fields, destination, destination?.Fields ?? initialDestinationFields);
    }

    public RuleScope RecordedBy(RuleRecorder recorder) => this with { Recorder = recorder };

    /// <summary>The same, while a slot function looks at one answer.</summary>
    public RuleScope Answering(ActivityInstanceDestination destination, DataFields fields, Slot? slot, SlotStatus? status) =>
        this with { Destination = destination, DestinationFields = fields, Slot = slot, SlotStatus = status, IsInAnswer = true };

    public DataFields FieldsOf(FieldScope scope)
    {
        var fields = FindFields(scope);
        Invariant.Holds(fields is not null);
        return fields;
    }

    public DataFields? FindFields(FieldScope scope) => scope switch
    {
        FieldScope.Process => Process.Fields,
        FieldScope.Activity => ActivityFields,
        _ => DestinationFields,
    };

    /// <summary>One of the destinations that slot functions see.</summary>
    public ActivityInstanceDestination DestinationAt(int index) => IsOfOneDestination ? Destination! : Activity!.DestinationSpan[index];

    private static int CompletedSlotsOf(ActivityInstanceDestination destination)
    {
        if (destination.SlotList is not { } slots)
        {
            return destination.OwnCompletedSlots;
        }

        var count = 0;
        foreach (var slot in slots)
        {
            count += slot.Status is Instances.SlotStatus.Completed ? 1 : 0;
        }

        return count;
    }
}
