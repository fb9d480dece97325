using System.Globalization;
using Workflow.Core.Instances;

namespace LeaveWithEscalation;

/// <summary>Prints what happens to a request, with the local date and time of the office, so that a reader can check it against a calendar.</summary>
public static class Timetable
{
    /// <summary>The facts that a reader wants to see, oldest first.</summary>
    public static IEnumerable<string> Of(IEnumerable<JournalEntry> history) => history.Select(Line).OfType<string>();

    /// <summary>An instant on the clock of the office.</summary>
    public static string At(DateTimeOffset instant) =>
        LeaveRequest.Office.Calendar.LocalTime(instant).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string? Line(JournalEntry fact)
    {
        var what = fact.Kind switch
        {
            JournalKind.ProcessStarted => $"{fact.User} asks for leave",
            JournalKind.EscalationFired => $"{fact.Name}: {fact.Detail!.Split(',')[0]}",
            JournalKind.Redirected => $"  {fact.Name} has the task of {fact.Detail}",
            JournalKind.SlotCompleted => $"{fact.User}: {fact.Name}",
            JournalKind.ActivityExpired => $"  {fact.Name} is expired",
            JournalKind.ActivityStarted when fact.Name is not "Approval" => $"  {fact.Name}",
            JournalKind.ProcessCompleted => "  the request is closed",
            _ => null,
        };
        return what is null ? null : $"{At(fact.Time)}  {what}";
    }

    /// <summary>The working days between two dates, both included.</summary>
    public static string WorkingDays(DateOnly from, DateOnly to) => string.Join(
        ", ",
        Enumerable.Range(0, to.DayNumber - from.DayNumber + 1)
            .Select(from.AddDays)
            .Where(IsWorkingDay)
            .Select(day => day.ToString("ddd dd", CultureInfo.InvariantCulture)));

    private static bool IsWorkingDay(DateOnly day)
    {
        var office = LeaveRequest.Office;
        var start = office.Calendar.StartOf(day);
        return office.Between(start, office.Calendar.StartOf(day.AddDays(1))) > TimeSpan.Zero;
    }
}
