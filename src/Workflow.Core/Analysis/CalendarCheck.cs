using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>Finds start rules and escalations that name a calendar which the host does not have now. The host may add the calendar later. Until then an
/// instance that comes to the rule goes into Error.</summary>
internal sealed class CalendarCheck(WorkingHoursTable known) : DefinitionCheck
{
    private const string ComesHere = "so every instance that comes here goes into Error";

    public override IEnumerable<Finding> Find(ProcessDefinition definition) =>
    [
        .. Unknown("start rule of the process", definition.StartRule?.Due, "so every start is refused"),
        .. definition.Activities.SelectMany(activity => Unknown($"activity '{activity.Name}' / start rule", activity.StartRule, ComesHere)),
        .. definition.Activities.SelectMany(activity => OfEscalations($"activity '{activity.Name}'", activity.EscalationArray)),
        .. definition.Activities.SelectMany(activity => activity.EventArray.SelectMany(
            item => OfEscalations($"activity '{activity.Name}' / event '{item.Name}'", item.EscalationArray))),
        .. OfEscalations($"process '{definition.Name}'", definition.EscalationArray),
    ];

    private IEnumerable<Finding> OfEscalations(string owner, EscalationDefinition[] escalations) => escalations.SelectMany(escalation =>
        new[] { escalation.When, escalation.Repeat.Interval }
            .SelectMany(due => Unknown($"{owner} / escalation '{escalation.Name}'", due, ComesHere))
            .Distinct());

    private IEnumerable<Finding> Unknown(string path, DueTime? due, string effect)
    {
        foreach (var name in due?.Calendars ?? [])
        {
            if (WhyUnknown(name, isHours: name == due!.HoursNeeded) is { } unknown)
            {
                yield return new Finding(
                    FindingIds.UnknownCalendar,
                    FindingSeverity.Warning,
                    path,
                    $"it is counted in '{name}', which this host does not have, {effect}",
                    unknown);
            }
        }
    }

    /// <summary>The remedy; null for a calendar that is known.</summary>
    private string? WhyUnknown(string name, bool isHours)
    {
        try
        {
            _ = isHours ? known.Named(name).Calendar : known.CalendarOf(name);
            return null;
        }
        catch (CalendarException unknown)
        {
            return unknown.Message;
        }
    }
}
