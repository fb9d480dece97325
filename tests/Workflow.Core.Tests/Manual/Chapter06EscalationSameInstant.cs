using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Escalations that repeat and fire at one instant with others.</summary>
[TestFixture]
public sealed class Chapter06EscalationSameInstant
{
    private static ProcessDefinition Deciding(Action<ActivityBuilder> more) =>
        Worklists.Deciding(activity => more(activity.Once(1, 1).Chooses().OutcomesFromActions().OutcomeAtFirst("Reject")));

    [Test]
    [Statement("6.5b")]
    [Statement("6.4b")]
    public async Task Each_missed_firing_of_two_escalations_comes_in_due_order()
    {
        var each = Repeat.Times(2).WhenMissed(Missed.Each);
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity => activity
            .Escalation("Two hours", after: TimeSpan.FromHours(2), then => then.Mails(), repeat: each)
            .Escalation("Three hours", after: TimeSpan.FromHours(3), then => then.Mails(), repeat: each)));
        var id = await bed.BeginAsync();
        bed.PassWithoutHost("2026-01-06T08:00Z");

        await bed.FireDueAsync();

        (await bed.FiringsAsync(id)).Select(firing => firing[..^12]).ShouldBe(
            ["Two hours", "Three hours", "Two hours", "Two hours", "Three hours", "Three hours"], "14:00 is due in both; the first was armed first");
    }

    /// <summary>Mails are due at 09:00, 10:00 and 11:00, the expiry at 10:30.</summary>
    [Test]
    [Statement("6.5b")]
    [Statement("6.4b")]
    public async Task Every_missed_mail_that_was_due_before_the_expiry_is_sent_before_it()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity => activity
            .Escalation("Mail", after: TimeSpan.FromHours(1), then => then.Mails(), repeat: Repeat.Times(2).WhenMissed(Missed.Each))
            .Escalation("Give up", after: TimeSpan.FromMinutes(150), then => then.ExpireActivity())));
        var id = await bed.BeginAsync();
        bed.PassWithoutHost("2026-01-06T08:00Z");

        await bed.FireDueAsync();

        (await bed.FiringsAsync(id)).ShouldBe(["Mail 01-06 08:00", "Mail 01-06 08:00", "Give up 01-06 08:00"]);
        (await bed.PathAsync(id)).ShouldBe("Refused");
    }

    /// <summary>Mails are due at each full hour, the expiry at 11:30. The host comes at 12:00, when a mail is due that nobody has missed.</summary>
    [Test]
    [Statement("6.5b")]
    [Statement("6.4b")]
    public async Task A_mail_behind_those_that_are_passed_over_waits_for_its_own_due_instant()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity => activity
            .Escalation("Mail", after: TimeSpan.FromHours(1), then => then.Mails(), repeat: Repeat.Times(9).WhenMissed(Missed.Skip))
            .Escalation("Give up", after: TimeSpan.FromMinutes(210), then => then.ExpireActivity())));
        var id = await bed.BeginAsync();
        bed.PassWithoutHost("2026-01-05T12:00Z");

        await bed.FireDueAsync();

        (await bed.FiringsAsync(id)).ShouldBe(["Give up 01-05 12:00"]);
        (await bed.PathAsync(id)).ShouldBe("Refused");
    }

    /// <summary>An escalation is armed once, with its repeats. So the place of its definition counts for each of its firings.</summary>
    [Test]
    [Statement("6.5b")]
    public async Task E2_05_a_repeat_keeps_its_place_in_the_order_of_definition([Values] bool mailFirst)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity =>
        {
            if (mailFirst)
            {
                activity.Escalation("Mail", after: TimeSpan.FromDays(1), then => then.Mails(), repeat: 5);
            }

            activity.Escalation("Expire", after: TimeSpan.FromDays(3), then => then.ExpireActivity());
            if (!mailFirst)
            {
                activity.Escalation("Mail", after: TimeSpan.FromDays(1), then => then.Mails(), repeat: 5);
            }
        }));
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(TimeSpan.FromDays(9));

        string[] third = mailFirst ? ["Mail 01-08 08:00"] : [];
        (await bed.FiringsAsync(id)).ShouldBe(["Mail 01-06 08:00", "Mail 01-07 08:00", .. third, "Expire 01-08 08:00"]);
    }

    /// <summary>Due instants are 08:00:10, 08:00:20 and 08:00:30. The host comes at 08:00:35, so none is late by more than a minute.</summary>
    [Test]
    [Statement("6.4")]
    [Statement("6.4b")]
    public async Task Due_instants_that_are_not_missed_fire_one_by_one([Values] Missed missed)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(activity => activity.Escalation(
            "Mail", after: TimeSpan.FromSeconds(10), then => then.Mails(), repeat: Repeat.Times(9).WhenMissed(missed))));
        var id = await bed.BeginAsync();
        bed.PassWithoutHost("2026-01-05T08:00:35Z");

        await bed.FireDueAsync();

        (await bed.FiringDetailsAsync(id)).ShouldBe(
        [
            "firing 1 of 10, due 2026-01-05 08:00:10Z", "firing 2 of 10, due 2026-01-05 08:00:20Z", "firing 3 of 10, due 2026-01-05 08:00:30Z",
        ]);
    }

    /// <code>
    /// ►─┬─► First (escalates; code) ──►
    ///   └─► Second (code) ──►
    /// </code>
    [Test]
    [Statement("10.1")]
    [Statement("15")]
    public async Task An_escalation_does_not_change_the_order_in_which_activities_begin([Values] bool escalates)
    {
        var log = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Order", process =>
        {
            process.Managed();
            process.StartsWith(process.Activity("First", activity =>
            {
                activity.Logs("Tell", log).Waits();
                if (escalates)
                {
                    activity.Escalation("Mail", after: TimeSpan.FromHours(1), then => then.Mails());
                }
            }));
            process.StartsWith(process.Activity("Second", activity => activity.Logs("Tell", log).Waits()));
        }));

        await bed.BeginAsync();

        log.ShouldBe(["First/Tell 1_1", "Second/Tell 1_2"]);
    }
}
