using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The calendar that is meant where one is needed and none is named. The test bed begins on Monday 2026-01-05 at 08:00 in UTC.</summary>
[TestFixture]
public sealed class Chapter05DefaultCalendar
{
    private static readonly DueTime TwoDays = DueTime.After(Delay.WorkingDays(2));

    private static WorkingHours Hours(string name, string opening) =>
        WorkingHours.Define(name, "Europe/Rome", hours => hours.On(DayOfWeek.Monday, DayOfWeek.Friday, $"{opening}-18:00"));

    private static ProcessDefinition Trip(DueTime when, Action<ProcessBuilder>? more = null) => ProcessDefinition.Define("Trip", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Prepare", activity => activity.StartRule(when)));
        more?.Invoke(process);
    });

    /// <summary>The office opens at 11:00 in Rome, which is 10:00 in UTC in winter, and the plant at 12:00.</summary>
    private static Task<WorkflowTestBed> BedAsync(ProcessDefinition definition, string? hosts) => WorkflowTestBed.CreateAsync(definition, options =>
    {
        options.WorkingHours.Add(Hours("Office", "11:00"));
        options.WorkingHours.Add(Hours("Plant", "12:00"));
        options.WorkingHours.Default = hosts;
    });

    private static async Task<DateTimeOffset?> StartsAtAsync(ProcessDefinition definition, string? hosts)
    {
        await using var bed = await BedAsync(definition, hosts);
        return (await bed.ReadAsync((await bed.StartAsync("dora")).Id)).Activities.ShouldHaveSingleItem().StartsAt;
    }

    private static DateTimeOffset At(int day, int hour) => new(2026, 1, day, hour, 0, 0, TimeSpan.Zero);

    [Test]
    [Statement("5.2")]
    public async Task Working_days_without_a_name_are_those_of_the_host() => (await StartsAtAsync(Trip(TwoDays), "Office")).ShouldBe(At(7, 10));

    [Test]
    [Statement("5.2")]
    public async Task The_default_of_the_process_comes_before_that_of_the_host()
    {
        var plant = Trip(TwoDays, process => process.DefaultCalendar("Plant"));

        (await StartsAtAsync(plant, "Office")).ShouldBe(At(7, 11));
        (await StartsAtAsync(plant, hosts: null)).ShouldBe(At(7, 11));
        plant.DefaultCalendar.ShouldBe("Plant");
    }

    [Test]
    [Statement("5.2")]
    public async Task A_name_comes_before_every_default()
    {
        (await StartsAtAsync(Trip(TwoDays.In("Office"), process => process.DefaultCalendar("Plant")), "Plant")).ShouldBe(At(7, 10));
        (await StartsAtAsync(Trip(DueTime.After(Delay.WorkingDays(2).In("Office"))), "Plant")).ShouldBe(At(7, 10));
    }

    [Test]
    [Statement("5.2")]
    public async Task Calendar_days_without_a_name_mean_the_default_calendar_too()
    {
        var before = new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.Zero);

        (await StartsAtAsync(Trip(DueTime.At(before).Plus(Delay.CalendarDays(2)), process => process.DefaultCalendar("Europe/Rome")), hosts: null))
            .ShouldBe(before.AddDays(2).AddHours(-1), "the clock changes between them");
    }

    [Test]
    [Statement("5.2")]
    [Statement("5.8")]
    public async Task Only_what_asks_for_a_calendar_gets_the_default_one()
    {
        var date = new DateOnly(2026, 7, 1);

        (await StartsAtAsync(Trip(DueTime.At(date)), "Office")).ShouldBe(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
        (await StartsAtAsync(Trip(DueTime.At(date).InDefaultCalendar()), "Office")).ShouldBe(new DateTimeOffset(2026, 6, 30, 22, 0, 0, TimeSpan.Zero));
        (await StartsAtAsync(Trip(DueTime.After(TimeSpan.FromHours(2))), "Office")).ShouldBe(At(5, 10));
    }

    [Test]
    [Statement("5.2")]
    [Statement("13.4")]
    public async Task A_default_that_is_missing_is_a_finding_and_then_an_error()
    {
        await using var bed = await BedAsync(Trip(TwoDays), hosts: null);

        var finding = bed.Deployments.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem();
        (finding.Id, finding.Path).ShouldBe((FindingIds.UnknownCalendar, "activity 'Prepare' / start rule"));
        finding.Reason.ShouldContain("the default calendar, and neither the process nor this host has one");
        var failed = await bed.ReadAsync((await bed.StartAsync("dora")).Id);
        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        failed.Error.ShouldNotBeNull().Message.ShouldContain("ProcessBuilder.DefaultCalendar or WorkflowOptions.WorkingHours.Default");
    }

    [Test]
    [Statement("5.2")]
    [Statement("13.4")]
    public async Task A_default_that_the_host_lacks_is_a_finding_where_it_is_needed()
    {
        await using var needed = await BedAsync(Trip(TwoDays, process => process.DefaultCalendar("Offcie")), hosts: null);
        await using var other = await BedAsync(Trip(DueTime.Now, process => process.DefaultCalendar("Offcie")), hosts: null);

        needed.Deployments.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem().Remedy.ShouldContain("Did you mean 'Office'?");
        other.Deployments.ShouldHaveSingleItem().Findings.ShouldBeEmpty();
    }

    [Test]
    [Statement("5.2")]
    public void A_default_whose_name_cannot_be_one_is_refused()
    {
        Should.Throw<ArgumentException>(() => new WorkflowOptions().WorkingHours.Default = " ").Message.ShouldContain("it is blank");
        Should.Throw<ProcessDefinitionException>(() => Trip(DueTime.Now, process => process.DefaultCalendar(""))).Problems.ShouldHaveSingleItem()
            .Element.ShouldBe("default calendar");
    }

    [Test]
    [Statement("8.7")]
    public void A_due_time_says_that_it_means_the_default_calendar() =>
        DueTime.At(new DateOnly(2026, 7, 1)).Minus(Delay.WorkingDays(1)).InDefaultCalendar().ToString()
            .ShouldBe("due(at local 2026-07-01T00:00:00.0000000, minus 1 working day, in the default calendar)");
}
