using Workflow.Core.Instances;

namespace Workflow.Core.Contexts;

/// <summary>The context of a server event: everything that its code can see and ask for. The engine applies the writes when the code returns. Code that throws
/// leaves none of them behind (statement 8.1).</summary>
public sealed class ServerEventContext : CodeContext
{
    private readonly EventInstance _event;
    private readonly bool _isPure;
    private readonly bool _isForOne;

    /// <param name="destination">The destination whose event is called.</param>
    /// <param name="isPure">Whether the event is marked pure.</param>
    /// <param name="isForOne">Whether the plan gives each destination an activity instance destination of its own.</param>
    /// <param name="turn">The turn that calls; null where code is called without an engine.</param>
    internal ServerEventContext(ActivityInstanceDestination destination, bool isPure, bool isForOne, CallingTurn? turn = null)
        : base(turn)
    {
        _isForOne = isForOne;
        Destination = destination;
        _event = destination.Event!;
        _isPure = isPure;
    }

    /// <summary>The serial number under which an outside system finishes this event, once the code has called <see cref="WaitUntilFinished()"/>
    /// (statements 1.2 and 7.1). The code may pass it on at once.</summary>
    public SerialNumber Serial => Destination.Serial;

    /// <inheritdoc/>
    public override int Attempt => _event.Attempts;

    /// <summary>The name of the activity.</summary>
    public string Activity => Destination.Activity.Name;

    /// <summary>The name of the event.</summary>
    public string Event => _event.Name;

    /// <summary>The users, groups and roles that the activity instance destination is for: one in the plans per destination, everybody in plan just once
    /// (statement 4.5).</summary>
    public IReadOnlyList<Destination> Destinations => Destination.People;

    /// <summary>The user of the activity instance destination; null in plan just once and plan per slot, and for a role or group (statement 4.3).</summary>
    public string? User => _isForOne && Destination.People[0] is { Kind: DestinationKind.User } user ? user.Name : null;

    /// <summary>The value for this slot from the initialization list of plan per slot (statement 4.7). Null without a list or when the list is
    /// shorter.</summary>
    public FieldValue InstanceData => Destination.InstanceData;

    internal ActivityInstanceDestination Destination { get; }

    internal override ProcessInstance Process => Destination.Activity.Process;

    internal override ActivityInstanceDestination OwnDestination => Destination;

    internal override ActivityInstance OwnActivity => Destination.Activity;

    /// <summary>Whether the code has called <see cref="WaitUntilFinished()"/>.</summary>
    public bool IsWaiting => Asked is CodeRequest.Wait;

    /// <summary>The key given to <see cref="WaitUntilFinished(string)"/>; null for none.</summary>
    public string? CorrelationKey => (Asked as CodeRequest.Wait)?.CorrelationKey;

    private protected override int CallNumber => _event.Id;

    /// <inheritdoc/>
    public override string Element => $"server event '{Event}' of '{Activity}'";

    /// <summary>Makes the event asynchronous: when the code has returned, a server item waits until it is finished by its serial number
    /// (statement 7.1).</summary>
    /// <exception cref="InvalidOperationException">The event is marked pure; handing out work is a side effect (statement 14.4). Or the code has asked for a
    /// goto, or for the end of its activity.</exception>
    public void WaitUntilFinished()
    {
        RefuseWait();
        Asked ??= CodeRequest.Wait.WithoutKey;
    }

    /// <summary>Makes the event asynchronous and gives its server item a key to find it by (statement 7.2). An example is the number that the outside system
    /// uses.</summary>
    /// <param name="correlationKey">The key; 1 to 256 characters.</param>
    /// <exception cref="InvalidOperationException">The event is marked pure (statement 14.4). Or the code has asked for a goto, or for the end of its
    /// activity.</exception>
    public void WaitUntilFinished(string correlationKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(correlationKey);
        Limits.RefuseLongText(correlationKey);
        RefuseWait();
        Asked = new CodeRequest.Wait(correlationKey);
    }

    /// <summary>Goes to an activity when the code returns. No later event of the destination runs. The lines of its own activity are followed all the same
    /// (statement 7.6).</summary>
    /// <param name="activity">The name of the activity that starts.</param>
    /// <param name="expiring">The activities that end: everything, or the event's own, which it is when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <exception cref="ArgumentException">The definition has no such activity, or the event's own activity is not to end.</exception>
    /// <exception cref="InvalidOperationException">The code has asked for something else already (statement 10.10c).</exception>
    public void GoTo(string activity, Expiring? expiring = null, ActiveTarget ifActive = ActiveTarget.Again)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (expiring?.Activity is not null)
        {
            throw new ArgumentException(
                $"The code of {Element} goes to '{Names.Printable(activity)}' and is to expire {expiring}. A server event ends its own activity, or "
                    + "everything.",
                nameof(expiring));
        }

        Request(new GotoRequest(activity, expiring ?? Expiring.OwnActivity, ifActive));
    }

    /// <summary>Ends the event's own activity as Expired when the code returns. No later event of it runs, and its lines are asked (statement 7.5).</summary>
    /// <exception cref="InvalidOperationException">The code has asked for something else already (statement 10.10c).</exception>
    public void ExpireActivity() => RequestExpiry();

    private void RefuseWait()
    {
        base.RefuseUnlessFirst();
        if (_isPure)
        {
            throw new InvalidOperationException(
                $"The server event '{Event}' of '{Activity}' is pure, so it cannot wait for an outside system. Declare it with Server instead of PureServer.");
        }
    }

    private protected override void RefuseUnlessFirst()
    {
        base.RefuseUnlessFirst();
        if (IsWaiting)
        {
            throw new InvalidOperationException(
                $"The code of {Element} has asked to wait for an outside system already. Either wait, or end the activity.");
        }
    }
}
