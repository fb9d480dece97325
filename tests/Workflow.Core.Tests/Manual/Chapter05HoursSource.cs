using System.Collections.Concurrent;
using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Working hours that code of the host gives. The test bed begins on Monday 2026-01-05 at 08:00 in UTC.</summary>
[TestFixture]
public sealed class Chapter05HoursSource
{
    private static readonly DateTimeOffset Wednesday = new(2026, 1, 7, 9, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentQueue<string> _asked = new();
    private Func<string, WorkingHours?> _source = name => Office(name);

    private static WorkingHours Office(string name, params DateOnly[] holidays) => WorkingHours.Define(name, "UTC", hours =>
    {
        hours.On(DayOfWeek.Monday, DayOfWeek.Friday, "09:00-17:00");
        foreach (var holiday in holidays)
        {
            hours.Holiday(holiday);
        }
    });

    private static ProcessDefinition Trip(string calendar = "Office", string name = "Trip") => ProcessDefinition.Define(name, process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Prepare", activity => activity.StartRule(DueTime.After(Delay.WorkingDays(2)).In(calendar))));
    });

    private Task<WorkflowTestBed> BedAsync(params ProcessDefinition[] definitions) => WorkflowTestBed.CreateAsync(definitions, options =>
        options.WorkingHoursSource = (name, _) =>
        {
            _asked.Enqueue(name);
            return ValueTask.FromResult(_source(name));
        });

    private static async Task<DateTimeOffset?> StartsAtAsync(WorkflowTestBed bed, ProcessInstanceId id) =>
        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().StartsAt;

    [SetUp]
    public void Forget()
    {
        _asked.Clear();
        _source = name => Office(name);
    }

    [Test]
    [Statement("5.5e")]
    public async Task Hours_that_the_table_lacks_are_asked_for_when_a_definition_is_deployed()
    {
        await using var bed = await BedAsync(Trip());

        _asked.ShouldBe(["Office"]);
        bed.Deployments.ShouldHaveSingleItem().Findings.ShouldBeEmpty();
        (await StartsAtAsync(bed, (await bed.StartAsync("dora")).Id)).ShouldBe(Wednesday);
        _asked.ShouldHaveSingleItem("the answer is still new");
    }

