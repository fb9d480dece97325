using System.Globalization;

namespace Workflow.Core.Calendars;

/// <summary>A stretch of working time within one day, on the local clock and to the minute. The start belongs to it and the end does not (statement
/// 5.5b).</summary>
/// <param name="Start">When it starts, from midnight.</param>
/// <param name="End">When it ends, from midnight; 24:00 is the end of the day (statement 5.5c).</param>
public readonly record struct WorkingSlot(TimeSpan Start, TimeSpan End)
{
    /// <summary>The slot as working hours are written, for example <c>09:00-12:00</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Clock(Start)}-{Clock(End)}";

    /// <summary>Reads a slot, or says why the text is none.</summary>
    internal static bool TryParse(string? text, out WorkingSlot slot, out string problem)
    {
        slot = default;
        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash < 0 || ClockIn(text.AsSpan(0, dash)) is not { } start || ClockIn(text.AsSpan(dash + 1)) is not { } end)
        {
            problem = "it is not two clock times from 00:00 to 24:00. Write it like 09:00-12:00";
            return false;
        }

        slot = new(start, end);
        problem = end > start ? ""
            : end == start ? "it has no length. Leave it out, or let it end later"
            : end == TimeSpan.Zero ? $"it ends before it starts. Midnight at the end of a day is 24:00: {Clock(start)}-24:00"
            : $"it ends before it starts. A night shift is two slots: {Clock(start)}-24:00, and 00:00-{Clock(end)} on the next day";
        return end > start;
    }

    /// <summary>The slots in order, with those that touch or overlap made one.</summary>
    internal static WorkingSlot[] Merged(IEnumerable<WorkingSlot> slots)
    {
        var merged = new List<WorkingSlot>();
        foreach (var slot in slots.OrderBy(slot => slot.Start))
        {
            if (merged is [.., var last] && slot.Start <= last.End)
            {
                merged[^1] = last with { End = slot.End > last.End ? slot.End : last.End };
            }
            else
            {
                merged.Add(slot);
            }
        }

        return [.. merged];
    }

    private static TimeSpan? ClockIn(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var colon = text.IndexOf(':');
        if (colon is not (1 or 2) || text.Length != colon + 3
            || !int.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || minutes > 59 || (hours * 60) + minutes > 24 * 60)
        {
            return null;
        }

        return new TimeSpan(hours, minutes, 0);
    }

    private static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
