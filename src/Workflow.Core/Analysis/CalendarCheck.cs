using Workflow.Core.Calendars;
using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds start rules and escalations that name a calendar which the host does not have now. The host may add the calendar later. Until then an
/// instance that comes to the rule goes into Error.</summary>
internal sealed class CalendarCheck(WorkingHoursTable known) : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        foreach (var (path, due) in definition.DueTimes)
        {
            foreach (var needed in due.Calendars.Distinct())
            {
                if (WhyUnknown(needed) is { } unknown)
                {
                    var calendar = (needed.Name ?? known.Default) is { } name
                        ? $"'{name}', which this host does not have"
                        : "the default calendar, and neither the process nor this host has one";
                    var effect = ReferenceEquals(due, definition.StartRule?.Due)
                        ? "so every start is refused"
                        : "so every instance that comes here goes into Error";
                    yield return new Finding(
                        FindingIds.UnknownCalendar, FindingSeverity.Warning, path, $"it is counted in {calendar}, {effect}", unknown);
                }
            }
        }
    }

    /// <summary>The remedy; null for a calendar that is known.</summary>
    private string? WhyUnknown(NeededCalendar needed)
    {
        try
        {
            var name = needed.Name ?? known.NameOfDefault();
            _ = needed.IsHours ? known.Named(name).Calendar : known.CalendarOf(name);
            return null;
        }
        catch (CalendarException unknown)
        {
            return unknown.Message;
        }
    }
}
