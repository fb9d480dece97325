using System.Globalization;
using System.Text.Json.Serialization;

namespace Workflow.Core.Calendars;

/// <summary>Working hours as a configuration file holds them. The options pattern of .NET binds it, and so does System.Text.Json.</summary>
/// <remarks>The options pattern leaves out an empty list. So a date on which nobody works belongs in <see cref="Holidays"/>.</remarks>
/// <example>
/// <code>
/// {
///   "TimeZone": "Europe/Lisbon",
///   "Week": { "Monday-Friday": ["09:00-12:00", "13:00-17:00"] },
///   "Holidays": ["2026-12-25"],
///   "Special": { "2026-12-24": ["09:00-12:00"] }
/// }
/// </code>
/// </example>
[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
public sealed class WorkingHoursSettings
{
    /// <summary>The time zone, as <see cref="LocalCalendar.In"/> takes it.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>The slots of a day such as <c>Monday</c>, or of days in a row such as <c>Monday-Friday</c>.</summary>
    public SortedDictionary<string, string[]> Week { get; } = new(StringComparer.Ordinal);

    /// <summary>The dates on which nobody works, such as <c>2026-12-25</c>.</summary>
    public IList<string> Holidays { get; } = [];

    /// <summary>The slots of dates with hours of their own.</summary>
    public SortedDictionary<string, string[]> Special { get; } = new(StringComparer.Ordinal);

    internal void Describe(WorkingHoursBuilder builder)
    {
        foreach (var (text, slots) in Week)
        {
            var days = text.Split('-', StringSplitOptions.TrimEntries);
            if (days.Length <= 2 && Day(days[0]) is { } first && Day(days[^1]) is { } last)
            {
                builder.On(first, last, slots ?? []);
            }
            else
            {
                builder.Refuse($"'{Names.Printable(text)}' is no day. Write it like Monday, or like Monday-Friday.");
            }
        }

        foreach (var text in Holidays)
        {
            if (Date(text, builder) is { } date)
            {
                builder.Holiday(date);
            }
        }

        foreach (var (text, slots) in Special)
        {
            if (Date(text, builder) is { } date)
            {
                builder.Special(date, slots ?? []);
            }
        }
    }

    private static DayOfWeek? Day(string text) =>
        text.All(char.IsAsciiLetter) && Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var day) ? day : null;

    private static DateOnly? Date(string? text, WorkingHoursBuilder builder)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        builder.Refuse($"'{Names.Printable(text)}' is no date. Write it like 2026-12-25.");
        return null;
    }
}
