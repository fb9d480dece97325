using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>Finds start rules that name a calendar which the host does not have now. The host may add the calendar later. Until then an instance that comes to
/// the rule goes into Error.</summary>
internal sealed class CalendarCheck(WorkingHoursTable known) : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition) =>
    [
        .. Unknown("start rule of the process", definition.StartRule?.Due, "so every start is refused"),
        .. definition.Activities.SelectMany(activity => Unknown(
            $"activity '{activity.Name}' / start rule", activity.StartRule, "so every instance that comes here goes into Error")),
    ];

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
