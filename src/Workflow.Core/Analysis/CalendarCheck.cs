using Workflow.Core.Calendars;
using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds start rules that name a calendar which the host does not have now. The host may add the calendar later. Until then an instance that comes to
/// the rule goes into Error.</summary>
internal sealed class CalendarCheck(WorkingHoursTable known) : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        foreach (var activity in definition.Activities)
        {
            foreach (var name in activity.StartRule?.Calendars ?? [])
            {
                if (WhyUnknown(name, isHours: name == activity.StartRule!.HoursNeeded) is { } unknown)
                {
                    yield return new Finding(
                        FindingIds.UnknownCalendar,
                        FindingSeverity.Warning,
                        $"activity '{activity.Name}' / start rule",
                        $"it is counted in '{name}', which this host does not have, so every instance that comes here goes into Error",
                        unknown);
                }
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
