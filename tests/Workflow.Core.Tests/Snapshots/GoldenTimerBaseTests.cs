using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>A timer that is counted in a calendar is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenTimerBaseTests
{
    private static readonly DateOnly[] _holidays = [new(2026, 1, 6)];

    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Pack", activity => activity
            .StartRule(DueTime.After(Delay.WorkingDays(3)).In("Office")).Destinations(to => to.Users("ann")).Client("Pack", task => task.Action("Done"))));
        process.StartsWith(process.Activity("Book", activity => activity
            .StartRule(DueTime.At(new DateOnly(2026, 1, 12)).Minus(Delay.WorkingDays(3)).In("Office"))
            .Destinations(to => to.Users("ann")).Client("Book", task => task.Action("Done"))));
    });

    private static Task<WorkflowTestBed> OpenAsync(params DateOnly[] holidays) =>
        WorkflowTestBed.CreateAsync(_golden, options => options.WorkingHours.Add(WorkingHours.Define("Office", "Europe/Lisbon", hours =>
        {
            hours.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-12:00", "13:00-17:00");
            foreach (var holiday in holidays)
            {
                hours.Holiday(holiday);
            }
        })));

    /// <summary>Before version 16 the instant was not kept from which a rule counts that counts from its arrival. A date is in the definition.</summary>
    [TestCase("9", "Pack 01-08 09:00 kept", "Book 01-06 17:00 to 01-05 17:00")]
    [TestCase("16", "Pack 01-08 09:00 to 01-09 09:00", "Book 01-06 17:00 to 01-05 17:00")]
    [Statement("13.8")]
    [Statement("5.9")]
    public async Task Timers_that_an_earlier_version_has_stored_are_read_and_worked_out_anew(string version, params string[] anew)
    {
        var lines = await GoldenFile.LinesAsync(version, "counted-in-working-days.txt", async () =>
        {
            await using var writing = await OpenAsync();
            return await GoldenFile.StoredAsync(writing, (await writing.StartAsync("dora")).Id);
        });
        await using var bed = await OpenAsync(_holidays);
        await GoldenFile.StoreAsync(bed, lines);

        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        var timers = await bed.Engine.AsSystem().ManageProcesses().RecomputeTimersAsync(one, "Office");
        OfficeHours.Words(timers).ShouldBe(anew);
    }
}
