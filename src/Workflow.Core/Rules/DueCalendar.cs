using Workflow.Core.Calendars;
using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>The calendar that a due time says: one that is named, the default one, or none.</summary>
/// <param name="Named">The name; null where none is said.</param>
/// <param name="IsDefault">Whether the default one is asked for.</param>
/// <param name="OfProcess">The default of the process, once the due time is bound; null where it has none.</param>
internal readonly record struct DueCalendar(string? Named, bool IsDefault = false, string? OfProcess = null)
{
    public bool IsSaid => Named is not null || IsDefault;

    /// <summary>The name where a calendar is needed; null for the default of the host (statement 5.2).</summary>
    public string? NameOrHosts => Named ?? OfProcess;

    /// <summary>The name where a calendar is needed.</summary>
    /// <exception cref="CalendarException">The default is needed, and there is none.</exception>
    public string NameIn(WorkingHoursTable known) => NameOrHosts ?? known.NameOfDefault();

    public IEnumerable<TextTree> ToTrees() => Named is not null ? [new TextTree($"in {ExactText.Quoted(Named)}")]
        : IsDefault ? [new TextTree("in the default calendar")]
        : [];
}
