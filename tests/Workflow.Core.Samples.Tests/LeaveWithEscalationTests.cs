using LeaveWithEscalation;

namespace Workflow.Core.Samples.Tests;

/// <summary>The sample of escalations prints a timetable that agrees with a calendar: Christmas Day is a Friday, and the office closes early the day
/// before.</summary>
[TestFixture]
internal sealed class LeaveWithEscalationTests
{
    [Test]
    public async Task It_tells_when_somebody_is_reminded_and_when_the_request_is_given_up()
    {
        var lines = new List<string>();
        await foreach (var line in Story.TellAsync())
        {
            lines.Add(line);
        }

        lines.ShouldBe(
        [
            "Working days: Tue 22, Wed 23, Thu 24, Mon 28, Tue 29, Wed 30, Thu 31, Mon 04, Tue 05, Wed 06, Thu 07, Fri 08",
            "On Thursday 24 the office closes at 12:00.",
            "",
            "bob answers on the next day:",
            "Tue 2026-12-22 16:30  dora asks for leave",
            "Wed 2026-12-23 12:30  bob: Approve",
            "Wed 2026-12-23 12:30    Booked",
            "Wed 2026-12-23 12:30    the request is closed",
            "  0 reminders: ",
            "",
            "bob is silent, and carol answers:",
            "Tue 2026-12-22 16:30  dora asks for leave",
            "Wed 2026-12-23 16:30  Remind: firing 1 of 2",
            "Mon 2026-12-28 09:00  Remind: firing 2 of 2",
            "Mon 2026-12-28 16:30  Hand over: firing 1 of 1",
            "Mon 2026-12-28 16:30    carol has the task of user bob",
            "Tue 2026-12-29 16:30  carol: Approve",
            "Tue 2026-12-29 16:30    Booked",
            "Tue 2026-12-29 16:30    the request is closed",
            "  2 reminders: to user bob; to user bob",
            "",
            "nobody answers:",
            "Tue 2026-12-22 16:30  dora asks for leave",
            "Wed 2026-12-23 16:30  Remind: firing 1 of 2",
            "Mon 2026-12-28 09:00  Remind: firing 2 of 2",
            "Mon 2026-12-28 16:30  Hand over: firing 1 of 1",
            "Mon 2026-12-28 16:30    carol has the task of user bob",
            "Thu 2027-01-07 16:30  Give up: firing 1 of 1",
            "Thu 2027-01-07 16:30    Approval is expired",
            "Thu 2027-01-07 16:30    Refused",
            "Thu 2027-01-07 16:30    the request is closed",
            "  2 reminders: to user bob; to user bob",
        ]);
    }
}
