using Workflow.Core.Calendars;
using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <content>The escalations of an activity, and its exception rule.</content>
public sealed partial class ActivityBuilder
{
    private readonly List<EscalationDraft> _escalations = [];

    internal IReadOnlyList<EscalationDraft> Escalations => _escalations;

    internal ExceptionHandler? OnException { get; private set; }

    /// <summary>Decides what becomes of an exception of the activity: its rules, its escalations, and those of its events that have no exception rule of their
    /// own (statement 8.3).</summary>
    /// <param name="decide">Decides. Where it throws, the exception rule of the process is asked.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder ExceptionRule(ExceptionHandler decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        OnException = decide;
        return this;
    }

    /// <summary>Adds an escalation that fires when the activity takes too long (statement 6.1). Its time begins when the start rule lets the activity begin
    /// (statement 6.2).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="after">How long after that; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <param name="then">Says what it does, for example <c>then => then.RedirectToManager()</c>.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Escalation(string name, Delay after, Action<ActivityEscalationBuilder> then, Repeat? repeat = null) =>
        Escalation(name, DueTime.After(after), then, repeat);

    /// <summary>Adds an escalation that fires at an instant, or some time before or after one (statements 6.1 and 6.3).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="when">When it fires; at once when that is past as the activity begins.</param>
    /// <param name="then">Says what it does, for example <c>then => then.ExpireActivity()</c>.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Escalation(string name, DueTime when, Action<ActivityEscalationBuilder> then, Repeat? repeat = null)
    {
        _escalations.Add(EscalationDraft.Of(name, when, new ActivityEscalationBuilder(), then, repeat));
        return this;
    }
}
