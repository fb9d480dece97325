using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Manual;

/// <summary>An instance goes on in another version of its definition.</summary>
[TestFixture]
public sealed class Chapter08Migration
{
    private readonly List<string> _ran = [];

    [SetUp]
    public void Forget() => _ran.Clear();

    [Test]
    [Statement("8.8")]
    [Description("V2-01")]
    public async Task An_armed_escalation_keeps_its_instant_and_the_next_entry_has_the_new_one()
    {
        await using var bed = await Migrations.BedAsync(Reminding(3), Reminding(5));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        await bed.MigrateAsync(id);
        await bed.AdvanceAsync(TimeSpan.FromDays(3));
        await bed.Admin().GoToAsync(id, "Ask");
        await bed.AdvanceAsync(TimeSpan.FromDays(20));

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 01-08 08:00", "Remind 01-14 08:00"]);

        static Action<ProcessBuilder> Reminding(int days) => Migrations.Asking(activity =>
            activity.Once(1, 1).Chooses().Escalation("Remind", TimeSpan.FromDays(days), then => then.Mails()));
    }

    [Test]
    [Statement("8.8b")]
    [Description("V2-02")]
    public async Task A_new_escalation_is_not_armed_for_what_is_active_and_is_at_the_next_entry()
    {
        await using var bed = await Migrations.BedAsync(
            Migrations.Asking(activity => activity.Once(1, 1).Chooses()),
            Migrations.Asking(activity => activity.Once(1, 1).Chooses().Escalation("Remind", TimeSpan.FromDays(1), then => then.Mails())));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromHours(12));

