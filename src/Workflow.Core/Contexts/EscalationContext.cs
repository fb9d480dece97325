using Workflow.Core.Instances;

namespace Workflow.Core.Contexts;

/// <summary>The context of an escalation: everything that its code can see and ask for. The engine applies the writes when the code returns. Code that throws
/// leaves none of them behind, and puts the instance into Error (statement 6.11).</summary>
public sealed class EscalationContext : CodeContext
{
    private readonly Firing _firing;
    private readonly int _total;

    /// <param name="firing">What has fired.</param>
    /// <param name="total">How often the escalation fires in all.</param>
    /// <param name="turn">The turn that calls; null where code is called without an engine.</param>
    internal EscalationContext(Firing firing, int total, CallingTurn? turn = null)
        : base(turn)
    {
        _firing = firing;
        _total = total;
        (OwnActivity, OwnDestination) = (firing.Activity, firing.Destination);
    }

    /// <summary>The name of the escalation.</summary>
    public string Escalation => _firing.Escalation;

    /// <summary>The due instant that the firing is for. The code may run later (statement 6.4b).</summary>
    public DateTimeOffset DueAt => _firing.DueAt;

    /// <summary>Which firing it is, counted from 1. When it stands for several that were missed, the latest of them (statement 6.4b).</summary>
    public int Number => _firing.Occurrence;

    /// <summary>For how many due instants it stands; 1 unless some were missed (statement 6.4b).</summary>
    public int StandsFor => _firing.StandsFor;

    /// <summary>Whether it is the last firing. After any other the escalation fires again, unless its element ends before.</summary>
    public bool IsLast => Number == _total;

    /// <inheritdoc/>
    public override int Attempt => _firing.Attempts;

    /// <summary>The name of the activity; null for an escalation of the process.</summary>
    public string? Activity => OwnActivity?.Name;

    /// <summary>The name of the event; null for an escalation of the process or of an activity.</summary>
    public string? Event => OwnDestination?.Event?.Name;

    /// <summary>The serial number of the event; null for an escalation of the process or of an activity.</summary>
    public SerialNumber? Serial => OwnDestination?.Serial;

    /// <summary>The users, groups and roles for whom the work is that is open: of the event or of the whole activity. Users who have answered are left
    /// out.</summary>
    public IReadOnlyList<Destination> Destinations => OwnDestination is { } one ? [.. one.OpenFor()]
        : OwnActivity is { } activity
            ? [.. activity.Destinations.Where(item => item.Status is DestinationStatus.Active).SelectMany(item => item.OpenFor()).Distinct()]
            : [];

    internal override ProcessInstance Process => _firing.Process;

    internal override ActivityInstanceDestination? OwnDestination { get; }

    internal override ActivityInstance? OwnActivity { get; }

    /// <summary>The firing whose action the code is.</summary>
    internal Firing Firing => _firing;

    private protected override int CallNumber => _firing.Number;

    /// <inheritdoc/>
    public override string Element => (Event, Activity) switch
    {
        ({ } one, { } activity) => $"escalation '{Escalation}' of event '{one}' of '{activity}'",
        (_, { } activity) => $"escalation '{Escalation}' of '{activity}'",
        _ => $"escalation '{Escalation}'",
    };

    /// <summary>Goes to an activity when the code returns. No line is followed of what expires (statement 10.10).</summary>
    /// <param name="activity">The name of the activity that starts.</param>
    /// <param name="expiring">The activities that end; everything when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <exception cref="ArgumentException">The definition has no such activity.</exception>
    /// <exception cref="InvalidOperationException">The code has asked for something else already (statement 10.10c). Or an escalation of the process is to
    /// expire its own activity.</exception>
    public void GoTo(string activity, Expiring? expiring = null, ActiveTarget ifActive = ActiveTarget.Again)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (expiring == Expiring.OwnActivity)
        {
            RefuseWithoutActivity();
        }

        Request(new GotoRequest(activity, expiring ?? Expiring.Everything, ifActive));
    }

    /// <summary>Ends the activity as Expired when the code returns. Its lines are followed (statement 6.8).</summary>
    /// <exception cref="InvalidOperationException">The code has asked for something else already (statement 10.10c). Or it is an escalation of the
    /// process.</exception>
    public void ExpireActivity()
    {
        RefuseWithoutActivity();
        RequestExpiry();
    }

    private void RefuseWithoutActivity()
    {
        if (OwnActivity is null)
        {
            throw new InvalidOperationException(
                $"The {Element} is one of the process, which is no activity that could expire. Name the activity with Expiring.Only(...).");
        }
    }
}
