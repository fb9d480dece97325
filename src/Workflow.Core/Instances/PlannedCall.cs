using System.Diagnostics;

namespace Workflow.Core.Instances;

/// <summary>Something that an instance wants of the outside. Its kinds are closed: <see cref="CallKind"/> names them all, and each answers here with the status
/// of its call. The element that wants the call keeps its state, which is stored with that element.</summary>
internal readonly record struct PlannedCall
{
    private readonly object _owner;

    private PlannedCall(CallKind kind, int number, object owner)
    {
        Kind = kind;
        Number = number;
        _owner = owner;
    }

    public CallKind Kind { get; }

    /// <summary>The number of the event instance, or of the question. Calls are made in this order (statement 3.12),
    /// and the number is part of the idempotency key that code is given.</summary>
    public int Number { get; }

    public bool IsNone => Kind is CallKind.None;

    public CallStatus Status => Kind switch
    {
        CallKind.EventCode or CallKind.SubProcessStart => Destination.Event is { NeedsCall: true } item && item.Id == Number
            ? item.Status is EventInstanceStatus.Calling ? CallStatus.Calling : CallStatus.Planned
            : CallStatus.Over,
        CallKind.Members => Activity is { Status: ActivityInstanceStatus.Active, MemberQuestion: { } question } && question.Number == Number
            ? CallStatus.Planned
            : CallStatus.Over,
        CallKind.EscalationCode or CallKind.EscalationPeople => Firing switch
        {
            { WantsCall: false } => CallStatus.Over,
            { Status: FiringStatus.Calling } => CallStatus.Calling,
            _ => CallStatus.Planned,
        },
        CallKind.None => CallStatus.Over,
        _ => throw new UnreachableException(),
    };

    /// <summary>How often it has begun, times that the end of the host cut short included.
    /// A question may be asked as often as need be, so nobody counts.</summary>
    public int Attempts => Kind switch
    {
        CallKind.EventCode or CallKind.SubProcessStart => Destination.Event!.Attempts,
        CallKind.EscalationCode => Firing.Attempts,
        CallKind.Members or CallKind.EscalationPeople or CallKind.None => 0,
        _ => throw new UnreachableException(),
    };

    /// <summary>How often the end of the host cut it short, since it was made first or retried last. That of a question is not counted.</summary>
    public int CutShort => Kind switch
    {
        CallKind.EventCode or CallKind.SubProcessStart => Destination.Event!.CutShort,
        CallKind.EscalationCode => Firing.CutShort,
        CallKind.Members or CallKind.EscalationPeople or CallKind.None => 0,
        _ => throw new UnreachableException(),
    };

    /// <summary>The destination whose event is called.</summary>
    public ActivityInstanceDestination Destination => (ActivityInstanceDestination)_owner;

    /// <summary>The activity instance that asks for members.</summary>
    public ActivityInstance Activity => (ActivityInstance)_owner;

    /// <summary>The escalation whose action it is.</summary>
    public Firing Firing => (Firing)_owner;

    /// <summary>The names of what it belongs to: an event and its activity, an activity, or an escalation. The instance may continue and forget them.</summary>
    public (string Element, string? Event) Names => Kind switch
    {
        CallKind.EventCode or CallKind.SubProcessStart => (Destination.Activity.Name, Destination.Event!.Name),
        CallKind.Members => (Activity.Name, null),
        CallKind.EscalationCode or CallKind.EscalationPeople => (Firing.Escalation, null),
        _ => throw new UnreachableException(),
    };

    /// <summary>The call that an event wants.</summary>
    public static PlannedCall OfEvent(ActivityInstanceDestination destination) =>
        new(destination.Event!.StartsProcess ? CallKind.SubProcessStart : CallKind.EventCode, destination.Event.Id, destination);

    public static PlannedCall OfMembers(ActivityInstance activity) => new(CallKind.Members, activity.MemberQuestion!.Number, activity);

    /// <summary>The call that the action of an escalation wants.</summary>
    public static PlannedCall OfFiring(Firing firing) =>
        new(firing.Status is FiringStatus.WantsPeople ? CallKind.EscalationPeople : CallKind.EscalationCode, firing.Number, firing);

    /// <summary>It begins.</summary>
    public void Begin()
    {
        switch (Kind)
        {
            case CallKind.EventCode or CallKind.SubProcessStart:
                Destination.CallEvent();
                break;
            case CallKind.EscalationCode:
                Firing.Call();
                break;
            case CallKind.Members or CallKind.EscalationPeople:
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>It did not end, and must be made again; this time does not count.</summary>
    public void Interrupt()
    {
        switch (Kind)
        {
            case CallKind.EventCode or CallKind.SubProcessStart:
                Destination.InterruptEvent();
                break;
            case CallKind.EscalationCode:
                Firing.Interrupt();
                break;
            case CallKind.Members or CallKind.EscalationPeople:
                break;
            default:
                throw new UnreachableException();
        }
    }
}
