using Workflow.Core.Calendars;
using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Says how an activity starts another process (statements 7.7 to 7.13).</summary>
public sealed class SubProcessBuilder
{
    private readonly List<EscalationDraft> _escalations = [];
    private readonly List<SentField> _sent = [];
    private readonly List<(ReceivedField Received, Field Into)> _received = [];
    private readonly List<string> _exchanged = [];

    internal SubProcessBuilder()
    {
    }

    internal IReadOnlyList<EscalationDraft> Escalations => _escalations;

    internal IReadOnlyList<SentField> Sent => _sent;

    internal IReadOnlyList<(ReceivedField Received, Field Into)> Received => _received;

    /// <summary>The names of the fields of the sub-process that go both ways.</summary>
    internal IReadOnlyList<string> Exchanged => _exchanged;

    internal ExceptionHandler? OnException { get; private set; }

    internal Rule? Succeeding { get; private set; }

    internal Operand<string>? FolioText { get; private set; }

    internal ChildIdentity Identity { get; private set; } = ChildIdentity.Originator;

    internal int? Version { get; private set; }

    internal bool Waits { get; private set; } = true;

    internal bool EndsWithIt { get; private set; }

    internal ChildDeleted Deleted { get; private set; } = ChildDeleted.Fails;

    /// <summary>Gives a process field of the sub-process a value when it starts (statement 7.8).</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">A data field of the process or the activity, an expression, or a constant.</param>
    /// <param name="to">The process field of the sub-process.</param>
    /// <returns>This builder.</returns>
    public SubProcessBuilder Send<T>(Operand<T> value, ProcessField<T> to)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(to);
        _sent.Add(new SentField.OfOperand<T>(value, to.Name));
        return this;
    }

    /// <summary>Gives a process field of the sub-process a constant value when it starts (statement 7.8).</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="to">The process field of the sub-process.</param>
    /// <returns>This builder.</returns>
    public SubProcessBuilder Send<T>(T value, ProcessField<T> to) => Send(Constant<T>.Of(value), to);

    /// <summary>Gives a process field of the sub-process the instance data of the slot that it is started for (statements 4.7 and 7.10).</summary>
    /// <typeparam name="T">The type of the elements of the list from which the slots get their data.</typeparam>
    /// <param name="to">The process field of the sub-process.</param>
    /// <returns>This builder.</returns>
    /// <example><code>.PlanPerSlot(Slots.ForEach(Legs)).StartsProcess("Book a flight", "Flight booking", child => child.SendSlotData(Leg))</code></example>
    public SubProcessBuilder SendSlotData<T>(ProcessField<T> to)
    {
        ArgumentNullException.ThrowIfNull(to);
        _sent.Add(new SentField.OfSlot(to.Name, to.Shape));
        return this;
    }

    /// <summary>Gives a data field the value that a field of the sub-process has when it has completed (statements 7.8 and 7.8b). Of several sub-processes that
    /// write the same field, the last one counts.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="from">The process field of the sub-process.</param>
    /// <param name="into">The process, activity or destination field that gets the value.</param>
    /// <returns>This builder.</returns>
    public SubProcessBuilder Receive<T>(ProcessField<T> from, Field<T> into)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(into);
        _received.Add((new ReceivedField(from.Name, into.Name, into.Shape), into));
        return this;
    }

    /// <summary>Sends the value of a data field to a process field of the sub-process, and receives it again when that has completed (statement 7.8).</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="field">The process, activity or destination field.</param>
    /// <param name="with">The process field of the sub-process.</param>
    /// <returns>This builder.</returns>
    public SubProcessBuilder Exchange<T>(Field<T> field, ProcessField<T> with)
    {
        ArgumentNullException.ThrowIfNull(with);
        _exchanged.Add(with.Name);
        return Send(field, with).Receive(with, field);
    }

    /// <summary>Sets what people call the sub-process, as a text with names of data fields in braces (statement 7.8).</summary>
    /// <param name="template">The text: <c>{Traveller}</c> stands for the value of a process or activity field, <c>{{</c> for a brace. With the values, it has
    /// at most 256 characters.</param>
    /// <returns>This builder.</returns>
    /// <example><code>child.Folio("Flight for {Traveller}")</code></example>
    public SubProcessBuilder Folio(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        FolioText = TextTemplate.Parse(template, isUrl: false);
        return this;
    }

    /// <summary>Sets what people call the sub-process (statement 7.8).</summary>
    /// <param name="folio">A data field or an expression; its value has at most 256 characters.</param>
    /// <returns>This builder.</returns>
    public SubProcessBuilder Folio(Operand<string> folio)
    {
        ArgumentNullException.ThrowIfNull(folio);
        FolioText = folio;
        return this;
    }

    /// <summary>Starts the sub-process in the name of the user who started this one. This is the default (statement 7.9).</summary>
    /// <returns>This builder.</returns>
    public SubProcessBuilder AsOriginator() => In(ChildIdentity.Originator);

    /// <summary>Starts the sub-process in the name of the host itself, which has every right (statement 7.9).</summary>
    /// <returns>This builder.</returns>
    public SubProcessBuilder AsSystem() => In(ChildIdentity.Host);

    /// <summary>Starts the sub-process in the name of a fixed user, who needs the Start right to it (statement 7.9).</summary>
    /// <param name="user">The name of the user.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The name cannot be that of a user.</exception>
    public SubProcessBuilder As(string user) => In(ChildIdentity.Of(user));

    /// <summary>Starts a certain version. Without this it is the default version at the instant of the start (statement 7.13).</summary>
    /// <param name="version">The version; positive.</param>
    /// <returns>This builder.</returns>
    public SubProcessBuilder OnVersion(int version)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(version);
        Version = version;
        return this;
    }

    /// <summary>Waits until the sub-process has ended. This is the default (statement 7.7).</summary>
    /// <returns>This builder.</returns>
    public SubProcessBuilder WaitForIt() => Wait(true);

    /// <summary>Goes on as soon as the sub-process is on its way. Nothing can be received from it then (statements 7.7 and 7.8b).</summary>
    /// <returns>This builder.</returns>
    public SubProcessBuilder GoOn() => Wait(false);

    /// <summary>Ends the sub-process, if it is still at work, when the instance ends that has started it. Without this it continues alone (statement
    /// 7.11b).</summary>
    /// <returns>This builder.</returns>
    public SubProcessBuilder EndWithParent()
    {
        EndsWithIt = true;
        return this;
    }

    /// <summary>Decides what becomes of the event when somebody deletes the sub-process for which it waits. Without this it fails, and a retry starts a new
    /// sub-process (statement 7.11).</summary>
    /// <param name="decision">The decision.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such decision.</exception>
    public SubProcessBuilder WhenDeleted(ChildDeleted decision)
    {
        if (!Enum.IsDefined(decision))
        {
            throw new ArgumentOutOfRangeException(nameof(decision), decision, "There is no such decision.");
        }

        Deleted = decision;
        return this;
    }

    /// <summary>Decides whether the event is done when the sub-process has completed. When it is false, the event is stalled (statements 0.3 and
    /// 7.3).</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>This builder.</returns>
    public SubProcessBuilder SucceedingRule(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Succeeding = rule;
        return this;
    }

    /// <summary>Decides what becomes of an exception of the event, for example when the sub-process cannot be started (statement 8.3).</summary>
    /// <param name="decide">Decides. Where it throws, the exception rule of the activity is asked.</param>
    /// <returns>This builder.</returns>
    public SubProcessBuilder ExceptionRule(ExceptionHandler decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        OnException = decide;
        return this;
    }

    /// <summary>Adds an escalation that fires when the event waits too long for the sub-process (statement 6.1).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="after">How long after the start of the event; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <param name="then">Says what it does.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public SubProcessBuilder Escalation(string name, Delay after, Action<EventEscalationBuilder> then, Repeat? repeat = null) =>
        Escalation(name, DueTime.After(after), then, repeat);

    /// <summary>Adds an escalation that fires at an instant, or some time before or after one (statements 6.1 and 6.3).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="when">When it fires; at once when that is past as the event starts.</param>
    /// <param name="then">Says what it does.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public SubProcessBuilder Escalation(string name, DueTime when, Action<EventEscalationBuilder> then, Repeat? repeat = null)
    {
        _escalations.Add(EscalationDraft.Of(name, when, new EventEscalationBuilder(), then, repeat));
        return this;
    }

    private SubProcessBuilder In(ChildIdentity identity)
    {
        Identity = identity;
        return this;
    }

    private SubProcessBuilder Wait(bool waits)
    {
        Waits = waits;
        return this;
    }
}
