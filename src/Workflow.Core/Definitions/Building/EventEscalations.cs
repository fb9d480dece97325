using Workflow.Core.Calendars;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>The escalations of a server event (statement 6.1).</summary>
public sealed class EventEscalations
{
    private readonly List<EscalationDraft> _drafts = [];

    internal EventEscalations()
    {
    }

    internal IReadOnlyList<EscalationDraft> Drafts => _drafts;

    /// <summary>Adds an escalation that fires when the event waits too long to be finished (statement 6.1). It does not fire while the code of the event runs
    /// (statement 6.6b).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="after">How long after the start of the event; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <param name="then">Says what it does.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public EventEscalations Escalation(string name, Delay after, Action<EventEscalationBuilder> then, Repeat? repeat = null) =>
        Escalation(name, DueTime.After(after), then, repeat);

    /// <summary>Adds an escalation that fires at an instant, or some time before or after one (statements 6.1 and 6.3).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="when">When it fires; at once when that is past as the event starts.</param>
    /// <param name="then">Says what it does.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public EventEscalations Escalation(string name, DueTime when, Action<EventEscalationBuilder> then, Repeat? repeat = null)
    {
        _drafts.Add(EscalationDraft.Of(name, when, new EventEscalationBuilder(), then, repeat));
        return this;
    }
}
