using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Timers that an administrator has worked out anew after the hours of a calendar have changed. The test bed begins on Monday 2026-01-05 at 08:00 in
/// UTC, and the office opens at 09:00.</summary>
[TestFixture]
public sealed class Chapter05TimersAnew
{
    private static readonly ProcessField<DateTimeOffset> Departure = new("Departure");

    private readonly OfficeHours _hours = new();

    private Task<WorkflowTestBed> BedAsync(Action<ProcessBuilder> build) => WorkflowTestBed.CreateAsync(Orders.Define(build), options =>
    {
        options.SilencedFindings = FindingIds.All;
        _hours.AddTo(options);
    });

    private static Action<ProcessBuilder> Waiting(DueTime when) => process =>
        process.Fields(Departure).StartsWith(process.Activity("Pack", activity => activity
            .StartRule(when).Escalation("Hurry", TimeSpan.FromHours(1), then => then.Mails())
            .Destinations(to => to.Users("ann")).Client("Pack the bag", task => task.Action("Done"))));

    private static Action<ProcessBuilder> Asking(Action<ActivityBuilder> more) => process =>
        process.Fields(Departure).StartsWith(process.Activity("Approve", activity => more(activity.Once(1, 1).Chooses())));

    private static Action<ProcessBuilder> Reminding(Delay after, Repeat? repeat = null) =>
        Asking(activity => activity.Escalation("Remind", after, then => then.Mails(), repeat));

    private static async Task<string[]> AnewAsync(WorkflowTestBed bed, ProcessInstanceId id, string calendar = "Office") =>
        OfficeHours.Words(await bed.Admin().RecomputeTimersAsync(id, calendar, "The holidays have changed."));

    [SetUp]
    public void Forget() => _hours.Replace();

    [Test]
    [Statement("5.9")]
    [Statement("5.7b")]
    public async Task A_start_counts_from_its_arrival_in_the_hours_as_they_are_now([Values] bool restarts)
    {
        await using var bed = await BedAsync(Waiting(DueTime.After(Delay.WorkingDays(2)).In("Office")));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromHours(3));
        _hours.Replace(6);
        if (restarts)
        {
            await bed.RestartAsync();
        }

        (await bed.TimersAsync(id)).ShouldBe(["01-07 09:00 Pack"], "nothing moves by itself");
        (await AnewAsync(bed, id)).ShouldBe(["Pack 01-07 09:00 to 01-08 09:00"]);