    [Test]
    [Statement("5.5e")]
    public async Task Nobody_is_asked_for_hours_of_the_table_for_time_zones_or_where_no_calendar_is_named()
    {
        var definition = ProcessDefinition.Define("Trip", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("One", activity => activity.StartRule(DueTime.After(Delay.WorkingDays(2)).In("Known"))));
            process.StartsWith(process.Activity("Two", activity => activity.StartRule(DueTime.After(Delay.CalendarDays(2)).In("Europe/Rome"))));
            process.StartsWith(process.Activity("Three", activity => activity.StartRule(DueTime.At(new DateOnly(2026, 7, 1)))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options =>
        {
            options.WorkingHours.Add(Office("Known"));
            options.WorkingHoursSource = (_, _) => throw new InvalidOperationException("It is not asked.");
        });

        (await bed.ReadAsync((await bed.StartAsync("dora")).Id)).Status.ShouldBe(ProcessInstanceStatus.Active);
    }

    [Test]
    [Statement("5.5e")]
    [Statement("5.9")]
    public async Task An_answer_that_is_too_old_is_asked_for_again_and_moves_no_armed_timer()
    {
        await using var bed = await BedAsync(Trip());
        var first = (await bed.StartAsync("dora")).Id;
        _source = name => Office(name, new DateOnly(2026, 1, 6));

        await bed.AdvanceAsync(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        var second = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(TimeSpan.FromTicks(1));
        var third = (await bed.StartAsync("dora")).Id;

        (await StartsAtAsync(bed, first)).ShouldBe(Wednesday);
        (await StartsAtAsync(bed, second)).ShouldBe(Wednesday);
        (await StartsAtAsync(bed, third)).ShouldBe(Wednesday.AddDays(1));
        _asked.ShouldBe(["Office", "Office"]);
    }

    /// <summary>The activity behind the first is entered when its timer fires, days after the deployment.</summary>
    [Test]
    [Statement("5.5e")]
    public async Task A_timer_asks_again_too()
    {
        var definition = ProcessDefinition.Define("Trip", process =>
        {
            process.OpenToAll();
            var first = process.Activity("First", activity => activity.StartRule(DueTime.After(Delay.WorkingDays(2)).In("Office")));
            process.StartsWith(first);
            first.To(process.Activity("Second", activity => activity.StartRule(DueTime.After(Delay.WorkingDays(1)).In("Office"))));
        });
        await using var bed = await BedAsync(definition);
        var id = (await bed.StartAsync("dora")).Id;
        _source = name => Office(name, new DateOnly(2026, 1, 8));

        await bed.AdvanceAsync(Wednesday - WorkflowTestBed.Beginning);

        (await StartsAtAsync(bed, id)).ShouldBe(Wednesday.AddDays(2));
    }

    [Test]
    [Statement("5.5e")]
    [Statement("14.7b")]
    public async Task A_source_that_throws_is_an_error_of_the_instance_and_harms_no_other()
    {
        _source = _ => throw new InvalidOperationException("No calendar today.");
        var other = ProcessDefinition.Define("Other", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Rest"));
        });
        await using var bed = await BedAsync(Trip(), other);

        bed.Deployments[0].Findings.ShouldHaveSingleItem().Remedy.ShouldContain("It threw: No calendar today.");
        var failed = await bed.ReadAsync((await bed.StartAsync("dora")).Id);
        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        failed.Error.ShouldNotBeNull().Message.ShouldContain("WorkflowOptions.WorkingHoursSource was asked for the working hours 'Office'. It threw: No cal");
        (await bed.ReadAsync((await bed.StartAsync("Other", "dora")).Id)).Status.ShouldBe(ProcessInstanceStatus.Completed);

        _source = name => Office(name);
        (await StartsAtAsync(bed, (await bed.StartAsync("dora")).Id)).ShouldBe(Wednesday, "a source that failed is asked again with each command");
    }

    [Test]
    [Statement("5.5e")]
    [Statement("5.4")]
    public async Task A_source_that_throws_refuses_the_start_that_needs_it()
    {
        var definition = ProcessDefinition.Define("Trip", process =>
        {
            process.OpenToAll().StartRule(DueTime.After(Delay.WorkingDays(2)).In("Office"));
            process.StartsWith(process.Activity("Rest"));
        });
        _source = _ => throw new InvalidOperationException("No calendar today.");
        await using var bed = await BedAsync(definition);

        (await Should.ThrowAsync<ProcessNotStartedException>(() => bed.StartAsync("dora"))).Message.ShouldContain("It threw: No calendar today.");
        _source = name => Office(name);

        (await bed.ReadAsync((await bed.StartAsync("dora")).Id)).StartsAt.ShouldBe(Wednesday);
    }

    [Test]
    [Statement("5.5e")]
    public async Task A_source_that_fails_later_leaves_the_hours_that_it_gave_before()
    {
        await using var bed = await BedAsync(Trip());
        _source = _ => throw new InvalidOperationException("No calendar today.");
        await bed.AdvanceAsync(TimeSpan.FromHours(2));

        (await StartsAtAsync(bed, (await bed.StartAsync("dora")).Id)).ShouldBe(Wednesday.AddHours(1));

        _asked.ShouldBe(["Office", "Office"]);
    }

    [Test]
    [Statement("5.5e")]
    public async Task A_source_that_knows_none_or_gives_others_is_told_of()
    {
        _source = name => name == "Plant" ? null : Office("Another");
        await using var bed = await BedAsync(Trip("Plant", "None"), Trip("Office", "Others"));

        bed.Deployments[0].Findings.ShouldHaveSingleItem().Remedy.ShouldContain("The engine has no working hours 'Plant'");
        bed.Deployments[1].Findings.ShouldHaveSingleItem().Remedy.ShouldContain("It gave the working hours 'Another'.");
        (await bed.ReadAsync((await bed.StartAsync("None", "dora")).Id)).Status.ShouldBe(ProcessInstanceStatus.Error);
    }

    [Test]
    [Statement("5.5e")]
    [Statement("14.7b")]
    public async Task A_source_that_does_not_answer_is_left_behind()
    {
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.ResolverTimeout = TimeSpan.FromMilliseconds(20);
            options.WorkingHoursSource = static async (_, cancellation) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
                return null;
            };
        });

        var deployment = await engine.DeployAsync(Trip());

        deployment.Findings.ShouldHaveSingleItem().Remedy.ShouldContain("It has not answered within 00:00:00.0200000.");
    }

    [Test]
    [Statement("5.5e")]
    [Statement("14.1")]
    public async Task A_replay_with_the_same_answers_is_the_same()
    {
        await using var bed = await BedAsync(Trip());
        var id = (await bed.StartAsync("dora")).Id;
        await bed.AdvanceAsync(TimeSpan.FromDays(3));

        await using var replay = await bed.Recording().ReplayAsync();

        (await replay.StoredBytesAsync(id)).ShouldBe(await bed.StoredBytesAsync(id));
    }

    [Test]
    public void An_interval_is_positive() =>
        Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options => options.WorkingHoursInterval = TimeSpan.Zero))
            .Message.ShouldContain("WorkingHoursInterval");
}
