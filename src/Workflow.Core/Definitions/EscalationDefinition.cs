using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>An escalation: what happens when a process, an activity or an event takes too long (statement 6.1).</summary>
public sealed class EscalationDefinition
{
    /// <param name="name">The name.</param>
    /// <param name="when">When it fires first.</param>
    /// <param name="repeat">How often it fires again.</param>
    /// <param name="interval">The time between two firings; null for the amount of time of the rule.</param>
    /// <param name="action">The action.</param>
    internal EscalationDefinition(string name, DueTime when, Repeat repeat, DueTime? interval, EscalationAction action)
    {
        (Name, When, Repeat, Action) = (name, when, repeat, action);
        Interval = interval ?? when.Interval;
        WordsOfEvent = $"escalation '{name}' of event";
    }

    /// <summary>The name; unique within its element.</summary>
    public string Name { get; }

    /// <summary>When it fires first (statement 6.3).</summary>
    public DueTime When { get; }

    /// <summary>How often it fires again (statement 6.4).</summary>
    public Repeat Repeat { get; }

    /// <summary>The action when it fires (statement 6.7).</summary>
    public EscalationAction Action { get; }

    /// <summary>The time between two firings, counted from the due instant of the first; null where it does not repeat.</summary>
    internal DueTime? Interval { get; }

    /// <summary>The words before the name of its event, in an error.</summary>
    internal string WordsOfEvent { get; }

    /// <summary>How often it fires in all.</summary>
    internal int Total => Repeat.Count + 1;

    /// <summary>Its repeats, as an instance keeps them that goes on in another version.</summary>
    internal KeptRepeats Repeats => new(Total, Total > 1 ? Interval!.Amount : null);

    /// <summary>The time between two firings; null where it does not repeat.</summary>
    /// <param name="kept">The repeats that it keeps from another version; null for none.</param>
    internal DueTime? IntervalOf(KeptRepeats? kept) => kept is null ? Interval : kept.Interval is { } delay ? DueTime.After(delay) : null;

    /// <summary>The due times of escalations, each with its place as findings name it.</summary>
    internal static IEnumerable<(string Path, DueTime When)> DueTimes(string owner, EscalationDefinition[] escalations) => escalations.SelectMany(
        escalation => new[] { escalation.When, escalation.Repeat.Interval is null ? null : escalation.Interval }
            .OfType<DueTime>()
            .Select(due => ($"{owner} / escalation '{escalation.Name}'", due)));

    /// <summary>The escalation of a name; null for none.</summary>
    internal static EscalationDefinition? Find(EscalationDefinition[] escalations, string name) =>
        Array.Find(escalations, escalation => string.Equals(escalation.Name, name, StringComparison.Ordinal));
}
