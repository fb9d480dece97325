using Workflow.Core.Calendars;
using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Says what happens when a signal does not come, or the succeeding rule of its event fails (statements 6.1 and 8.3).</summary>
public sealed class SignalEventBuilder
{
    private readonly List<EscalationDraft> _escalations = [];

    internal SignalEventBuilder()
    {
    }

    internal IReadOnlyList<EscalationDraft> Escalations => _escalations;

    internal ExceptionHandler? OnException { get; private set; }

    /// <summary>Decides what becomes of an exception of the event: its succeeding rule, and its escalations (statement 8.3).</summary>
    /// <param name="decide">Decides. Where it throws, the exception rule of the activity is asked.</param>
    /// <returns>This builder.</returns>
    public SignalEventBuilder ExceptionRule(ExceptionHandler decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        OnException = decide;
        return this;
    }

    /// <summary>Adds an escalation that fires when the signal does not come for too long (statement 6.1).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="after">How long after the start of the event; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <param name="then">Says what it does, for example <c>then => then.ExpireEvent()</c>.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public SignalEventBuilder Escalation(string name, Delay after, Action<EventEscalationBuilder> then, Repeat? repeat = null) =>
        Escalation(name, DueTime.After(after), then, repeat);

    /// <summary>Adds an escalation that fires at an instant, or some time before or after one (statements 6.1 and 6.3).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="when">When it fires; at once when that is past as the event starts.</param>
    /// <param name="then">Says what it does.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public SignalEventBuilder Escalation(string name, DueTime when, Action<EventEscalationBuilder> then, Repeat? repeat = null)
    {
        _escalations.Add(EscalationDraft.Of(name, when, new EventEscalationBuilder(), then, repeat));
        return this;
    }
}
