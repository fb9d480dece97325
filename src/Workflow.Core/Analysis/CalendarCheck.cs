using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>Finds start rules and escalations that name a calendar which the host does not have now. The host may add the calendar later. Until then an
/// instance that comes to the rule goes into Error.</summary>
internal sealed class CalendarCheck(WorkingHoursTable known) : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        foreach (var (element, due) in DueTimesOf(definition))
        {
            foreach (var name in due.Calendars)
            {
                if (WhyUnknown(name, isHours: name == due.HoursNeeded) is { } unknown)
                {
                    yield return new Finding(
                        FindingIds.UnknownCalendar,
                        FindingSeverity.Warning,
                        element,
                        $"it is counted in '{name}', which this host does not have, so every instance that comes here goes into Error",
                        unknown);
                }
            }
        }
    }

    private static IEnumerable<(string Element, DueTime Due)> DueTimesOf(ProcessDefinition definition)
    {
        foreach (var activity in definition.Activities)
        {
            var element = $"activity '{activity.Name}'";
            if (activity.StartRule is { } start)
            {
                yield return ($"{element} / start rule", start);
            }

            foreach (var item in Of(activity.EscalationArray, element)
                .Concat(activity.EventArray.SelectMany(one => Of(one.EscalationArray, $"{element} / event '{one.Name}'"))))
            {
                yield return item;
            }
        }

        foreach (var item in Of(definition.EscalationArray, $"process '{definition.Name}'"))
        {
            yield return item;
        }
    }

    private static IEnumerable<(string Element, DueTime Due)> Of(EscalationDefinition[] escalations, string owner) => escalations.SelectMany(escalation =>
        new[] { escalation.When, escalation.Repeat.Interval }.OfType<DueTime>().Select(due => ($"{owner} / escalation '{escalation.Name}'", due)));

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