        await bed.MigrateAsync(id);
        await bed.AdvanceAsync(TimeSpan.FromDays(3));
        (await bed.FiringsAsync(id)).ShouldBeEmpty();
        await bed.Admin().GoToAsync(id, "Ask");
        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        (await bed.FiringsAsync(id)).ShouldBe(["Remind 01-09 20:00"]);
    }

    [Test]
    [Statement("8.8")]
    [Description("V2-03")]
    public async Task A_version_without_an_escalation_that_has_fired_is_refused()
    {
        await using var bed = await Migrations.BedAsync(
            process => Migrations.Asking(activity => activity.Once(1, 1).Chooses())(process.Escalation("Late", TimeSpan.FromDays(1), then => then.Mails())),
            Migrations.Asking(activity => activity.Once(1, 1).Chooses()));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(2));

        (await bed.ShouldNotMigrateAsync(id)).ShouldBe(["escalation 'Late': version 2 has none of this name"]);
    }

    [Test]
    [Statement("8.8")]
    [Description("V2-04")]
    public async Task A_version_without_an_activity_that_was_never_visited_is_refused_unless_its_successor_is_named()
    {
        await using var bed = await Migrations.BedAsync(With("Old"), With("New"));
        var id = await bed.BeginAsync();

        (await bed.ShouldNotMigrateAsync(id)).ShouldBe(
            ["activity 'Old': version 2 has none of this name", "line 'Ask to Old': version 2 has none of this name"]);
        await bed.MigrateAsync(id, Renames.None.Activity("Old", "New"));

        static Action<ProcessBuilder> With(string name) => process =>
        {
            var ask = process.Activity("Ask", activity => activity.Once(1, 1).Chooses());
            process.StartsWith(ask);
            ask.To(process.Activity("After"));
            ask.To(process.Activity(name), Rule.Named("Never", _ => false));
        };
    }

    [Test]
    [Statement("8.8b")]
    [Description("V2-05")]
    public async Task An_armed_escalation_keeps_the_number_of_its_repeats_and_its_interval([Values] bool isRestart)
    {
        await using var bed = await Migrations.BedAsync(Repeating(days: 1, repeats: 5, "one"), Repeating(days: 2, repeats: 9, "two"));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromDays(2.5));

        await bed.MigrateAsync(id);
        if (isRestart)
        {
            await bed.RestartAsync();
        }

        await bed.AdvanceAsync(TimeSpan.FromDays(20));

        (await bed.FiringsAsync(id)).ShouldBe(
            [
                "Remind 01-06 08:00", "Remind 01-07 08:00",
                "Remind 01-08 08:00", "Remind 01-09 08:00", "Remind 01-10 08:00", "Remind 01-11 08:00",
            ]);
        (await bed.FiringDetailsAsync(id))[^1].ShouldBe("firing 6 of 6, due 2026-01-11 08:00:00Z");
        _ran.ShouldBe(["one", "one", "two", "two", "two", "two last"]);
        await bed.Admin().GoToAsync(id, "Ask");
        await bed.AdvanceAsync(TimeSpan.FromDays(60));
        (await bed.FiringsAsync(id)).Length.ShouldBe(6 + 10, "the next entry is that of version 2");

        Action<ProcessBuilder> Repeating(int days, int repeats, string code) => Migrations.Asking(activity => activity.Once(1, 1).Chooses().Escalation(
            "Remind", TimeSpan.FromDays(days), then => then.Run("Note", context => _ran.Add(context.IsLast ? $"{code} last" : code)), repeats));
    }

    [Test]
    [Statement("8.8b")]
    [Description("V2-08")]
    public async Task A_destination_goes_on_behind_its_event_in_the_new_order()
    {
        await using var bed = await Migrations.BedAsync(
            Migrations.Asking(activity => Server(activity.Once(1, 1).Chooses("Task"), "S1")),
            Migrations.Asking(activity => Server(Server(Server(activity.Once(1, 1), "S0").Chooses("Task"), "S1"), "S2")));
        var id = await bed.BeginAsync();

        await bed.MigrateAsync(id);
        await bed.ActAsync("A", "Approve");

        _ran.ShouldBe(["S1", "S2"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.6")]
    [Statement("8.8")]
    [Description("V2-11")]
    public async Task An_instance_in_Error_stays_in_Error_and_its_retry_runs_the_new_code()
    {
        await using var bed = await Migrations.BedAsync(
            Migrations.Asking(activity => activity.Server("S", _ => throw new InvalidOperationException("broken"))),
            Migrations.Asking(activity => Server(activity, "S")));
        var id = await bed.BeginAsync();
        var error = (await bed.ReadAsync(id)).Error.ShouldNotBeNull();

        await bed.MigrateAsync(id);
        (await bed.ReadAsync(id)).Error.ShouldBe(error);
        await bed.Admin().RetryAsync(id, error);

        _ran.ShouldBe(["S"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.8")]
    [Description("V2-16")]
    public async Task A_start_rule_that_waits_keeps_its_instant()
    {
        await using var bed = await Migrations.BedAsync(Waiting(2), Waiting(5));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromHours(1));

        await bed.MigrateAsync(id);
        (await bed.ActiveAsync(id, "Ask")).StartsAt.ShouldBe(Firings.At("2026-01-05 10:00"));
        await bed.AdvanceAsync(TimeSpan.FromHours(1));

        (await bed.WorklistAsync("A")).Count.ShouldBe(1);

        static Action<ProcessBuilder> Waiting(int hours) =>
            Migrations.Asking(activity => activity.StartRule(DueTime.After(TimeSpan.FromHours(hours))).Once(1, 1).Chooses());
    }

    [Test]
    [Statement("8.8")]
    public async Task A_process_that_waits_for_its_start_begins_with_the_lines_and_the_escalations_of_the_new_version()
    {
        await using var bed = await Migrations.BedAsync(
            process => Migrations.Asking(activity => activity.Once(1, 1).Chooses())(process.StartRule(DueTime.After(TimeSpan.FromHours(2)))),
            process =>
            {
                Migrations.Asking(activity => activity.Once(1, 1).Chooses())(process.StartRule(DueTime.After(TimeSpan.FromHours(9))));
                process.StartsWith(process.Activity("Also", activity => activity.Once(2, 2).Chooses()));
                process.Escalation("Late", TimeSpan.FromHours(1), then => then.Mails());
            });
        var id = await bed.BeginAsync();

        await bed.MigrateAsync(id);
        (await bed.ReadAsync(id)).StartsAt.ShouldBe(Firings.At("2026-01-05 10:00"));
        await bed.AdvanceAsync(TimeSpan.FromHours(2));

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Ask", "Also"]);
        await bed.AdvanceAsync(TimeSpan.FromHours(2));
        (await bed.FiringsAsync(id)).ShouldBe(["Late 01-05 11:00"]);
    }

    [Test]
    [Statement("8.8b")]
    public async Task An_instance_that_is_there_already_does_not_change_and_its_history_does_not_tell_of_it([Values] bool byRetry)
    {
        await using var bed = await Migrations.BedAsync(
            Migrations.Asking(activity => activity.Once(1, 1).Chooses()), Migrations.Asking(activity => activity.Once(1, 1).Chooses()));
        var id = await bed.BeginAsync();
        await bed.MigrateAsync(id);
        var bytes = await bed.StoredBytesAsync(id);

        (await bed.Admin().MigrateAsync(id, toVersion: 2, byRetry ? Renames.None.Activity("Nothing", "Nowhere") : null)).ShouldBeFalse();

        (await bed.StoredBytesAsync(id)).ShouldBe(bytes);
    }

    [Test]
    [Statement("8.2")]
    [Description("X2-10")]
    public async Task A_retry_on_another_version_runs_its_code_and_new_instances_start_on_the_old_one()
    {
        await using var bed = await Migrations.BedAsync(
            Migrations.Asking(activity => activity.Server("S", _ => throw new InvalidOperationException("broken"))),
            Migrations.Asking(activity => Server(activity, "S")));
        var id = await bed.BeginAsync();
        var error = (await bed.ReadAsync(id)).Error;

        await bed.Admin().RetryAsync(id, onVersion: 2, error, reason: "The sum is right now.");

        _ran.ShouldBe(["S"]);
        var process = await bed.ReadAsync(id);
        (process.Status, process.DefinitionVersion).ShouldBe((ProcessInstanceStatus.Completed, 2));
        (await bed.HistoryAsync(id)).Where(entry => entry.User == Orders.Boss).Select(entry => (entry.Kind, entry.Name, entry.Detail)).ShouldBe(
            [
                (JournalKind.VersionChanged, "1 to 2", "The sum is right now."),
                (JournalKind.Retried, "server event 'S' of 'Ask'", "The sum is right now."),
            ]);
        (await bed.ReadAsync(await bed.BeginAsync())).DefinitionVersion.ShouldBe(1);
    }

    [Test]
    [Statement("8.2")]
    public async Task A_retry_on_a_version_that_lacks_something_is_refused_and_the_instance_is_as_it_was()
    {
        await using var bed = await Migrations.BedAsync(
            Migrations.Asking(activity => activity.Server("S", _ => throw new InvalidOperationException("broken"))),
            Migrations.Asking(activity => Server(activity, "T")));
        var id = await bed.BeginAsync();

        var refusal = await bed.ShouldRefuseAsync<ProcessInstanceRefusedException>(id, () => bed.Admin().RetryAsync(id, onVersion: 2).AsTask());

        refusal.Obstacles.ShouldHaveSingleItem().Element.ShouldBe("event 'S' of activity 'Ask'");
        _ran.ShouldBeEmpty();
        (await bed.ReadAsync(id)).DefinitionVersion.ShouldBe(1);
    }

    [Test]
    [Statement("8.2")]
    public async Task A_retry_on_another_version_that_fails_again_stays_on_that_version()
    {
        var broken = Migrations.Asking(activity => activity.Server("S", _ => throw new InvalidOperationException("broken")));
        await using var bed = await Migrations.BedAsync(broken, broken);
        var id = await bed.BeginAsync();

        await bed.Admin().RetryAsync(id, onVersion: 2);

        var process = await bed.ReadAsync(id);
        (process.Status, process.DefinitionVersion).ShouldBe((ProcessInstanceStatus.Error, 2));
    }

    private ActivityBuilder Server(ActivityBuilder activity, string name) => activity.Server(name, _ => _ran.Add(name));
}
