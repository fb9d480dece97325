using Workflow.Core.Destinations;
using Workflow.Core.Testing;

namespace LeaveWithEscalation;

/// <summary>Three requests that are made at the same time, and what becomes of them.</summary>
public static class Story
{
    /// <summary>Tuesday before Christmas, half an hour before the office closes.</summary>
    private static readonly DateTime _asked = new(2026, 12, 22, 16, 30, 0);

    /// <summary>Tells the story, line by line.</summary>
    public static async IAsyncEnumerable<string> TellAsync()
    {
        yield return $"Working days: {Timetable.WorkingDays(new DateOnly(2026, 12, 22), new DateOnly(2027, 1, 8))}";
        yield return "On Thursday 24 the office closes at 12:00.";

        await foreach (var line in RequestAsync("bob answers on the next day", after: TimeSpan.FromHours(20), user: "bob"))
        {
            yield return line;
        }

        await foreach (var line in RequestAsync("bob is silent, and carol answers", after: TimeSpan.FromDays(7), user: "carol"))
        {
            yield return line;
        }

        await foreach (var line in RequestAsync("nobody answers", after: null, user: ""))
        {
            yield return line;
        }
    }

    /// <param name="title">The title.</param>
    /// <param name="after">When a user approves the request; null for never.</param>
    /// <param name="user">The user.</param>
    private static async IAsyncEnumerable<string> RequestAsync(string title, TimeSpan? after, string user)
    {
        var reminders = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(
            LeaveRequest.Define(context => reminders.Add($"to {string.Join(", ", context.Destinations)}")),
            options =>
            {
                options.WorkingHours.Add(LeaveRequest.Office);
                options.DestinationResolver = new StaticDestinations().Manages("carol", "bob");
            });
        bed.Clock.Set(LeaveRequest.Office.Calendar.InstantOf(_asked));
        var request = await bed.StartAsync("dora", start => start.Set(LeaveRequest.Manager, "bob"));
        if (after is { } time)
        {
            await bed.AdvanceAsync(time);
            await bed.ActAsync(user, "Approve");
        }

        await bed.AdvanceAsync(TimeSpan.FromDays(60));
        yield return "";
        yield return $"{title}:";
        foreach (var line in Timetable.Of(await bed.HistoryAsync(request.Id)))
        {
            yield return line;
        }

        yield return $"  {reminders.Count} reminders: {string.Join("; ", reminders)}";
    }
}
