namespace Workflow.Core.Definitions.Migration;

/// <summary>An activity with its parts, and their successors in another version.</summary>
internal sealed class ActivitySuccession
{
    private ActivitySuccession(ActivityDefinition from, ActivityDefinition to) => (From, To) = (from, to);

    /// <summary>The activity as it was.</summary>
    public ActivityDefinition From { get; }

    /// <summary>The activity as it is.</summary>
    public ActivityDefinition To { get; }

    /// <summary>Of each activity field its new position.</summary>
    public required IReadOnlyList<int> SharedFields { get; init; }

    /// <summary>Of each destination field its new position.</summary>
    public required IReadOnlyList<int> OwnFields { get; init; }

    /// <summary>Of each event its successor; only without obstacles are all there.</summary>
    public required IReadOnlyList<EventSuccession?> Events { get; init; }

    /// <summary>The new names of outcomes, by their old ones.</summary>
    public required IReadOnlyDictionary<string, string> Outcomes { get; init; }

    /// <summary>The new names of the escalations of the activity, by their old ones.</summary>
    public required IReadOnlyDictionary<string, string> Escalations { get; init; }

    public static ActivitySuccession Of(NameMatch names, ActivityDefinition from, ActivityDefinition to)
    {
        string[] within = [from.Name];
        var (shared, own) = FieldMatch.Of(names, within, from, to);
        var events = EventSuccession.Of(names, from, to);
        var outcomes = names.Match(
            ElementKind.Outcome, within, from.OutcomeArray.Select(outcome => outcome.Name), to.OutcomeArray.Select(outcome => outcome.Name),
            outcome => events.Select(item => item?.Actions.GetValueOrDefault(outcome)).FirstOrDefault(action => action is not null) ?? outcome);
        return new ActivitySuccession(from, to)
        {
            SharedFields = shared,
            OwnFields = own,
            Events = events,
            Outcomes = outcomes,
            Escalations = names.Match(
                ElementKind.Escalation, within, Succession.NamesOf(from.EscalationArray), Succession.NamesOf(to.EscalationArray)),
        };
    }

    /// <summary>The new name of an action that somebody has taken in an event. Where the event does not have it, the activity's other events are asked: an
    /// earlier change of the order of events may have left answers of another one.</summary>
    /// <param name="event">The position of the event in the old version; negative for none.</param>
    /// <param name="action">The old name.</param>
    public string ActionOf(int @event, string action) =>
        (@event >= 0 ? Events[@event]!.Actions.GetValueOrDefault(action) : null)
        ?? Events.Select(item => item!.Actions.GetValueOrDefault(action)).FirstOrDefault(found => found is not null)
        ?? action;
}
