using System.Runtime.CompilerServices;
using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>The things that a rule sees while it is evaluated.</summary>
internal ref struct RuleScope
{
    /// <summary>Zero for none: a scope is made for every rule that is asked, so it is kept small.</summary>
    private SlotStatus _slotStatus;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
    public ActivityInstanceDestination? Destination { get; private set; }

    public DataFields? DestinationFields { get; private set; }

    /// <summary>The slot of the answer that a slot function looks at; null outside, and for an answer without a slot.</summary>
    public Slot? Slot { get; private set; }

    /// <summary>The status of the slot that a slot function looks at; null outside, and for a destination whose slot nobody has taken.</summary>
    public readonly SlotStatus? SlotStatus => _slotStatus == 0 ? null : _slotStatus;

    /// <summary>Whether a slot function is looking at one answer.</summary>
    public bool IsInAnswer { get; private set; }

    /// <summary>Whether slot functions see the slots of <see cref="Destination"/> only.</summary>
    public bool IsOfOneDestination { get; private init; }

    /// <summary>The action that is being taken; null everywhere else.</summary>
    public ActionTaking? Taking { get; private init; }

    /// <summary>Takes the trace; null when nobody asked for one.</summary>
    public RuleRecorder? Recorder { get; private init; }

    /// <summary>The slot total, N (statement 3.7).</summary>
    public readonly int SlotTotal => IsOfOneDestination ? Destination!.SlotCount : Activity!.SlotTotal;

    /// <summary>How many slots are completed, the size of C (statement 3.7).</summary>
    public readonly int CompletedSlots => IsOfOneDestination ? CompletedSlotsOf(Destination!) : Activity!.CompletedSlots;

    /// <summary>Whether the number of completed slots is that of the answers. Where people have left a role that is followed, more may have answered than there
    /// are slots now.</summary>
    public readonly bool CountsEachSlot => IsOfOneDestination || Activity!.PlanningOrNull is not { Followed: not null };

    /// <summary>How many completed slots hold a text in a destination field; null when that is not counted.</summary>
    public readonly int? CountAnswers(int ordinal, string text) =>
        IsOfOneDestination ? Destination!.WorklistHeader?.CountAnswers(ordinal, text) : Activity!.CountAnswers(ordinal, text);

    /// <summary>How many destinations slot functions see.</summary>
    public readonly int DestinationCount => IsOfOneDestination ? 1 : Activity!.DestinationSpan.Length;

    /// <summary>A line from the start, or the finish rule.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RuleScope OfProcess(ProcessInstance process) => new(process, null, null, null, null);

    /// <summary>A preceding rule or a destination rule: asked before there is anything of the activity but its activity fields.</summary>
    public static RuleScope OfArrival(ProcessInstance process, DataFields activityFields) => new(process, null, activityFields, null, null);

    /// <summary>The URL and the text of a task that opens: as a destination rule, and the task itself.</summary>
    public static RuleScope OfTask(ActivityInstanceDestination destination) =>
        new(destination.Activity.Process, null, destination.Activity.Fields, destination, null);

    /// <summary>An operand of an action: it sees the fields of the destination, before there is an answer.</summary>
    public static RuleScope OfAction(ActionTaking taking) => OfEvent(taking.Destination) with { Taking = taking };

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

    /// <summary>A line that leaves the activity. A destination field without a slot function is that of the destination that completed the activity. If none
    /// did, it is that of the first one. Without any, it is the initial value (statement 11.7).</summary>
    public static RuleScope OfLine(ActivityInstance activity, DataFields initialDestinationFields)
    {
        var destination = activity.CompletedBy ?? (activity.DestinationCount == 0 ? null : activity.DestinationSpan[0]);
        return new RuleScope(activity.Process, activity, activity.Fields, destination, destination?.Fields ?? initialDestinationFields);
    }

    /// <summary>One of the destinations that slot functions see, in the order of planning.</summary>
    public readonly ActivityInstanceDestination DestinationAt(int index) => IsOfOneDestination ? Destination! : Activity!.DestinationSpan[index];

    public readonly RuleScope RecordedBy(RuleRecorder recorder) => this with { Recorder = recorder };

    /// <summary>The scope of a slot function that goes through completed slots.</summary>
    public readonly RuleScope ForCompletedSlots() => this with { IsInAnswer = true, _slotStatus = Instances.SlotStatus.Completed };

    /// <summary>Moves to the completed slot that a slot function looks at next. Only the function's own copy is moved: a scope that is handed on is handed on
    /// as <c>in</c>.</summary>
    public void LookAt(ActivityInstanceDestination? destination, DataFields fields, Slot? slot)
    {
        Destination = destination;
        DestinationFields = fields;
        Slot = slot;
    }

    /// <summary>Moves to the destination that a slot function looks at next.</summary>
    public void LookAt(ActivityInstanceDestination? destination, DataFields fields, Slot? slot, SlotStatus? status)
    {
        LookAt(destination, fields, slot);
        _slotStatus = status.GetValueOrDefault();
        IsInAnswer = true;
    }

    /// <summary>The fields of a scope that the binder has found to be in reach.</summary>
    public readonly DataFields FieldsOf(FieldScope scope) => FindFields(scope)!;

    public readonly DataFields? FindFields(FieldScope scope) => scope switch
    {
        FieldScope.Process => Process.Fields,
        FieldScope.Activity => ActivityFields,
        _ => DestinationFields,
    };

    private static int CompletedSlotsOf(ActivityInstanceDestination destination) => destination.WorklistHeader?.CompletedSlots ?? destination.OwnCompletedSlots;
}
