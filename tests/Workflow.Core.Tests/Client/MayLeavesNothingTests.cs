using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>"May I?" leaves nothing behind, in the memory of the engine neither.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Statement("14.7e")]
public sealed class MayLeavesNothingTests
{
    private static readonly DateTimeOffset Wednesday = new(2026, 1, 7, 9, 0, 0, TimeSpan.Zero);

    private Func<string, WorkingHours?> _source = name => Office(name);

    private static WorkingHours Office(string name, params DateOnly[] holidays) => WorkingHours.Define(name, "UTC", hours =>
    {
        hours.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-17:00");
        foreach (var holiday in holidays)
        {
            hours.Holiday(holiday);
        }
    });

    private Task<WorkflowTestBed> TripAsync() => WorkflowTestBed.CreateAsync(
        ProcessDefinition.Define("Trip", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Prepare", activity => activity.StartRule(DueTime.After(Delay.WorkingDays(2)).In("Office"))));
        }),
        options => options.WorkingHoursSource = (name, _) => ValueTask.FromResult(_source(name)));

    private static ValueTask<Permission> MayRecomputeAsync(WorkflowTestBed bed, ProcessInstanceId id, string calendar) =>
        bed.Engine.AsSystem().MayAsync(system => system.ManageProcesses().RecomputeTimersAsync(id, calendar));

    [Test]
    [Statement("5.5e")]
    public async Task Working_hours_that_were_asked_for_are_forgotten()
    {
        await using var bed = await TripAsync();
        var id = (await bed.StartAsync("dora")).Id;
        _source = name => Office(name, new DateOnly(2026, 1, 6));

        (await MayRecomputeAsync(bed, id, "Office")).IsAllowed.ShouldBeTrue();

        var other = (await bed.StartAsync("dora")).Id;
        (await bed.ReadAsync(other)).Activities.ShouldHaveSingleItem().StartsAt.ShouldBe(Wednesday);
    }

    [Test]
    [Statement("5.5e")]
    public async Task A_source_of_working_hours_that_fails_is_no_denial_and_a_name_that_stands_for_nothing_is_one()
    {
        await using var bed = await TripAsync();
        var id = (await bed.StartAsync("dora")).Id;
        _source = name => name == "Office" ? throw new IOException("the calendar is away") : null;

        var failure = await Should.ThrowAsync<CalendarException>(() => MayRecomputeAsync(bed, id, "Office").AsTask());

        failure.Message.ShouldContain("the calendar is away");
        (await MayRecomputeAsync(bed, id, "Nowhere")).Denial.ShouldBeOfType<CalendarException>();
    }

    /// <summary>A look at a task makes the engine ask whether its holder still has the role (statement 1.9). A rehearsal is no look.</summary>
    [Test]
    [Statement("1.9")]
    public async Task A_holder_is_not_asked_about_later()
    {
        var directory = new StaticDestinations { { Destination.Role("Staff"), "ann", "bob" } };
        var definition = Worklists.Asking(activity => activity
            .Destinations(to => to.Role("Staff")).PlanJustOnce(Slots.Number(1)).Client("Ask it", task => task.Action("Yes")));
        await using var bed = await WorkflowTestBed.CreateAsync([definition], options => options.DestinationResolver = directory);
        var serial = (await bed.StartAsync("dora")).Id.Task(1);
        await bed.Engine.As("ann").Worklist.OpenAsync(serial);

        (await bed.Engine.As("bob").MayAsync(async bob => await bob.Worklist.ListAsync())).IsAllowed.ShouldBeTrue();
        directory.Replace(Destination.Role("Staff"), "bob");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(1));

        (await bed.HistoryAsync(serial.ProcessInstance)).ShouldNotContain(entry => entry.Kind == JournalKind.SlotReleased);
    }
}