        (await bed.ReadAsync(id)).Activities.Single().StartsAt.ShouldBe(Firings.At("2026-01-08T09:00Z"));
        (await bed.TimersAsync(id)).ShouldBe(["01-08 09:00 Pack"]);
        var facts = await bed.HistoryAsync(id);
        facts.TakeLast(2).Select(fact => (fact.Kind, fact.Name, fact.Detail, fact.User)).ShouldBe(
        [
            (JournalKind.TimersRecomputed, "Office", "The holidays have changed.", Orders.Boss),
            (JournalKind.TimerMoved, "Pack", "2026-01-07 09:00:00Z to 2026-01-08 09:00:00Z", null),
        ]);
        (await AnewAsync(bed, id)).ShouldBe(["Pack 01-08 09:00"], "there is nothing to do any more");
        (await bed.HistoryAsync(id)).Count.ShouldBe(facts.Count);
        await bed.AdvanceToAsync("2026-01-08T08:59Z");
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        await bed.AdvanceToAsync("2026-01-08T09:00Z");
        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("5.9")]
    [Statement("6.3b")]
    public async Task A_start_that_is_overdue_by_it_begins_at_once_and_its_activity_counts_from_there()
    {
        _hours.Replace(6);
        await using var bed = await BedAsync(Waiting(DueTime.After(Delay.WorkingDays(1)).In("Office")));
        var id = await bed.BeginAsync();
        await bed.AdvanceToAsync("2026-01-06T10:00Z");
        _hours.Replace();

        (await AnewAsync(bed, id)).ShouldBe(["Pack 01-07 09:00 to 01-06 10:00"]);
        await bed.FireDueAsync();

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
        (await bed.TimersAsync(id)).ShouldBe(["01-06 11:00 Hurry"]);
    }

    [Test]
    [Statement("5.9")]
    [Statement("6.4b")]
    public async Task The_next_firing_of_an_escalation_counts_from_the_due_instant_of_the_one_before([Values("process", "activity", "event")] string level)
    {
        var (day, repeat) = (Delay.WorkingDays(1).In("Office"), Repeat.Times(3));
        await using var bed = await BedAsync(level switch
        {
            "process" => process =>
            {
                process.Escalation("Remind", day, then => then.Mails(), repeat);
                Asking(_ => { })(process);
            },
            "activity" => Reminding(day, repeat),
            _ => process => process.StartsWith(process.Activity("Approve", activity => activity.Once(1, 1).Chooses(
                more: task => task.Escalation("Remind", day, then => then.Mails(), repeat)))),
        });
        var id = await bed.BeginAsync();
        await bed.AdvanceToAsync("2026-01-06T12:00Z");
        _hours.Replace(7);
        await bed.RestartAsync();

        (await AnewAsync(bed, id)).ShouldBe(["Remind 01-07 09:00 to 01-08 09:00"]);
        await bed.AdvanceToAsync("2026-02-01T00:00Z");

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 01-06 09:00", "Remind 01-08 09:00", "Remind 01-09 09:00", "Remind 01-12 09:00"]);
        (await bed.FiringDetailsAsync(id))[1].ShouldBe("firing 2 of 4, due 2026-01-08 09:00:00Z");
    }

    /// <summary>Wednesday and Thursday were holidays, and are none any more on Thursday at 10:00.</summary>
    [TestCase(Missed.Once, "firing 3 of 6, due 2026-01-08 09:00:00Z, for 2 due instants")]
    [TestCase(Missed.Each, "firing 2 of 6, due 2026-01-07 09:00:00Z", "firing 3 of 6, due 2026-01-08 09:00:00Z")]
    [TestCase(Missed.Skip)]
    [Statement("5.9")]
    [Statement("6.4b")]
    public async Task A_repeat_that_is_overdue_by_it_fires_as_one_that_was_missed(Missed missed, params string[] details)
    {
        _hours.Replace(7, 8);
        await using var bed = await BedAsync(Reminding(Delay.WorkingDays(1).In("Office"), Repeat.Times(5).WhenMissed(missed)));
        var id = await bed.BeginAsync();
        await bed.AdvanceToAsync("2026-01-08T10:00Z");
        _hours.Replace();

        (await AnewAsync(bed, id)).ShouldBe(["Remind 01-09 09:00 to 01-07 09:00"]);
        await bed.FireDueAsync();

        (await bed.FiringDetailsAsync(id)).ShouldBe(["firing 1 of 6, due 2026-01-06 09:00:00Z", .. details]);
        (await bed.TimersAsync(id)).ShouldBe(["01-09 09:00 Remind"]);
    }

    [Test]
    [Statement("5.9")]
    [Statement("6.6")]
    public async Task A_timer_that_is_held_and_is_not_due_any_more_waits_for_its_new_instant([Values] bool isError, [Values] bool restarts)
    {
        var fails = isError;
        await using var bed = await BedAsync(process =>
        {
            Reminding(Delay.WorkingDays(1).In("Office"))(process);
            process.StartsWith(process.Activity("Check", activity => activity.Server("Check", _ =>
            {
                if (fails)
                {
                    throw new InvalidOperationException("broken");
                }
            })));
        });
        var id = await bed.BeginAsync();
        if (!isError)
        {
            await bed.Admin().StopAsync(id);
        }

        await bed.AdvanceToAsync("2026-01-07T10:00Z");
        (await bed.TimersAsync(id)).ShouldBeEmpty("it is held");
        _hours.Replace(6, 7);
        if (restarts)
        {
            await bed.RestartAsync();
        }

        (await AnewAsync(bed, id)).ShouldBe(["Remind 01-06 09:00 to 01-08 09:00"]);

        (await bed.TimersAsync(id)).ShouldBe(["01-08 09:00 Remind"]);
        fails = false;
        await (isError ? bed.Admin().RetryAsync(id) : bed.Admin().ResumeAsync(id));
        await bed.AdvanceToAsync("2026-01-08T08:59Z");
        (await bed.FiringsAsync(id)).ShouldBeEmpty();
        await bed.AdvanceToAsync("2026-01-08T09:00Z");
        (await bed.FiringsAsync(id)).ShouldBe(["Remind 01-08 09:00"]);
    }

    [Test]
    [Statement("5.9")]
    [Statement("6.6")]
    public async Task A_timer_that_is_held_and_stays_overdue_fires_once_the_instance_moves_again()
    {
        await using var bed = await BedAsync(Reminding(Delay.WorkingDays(1).In("Office")));
        var id = await bed.BeginAsync();
        await bed.Admin().StopAsync(id);
        await bed.AdvanceToAsync("2026-01-12T10:00Z");
        _hours.Replace(6);

        (await AnewAsync(bed, id)).ShouldBe(["Remind 01-06 09:00 to 01-07 09:00"]);
        (await bed.TimersAsync(id)).ShouldBeEmpty("it is held still");
        await bed.RestartAsync();
        await bed.Admin().ResumeAsync(id);
        await bed.FireDueAsync();

        (await bed.FiringDetailsAsync(id)).ShouldBe(["firing 1 of 1, due 2026-01-07 09:00:00Z"]);
    }

    /// <summary>It became overdue while the instance was stopped. Then the holiday is one again.</summary>
    [Test]
    [Statement("5.9")]
    public async Task A_timer_that_was_overdue_by_it_can_be_due_later_again()
    {
        _hours.Replace(6);
        await using var bed = await BedAsync(Reminding(Delay.WorkingDays(1).In("Office")));
        var id = await bed.BeginAsync();
        await bed.Admin().StopAsync(id);
        await bed.AdvanceToAsync("2026-01-06T11:00Z");
        _hours.Replace();
        (await AnewAsync(bed, id)).ShouldBe(["Remind 01-07 09:00 to 01-06 11:00"]);
        await bed.AdvanceToAsync("2026-01-06T12:00Z");
        (await AnewAsync(bed, id)).ShouldBe(["Remind 01-06 11:00"], "it was worked out already");
        _hours.Replace(6);

        (await AnewAsync(bed, id)).ShouldBe(["Remind 01-06 11:00 to 01-07 09:00"]);

        (await bed.TimersAsync(id)).ShouldBe(["01-07 09:00 Remind"]);
    }

    [Test]
    [Statement("5.9")]
    public async Task Sleeps_retries_plain_times_and_timers_of_other_calendars_stay()
    {
        var other = new OfficeHours("Factory");
        await using var bed = await WorkflowTestBed.CreateAsync(
            Orders.Define(process =>
            {
                Asking(activity => activity
                    .Escalation("Elapsed", TimeSpan.FromDays(2), then => then.Mails())
                    .Escalation("At an instant", DueTime.At(Firings.At("2026-01-08T00:00Z")), then => then.Mails())
                    .Escalation("Factory", Delay.WorkingDays(2).In("Factory"), then => then.Mails())
                    .Escalation("Rome", DueTime.At(new DateOnly(2026, 1, 9)).In("Europe/Rome"), then => then.Mails())
                    .Escalation("Office", Delay.WorkingDays(2).In("Office"), then => then.Mails()))(process);
                process.StartsWith(process.Activity("Call", activity => activity.Server(
                    "Call", _ => throw new InvalidOperationException("busy"), define: server => server.Retry(3, TimeSpan.FromDays(2), jitter: 0))));
            }),
            options =>
            {
                options.SilencedFindings = FindingIds.All;
                _hours.AddTo(options);
                other.AddTo(options);
            });
        var id = await bed.BeginAsync();
        await bed.SleepAsync("A", id, 3_600);
        _hours.Replace(6);
        other.Replace(6);
        var before = await bed.TimersAsync(id);

        (await AnewAsync(bed, id)).ShouldBe(["Office 01-07 09:00 to 01-08 09:00"]);

        (await bed.TimersAsync(id)).Except(before).ShouldBe(["01-08 09:00 Office"]);
        before.Length.ShouldBe(7);
        (await AnewAsync(bed, id, "Europe/Rome")).ShouldBe(["Rome 01-08 23:00"]);
        (await AnewAsync(bed, id, "Factory")).ShouldBe(["Factory 01-07 09:00 to 01-08 09:00"]);
    }

    [Test]
    [Statement("5.9")]
    public async Task A_date_of_a_field_is_the_one_that_it_has_now_and_without_one_the_timer_stays()
    {
        await using var bed = await BedAsync(process =>
        {
            process.Fields(Departure);
            process.StartsWith(process.Activity("Change", activity => activity.Server("Wait", context => context.WaitUntilFinished())));
            process.StartsWith(process.Activity("Pack", activity => activity
                .StartRule(DueTime.At(Departure).Minus(Delay.WorkingDays(3)).In("Office")).Server("Pack", _ => { })));
        });
        var id = await bed.BeginAsync(start => start.Set(Departure, Firings.At("2026-01-20T10:00Z")));
        (await bed.TimersAsync(id)).ShouldBe(["01-15 10:00 Pack"]);
        _hours.Replace(15);
        var changed = (await bed.ServerItemsAsync(id)).Single();
        await bed.FinishAsync("bank", changed, result => result.Set(Departure, Firings.At("2026-01-21T11:00Z")));

        (await AnewAsync(bed, id)).ShouldBe(["Pack 01-15 10:00 to 01-16 11:00"]);
    }

    [Test]
    [Statement("5.9")]
    public async Task A_function_that_throws_leaves_its_timer_and_keeps_no_other_from_its_instant()
    {
        var fails = false;
        await using var bed = await BedAsync(Asking(activity => activity
            .Escalation(
                "Function",
                DueTime.At("two days on", _ => fails ? throw new InvalidOperationException("no date") : Firings.At("2026-01-06T10:00Z"))
                    .Plus(Delay.WorkingDays(1)).In("Office"),
                then => then.Mails())
            .Escalation("Remind", Delay.WorkingDays(1).In("Office"), then => then.Mails())));
        var id = await bed.BeginAsync();
        _hours.Replace(6, 7);
        fails = true;

        var timers = await bed.Admin().RecomputeTimersAsync(id, "Office");

        OfficeHours.Words(timers).ShouldBe(["Function 01-07 10:00 kept", "Remind 01-06 09:00 to 01-08 09:00"]);
        timers[0].Problem.ShouldBe("no date");
        fails = false;
        (await AnewAsync(bed, id)).ShouldBe(["Function 01-07 10:00 to 01-08 10:00", "Remind 01-08 09:00"]);
    }

    [Test]
    [Statement("5.9")]
    [Statement("5.4b")]
    public async Task A_process_that_waits_begins_and_counts_its_age_from_the_new_instant()
    {
        await using var bed = await BedAsync(process =>
        {
            process.StartRule(DueTime.After(Delay.WorkingDays(1)).In("Office"));
            process.Escalation("Late", Delay.WorkingHours(2).In("Office"), then => then.Mails());
            Asking(_ => { })(process);
        });
        var id = await bed.BeginAsync();
        _hours.Replace(6);

        (await AnewAsync(bed, id)).ShouldBe(["Order 01-06 09:00 to 01-07 09:00"]);

        var process = await bed.ReadAsync(id);
        (process.StartsAt, process.BeginsAt).ShouldBe((Firings.At("2026-01-07T09:00Z"), Firings.At("2026-01-07T09:00Z")));
        var later = new ProcessQuery { StartedFrom = Firings.At("2026-01-07T09:00Z") };
        (await bed.Engine.AsSystem().FindProcessesAsync(later)).ShouldHaveSingleItem().Id.ShouldBe(id);
        await bed.AdvanceToAsync("2026-01-07T09:00Z");
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Approve"]);
        (await bed.TimersAsync(id)).ShouldBe(["01-07 11:00 Late"]);
    }

    [Test]
    [Statement("5.9")]
    [Statement("8.8b")]
    public async Task An_instance_that_was_moved_keeps_its_interval_and_takes_the_first_due_time_of_its_version()
    {
        static Action<ProcessBuilder> Version(int first, int interval) => Migrations.Asking(activity => activity.Once(1, 1).Chooses().Escalation(
            "Remind",
            DueTime.After(Delay.WorkingDays(first)).In("Office"),
            then => then.Mails(),
            Repeat.Times(5).Every(Delay.WorkingDays(interval).In("Office"))));

        await using var bed = await Migrations.BedAsync(Version(1, 1), Version(2, 3), _hours.AddTo);
        var (fired, fresh) = (await bed.BeginAsync(), await bed.BeginAtAsync("2026-01-05T08:30Z"));
        await bed.AdvanceToAsync("2026-01-06T08:00Z");
        await bed.MigrateAsync(fresh);
        _hours.Replace(7);
        var effects = await bed.Admin().Preview.RecomputeTimersAsync(fresh, "Office");
        _hours.Replace();
        await bed.AdvanceToAsync("2026-01-06T12:00Z");
        await bed.MigrateAsync(fired);
        _hours.Replace(7);

        OfficeHours.Words(effects.RecomputedTimers).ShouldBe(["Remind 01-06 09:00 to 01-08 09:00"], "two working days after its beginning");
        (await AnewAsync(bed, fired)).ShouldBe(["Remind 01-07 09:00 to 01-08 09:00"], "one working day after the firing of Tuesday");
    }

    [Test]
    [Statement("5.9")]
    [Statement("13.9")]
    public async Task A_preview_tells_the_old_and_the_new_instants_and_changes_nothing()
    {
        await using var bed = await BedAsync(Reminding(Delay.WorkingDays(1).In("Office")));
        var id = await bed.BeginAsync();
        _hours.Replace(6);
        var before = await bed.StoredBytesAsync(id);

        var effects = await bed.Admin().Preview.RecomputeTimersAsync(id, "Office", "The holidays have changed.");

        OfficeHours.Words(effects.RecomputedTimers).ShouldBe(["Remind 01-06 09:00 to 01-07 09:00"]);
        effects.ArmedTimers.ShouldHaveSingleItem().DueAt.ShouldBe(Firings.At("2026-01-07T09:00Z"));
        effects.EndedTimers.ShouldBeEmpty();
        effects.Facts.Select(fact => fact.Kind).ShouldBe([JournalKind.TimersRecomputed, JournalKind.TimerMoved]);
        (await bed.StoredBytesAsync(id)).ShouldBe(before);
        _hours.Replace();
        var nothing = await bed.Admin().Preview.RecomputeTimersAsync(id, "Office");
        OfficeHours.Words(nothing.RecomputedTimers).ShouldBe(["Remind 01-06 09:00"]);
        nothing.Facts.ShouldBeEmpty();
    }

    /// <summary>The call of the first event has begun. The command comes before the second one is called.</summary>
    [Test]
    [Statement("5.9")]
    [Statement("8.6")]
    public async Task It_comes_between_two_calls_of_code()
    {
        using var reached = new SemaphoreSlim(0);
        var door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bed = await BedAsync(process => process.StartsWith(process.Activity("Pay", activity => activity
            .Escalation("Remind", Delay.WorkingDays(1).In("Office"), then => then.Mails())
            .Server("First", async (_, _) =>
            {
                reached.Release();
                await door.Task;
            })
            .Server("Second", _ => { }))));
        var starting = bed.StartAsync("dora");
        await reached.WaitAsync();
        _hours.Replace(6);

        var anew = AnewAsync(bed, new ProcessInstanceId(1));
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        door.SetResult();

        (await anew).ShouldBe(["Remind 01-06 09:00 to 01-07 09:00"]);
        await starting;
        var kinds = (await bed.HistoryAsync(new ProcessInstanceId(1))).Select(fact => $"{fact.Kind} {fact.Name}").ToList();
        kinds.IndexOf("TimersRecomputed Office").ShouldBeInRange(kinds.IndexOf("EventCompleted First"), kinds.IndexOf("EventCompleted Second"));
    }
}
