using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Exclusive groups. Between any two finishes the host restarts, so who holds a group and who waits for it is stored.</summary>
[TestFixture]
public sealed class Chapter13Groups
{
    private const string RepairWaits = "Inspect*; Repair: 'Inspect' (2) holds the group";

    [Test]
    [Statement("13.1f")]
    [Description("J12")]
    public async Task A_member_has_neither_task_nor_timer_before_the_group_is_free_and_both_in_the_commit_that_frees_it()
    {
        await using var bed = await Grouping.BedAsync(repair: activity => activity
            .Destinations(to => to.Users("ann")).Client("Mend", task => task.Action("Done"))
            .Escalation("Late", TimeSpan.FromHours(1), then => then.ExpireActivity()));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromHours(2));
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        (await bed.Engine.FindTimersAsync(new TimerQuery())).ShouldBeEmpty();
        (await bed.TurnsAsync(id)).ShouldBe(RepairWaits);
        (await bed.ReadAsync(id)).Activities[1].Escalations.ShouldBeEmpty();
        var version = (await bed.ReadAsync(id)).Version;

        await bed.DoneAsync(id, "Inspect");

        (await bed.ReadAsync(id)).Version.ShouldBe(version + 1, "the end of Inspect and the begin of Repair are one commit");
        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem().Activity.ShouldBe("Repair");
        (await bed.Engine.FindTimersAsync(new TimerQuery())).ShouldHaveSingleItem().DueAt.ShouldBe(WorkflowTestBed.Beginning.AddHours(3));
        (await bed.TurnsAsync(id)).ShouldBe("Repair*");
        (await bed.GroupFactsAsync(id)).ShouldBe("GroupAwaited Repair: 'Inspect' (2) holds the group; GroupEntered Repair");
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        (await bed.EndsAsync(id, "Repair")).ShouldBe(nameof(ExpiryReason.Escalation));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1f")]
    [Description("J13")]
    public async Task The_group_is_held_through_Stopped_and_Error_until_a_goto_ends_its_holder()
    {
        var isBroken = true;
        await using var bed = await Grouping.BedAsync(
            inspect: activity => activity.Waits().SucceedingRule(Rule.Named("closed", _ => isBroken ? throw new InvalidOperationException("closed") : false)),
            more: (process, _) => process.Activity("X", activity => activity.Waits()));
        var id = await bed.BeginAsync();

        await bed.Admin().StopAsync(id);
        (await bed.TurnsAsync(id)).ShouldBe(RepairWaits);
        await bed.RestartAsync();
        await bed.Admin().ResumeAsync(id);
        (await bed.TurnsAsync(id)).ShouldBe(RepairWaits);
        await bed.DoneAsync(id, "Inspect");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.TurnsAsync(id)).ShouldBe(RepairWaits);
        await bed.RestartAsync();
        await bed.Admin().RetryAsync(id);
        (await bed.TurnsAsync(id)).ShouldBe(RepairWaits);
        var version = (await bed.ReadAsync(id)).Version;

        await bed.Admin().GoToAsync(id, "X", Expiring.Only("Inspect"));

        (await bed.TurnsAsync(id)).ShouldBe("Repair*; X");
        (await bed.ServerItemsAsync(id)).Count.ShouldBe(2);
        (await bed.HistoryAsync(id)).Last(fact => fact.Kind is JournalKind.GroupEntered).Name.ShouldBe("Repair");
        (await bed.ReadAsync(id)).Version.ShouldBeGreaterThan(version);
    }

    [Test]
    [Statement("13.1f")]
    [Description("J14")]
    public async Task The_one_that_waits_longer_comes_before_the_member_that_loops()
    {
        await using var bed = await Grouping.BedAsync();
        var id = await bed.BeginAsync(start => start.Set(Grouping.IsAgain, true));

        await bed.DoneAsync(id, "Inspect");
        (await bed.TurnsAsync(id)).ShouldBe("Repair*; Inspect: 'Repair' (3) holds the group");
        await bed.DoneAsync(id, "Repair");
        (await bed.TurnsAsync(id)).ShouldBe("Inspect*");

        (await bed.GroupFactsAsync(id)).ShouldBe(
            "GroupAwaited Repair: 'Inspect' (2) holds the group; GroupAwaited Inspect: 'Repair' (3) came before; GroupEntered Repair; GroupEntered Inspect");
    }

    [Test]
    [Statement("13.1f")]
    [Statement("13.1g")]
    [Statement("10.1b")]
    [Description("J15, its group")]
    public async Task A_member_that_waits_expires_with_a_terminating_end()
    {
        await using var bed = await Grouping.BedAsync(more: (process, all) =>
        {
            process.StartsWith(process.Activity("End", activity => activity.Waits().EndsProcess()));
            all[2].To(process.Activity("Never"));
        });
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "End");

        (await bed.EndsAsync(id, "Inspect")).ShouldBe(nameof(ExpiryReason.ProcessEnded));
        (await bed.EndsAsync(id, "Repair")).ShouldBe(nameof(ExpiryReason.ProcessEnded));
        (await bed.StartedAsync(id)).ShouldNotContain("Never");
        (await bed.CountAsync(id, JournalKind.GroupEntered)).ShouldBe(0);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1f")]
    public async Task Two_activity_instances_of_one_member_exclude_each_other()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
        {
            var work = process.Activity("Work", activity => activity.Waits());
            process.StartsWith(work, name: "one").StartsWith(work, name: "two").StartsWith(work, name: "three").Exclusive("Work");
        }));
        var id = await bed.BeginAsync();

        (await bed.TurnsAsync(id)).ShouldBe(
            "Work*; Work: 'Work' (1) holds the group; Work: 'Work' (1) holds the group, and 'Work' (2) came before");
        foreach (var left in (string[])["Work*; Work: 'Work' (2) holds the group", "Work*", ""])
        {
            await bed.DoneAsync(id, "Work");
            (await bed.TurnsAsync(id)).ShouldBe(left);
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    public enum Ending
    {
        Finish,
        ExpiredByAdministrator,
        Escalation,
        GotoOfItsCode,
        ExpiredByItsCode,
        EventExpired,
        Skip,
    }

    [Test]
    [Statement("13.1f")]
    [Statement("7.5")]
    public async Task The_group_is_free_in_whatever_way_its_holder_ends([Values] Ending ending)
    {
        await using var bed = await Grouping.BedAsync(
            inspect: activity => activity
                .Server("Wait", context => context.WaitUntilFinished())
                .Server("Act", context => Act(context, ending))
                .Escalation("Late", TimeSpan.FromHours(5), then => then.ExpireActivity()),
            more: (process, _) => process.Activity("X"));
        var id = await bed.BeginAsync();

        switch (ending)
        {
            case Ending.ExpiredByAdministrator:
                await bed.Admin().ExpireActivityAsync(id, "Inspect");
                break;
            case Ending.Escalation:
                await bed.AdvanceAsync(TimeSpan.FromHours(5));
                break;
            case Ending.EventExpired:
                await bed.Admin().ExpireEventAsync((await bed.ServerItemsAsync(id))[0]);
                break;
            default:
                await bed.DoneAsync(id, "Inspect");
                break;
        }

        if (ending is Ending.Skip)
        {
            (await bed.TurnsAsync(id)).ShouldBe(RepairWaits);
            await bed.Admin().SkipAsync(id);
        }

        (await bed.TurnsAsync(id)).ShouldBe("Repair*");
        (await bed.ServerItemsAsync(id)).ShouldHaveSingleItem();
    }

    private static void Act(ServerEventContext context, Ending ending)
    {
        switch (ending)
        {
            case Ending.GotoOfItsCode:
                context.GoTo("X");
                break;
            case Ending.ExpiredByItsCode:
                context.ExpireActivity();
                break;
            case Ending.Skip:
                throw new InvalidOperationException("broken");
            default:
                break;
        }
    }

    [Test]
    [Statement("13.1f")]
    [Statement("5.3")]
    public async Task A_member_takes_its_place_when_its_start_rule_lets_it_begin()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
        {
            var first = process.Activity("First", activity => activity.Waits());
            var late = process.Activity("Late", activity => activity
                .StartRule(DueTime.After(TimeSpan.FromHours(1))).Waits().Escalation("Old", TimeSpan.FromHours(1), then => then.ExpireActivity()));
            var gate = process.Activity("Gate", activity => activity.Waits());
            var third = process.Activity("Third", activity => activity.Waits());
            process.StartsWith(first).StartsWith(late).StartsWith(gate).Exclusive(first, late, third);
            gate.To(third);
        }));
        var id = await bed.BeginAsync();
        (await bed.TurnsAsync(id)).ShouldBe("First*; Late; Gate", "one that is not due waits for its instant, and not for the group");
        await bed.DoneAsync(id, "Gate");
        await bed.AdvanceAsync(TimeSpan.FromHours(2));
        (await bed.TurnsAsync(id)).ShouldBe(
            "First*; Late: 'First' (1) holds the group, and 'Third' (4) came before; Third: 'First' (1) holds the group");

        await bed.DoneAsync(id, "First", "Third");

        (await bed.TurnsAsync(id)).ShouldBe("Late*");
        (await bed.Engine.FindTimersAsync(new TimerQuery())).ShouldHaveSingleItem().DueAt.ShouldBe(WorkflowTestBed.Beginning.AddHours(3));
    }

    [Test]
    [Statement("13.1f")]
    [Statement("5.4b")]
    public async Task The_escalations_count_from_the_instant_of_the_start_rule_unless_the_member_has_waited_for_its_group([Values] bool isHeld)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
        {
            process.StartsWith(process.Activity("Late", activity => activity
                .StartRule(DueTime.After(TimeSpan.FromHours(1))).Waits().Escalation("Old", TimeSpan.FromHours(9), then => then.ExpireActivity())));
            process.StartsWith(process.Activity("Holder", activity => activity.Waits()));
            process.Exclusive(isHeld ? ["Holder", "Late"] : ["Late"]);
        }));
        var id = await bed.BeginAsync();

        // No host ran for three hours after the instant.
        bed.Clock.Set(WorkflowTestBed.Beginning.AddHours(4));
        await bed.FireDueAsync();
        await bed.DoneAsync(id, "Holder");

        (await bed.Engine.FindTimersAsync(new TimerQuery())).ShouldHaveSingleItem().DueAt
            .ShouldBe(isHeld ? bed.Clock.GetUtcNow().AddHours(9) : WorkflowTestBed.Beginning.AddHours(10));
    }

    [Test]
    [Statement("13.1f")]
    [Statement("10.8")]
    public async Task Members_that_end_at_once_follow_each_other_in_one_commit_and_in_order()
    {
        var log = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
        {
            var holder = process.Activity("Holder", activity => activity.Waits());
            process.StartsWith(holder);
            List<ActivityReference> all = [holder];
            foreach (var number in Enumerable.Range(1, 30))
            {
                all.Add(process.Activity($"Member {number.Invariant()}", activity => activity.PureServer("Log", context => log.Add(context.Activity))));
                process.StartsWith(all[^1]);
            }

            process.Exclusive([.. all]);
        }));
        var id = await bed.BeginAsync();
        log.ShouldBeEmpty();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active, "members that wait keep the instance alive");

        await bed.DoneAsync(id, "Holder");

        log.ShouldBe(Enumerable.Range(1, 30).Select(number => $"Member {number.Invariant()}"));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1f")]
    public async Task An_activity_of_two_groups_needs_both_and_nobody_who_came_later_overtakes_it()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Orders.Define(process =>
        {
            var left = process.Activity("Left", activity => activity.Waits());
            var both = process.Activity("Both", activity => activity.Waits());
            var right = process.Activity("Right", activity => activity.Waits());
            var free = process.Activity("Free", activity => activity.Waits());
            process.StartsWith(left).StartsWith(both).StartsWith(right).StartsWith(free);
            process.Exclusive(left, both).Exclusive(both, right).Exclusive(free);
        }));
        var id = await bed.BeginAsync();

        (await bed.TurnsAsync(id)).ShouldBe("Left*; Both: 'Left' (1) holds the group; Right: 'Both' (2) came before; Free*");
        await bed.DoneAsync(id, "Left");
        (await bed.TurnsAsync(id)).ShouldBe("Both*; Right: 'Both' (2) holds the group; Free*");
        await bed.DoneAsync(id, "Both");
        (await bed.TurnsAsync(id)).ShouldBe("Right*; Free*");
    }

    [Test]
    [Statement("13.1f")]
    [Statement("13.11")]
    [Statement("8.6b")]
    public async Task A_member_that_waits_ends_with_a_goto_a_withdrawal_and_a_deletion([Values("goto", "withdraw", "delete", "expire")] string how)
    {
        await using var bed = await Grouping.BedAsync(more: (process, all) =>
        {
            process.Activity("X", activity => activity.Waits());
            process.Withdrawal();
            all[2].To(process.Activity("Behind"));
        });
        var id = await bed.BeginAsync();

        await (how switch
        {
            "goto" => bed.Admin().GoToAsync(id, "X").AsTask(),
            "withdraw" => bed.Engine.As("dora").WithdrawAsync(id).AsTask(),
            "delete" => bed.Admin().DeleteAsync(id).AsTask(),
            _ => bed.Admin().ExpireActivityAsync(id, "Repair").AsTask(),
        });

        (await bed.EndsAsync(id, "Repair")).ShouldBe(how switch
        {
            "goto" => nameof(ExpiryReason.Goto),
            "withdraw" => nameof(ExpiryReason.Withdrawn),
            "delete" => nameof(ExpiryReason.Deleted),
            _ => nameof(ExpiryReason.Administrator),
        });
        (await bed.CountAsync(id, JournalKind.GroupEntered)).ShouldBe(0);
        (await bed.TurnsAsync(id)).ShouldBe(how switch { "goto" => "X", "expire" => "Inspect*", _ => "" });
        (await bed.StartedAsync(id)).Contains("Behind").ShouldBe(how == "expire", "an administrator's expiry follows the lines");
    }

    [Test]
    [Statement("13.1f")]
    [Statement("8.6")]
    public async Task A_group_that_a_goto_frees_while_the_instance_is_stopped_is_taken_when_it_is_resumed()
    {
        await using var bed = await Grouping.BedAsync(more: (process, _) => process.Activity("X", activity => activity.Waits()));
        var id = await bed.BeginAsync();
        await bed.Admin().StopAsync(id);

        await bed.Admin().GoToAsync(id, "X", Expiring.Only("Inspect"));
        (await bed.TurnsAsync(id)).ShouldBe("Repair: nobody holds the group");
        await bed.RestartAsync();
        await bed.Admin().ResumeAsync(id);

        (await bed.TurnsAsync(id)).ShouldBe("Repair*; X");
    }

    [Test]
    [Statement("13.1f")]
    [Statement("8.2")]
    public async Task A_member_whose_escalation_or_destination_rule_fails_holds_the_group_through_the_error([Values] bool isEscalation)
    {
        var isBroken = true;
        await using var bed = await Grouping.BedAsync(inspect: activity => _ = isEscalation
            ? activity.Waits().Escalation(
                "Late", DueTime.At("a date", _ => Broken() ? default : WorkflowTestBed.Beginning.AddDays(1)), then => then.ExpireActivity())
            : activity.Waits().Destinations(to => to.Set("Broken", when: Rule.Named("broken", _ => !Broken())).Users("ann")));
        var id = await bed.BeginAsync();

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.TurnsAsync(id)).ShouldBe(RepairWaits);
        await bed.RestartAsync();
        isBroken = false;
        await bed.Admin().RetryAsync(id);

        (await bed.TurnsAsync(id)).ShouldBe(RepairWaits);

        bool Broken() => isBroken ? throw new InvalidOperationException("broken") : false;
    }

    [Test]
    [Statement("13.1f")]
    [Statement("13.1e")]
    [Statement("10.1b")]
    public async Task A_member_that_waits_expires_with_the_others_of_a_join()
    {
        await using var bed = await Grouping.BedAsync(more: (process, all) =>
        {
            var quick = process.Activity("Quick", activity => activity.Waits());
            all[0].To(quick);
            var join = process.Activity("Join", activity => activity.PrecedingRule(Arrivals.First.Of("Split").ThenExpireOthers()));
            Array.ForEach([quick, all[1], all[2]], branch => branch.To(join));
        });
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Quick");

        (await bed.EndsAsync(id, "Inspect")).ShouldBe(nameof(ExpiryReason.JoinPassed));
        (await bed.EndsAsync(id, "Repair")).ShouldBe(nameof(ExpiryReason.JoinPassed));
        (await bed.CountAsync(id, JournalKind.GroupEntered)).ShouldBe(0);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1f")]
    [Statement("13.1c")]
    [Statement("10.8")]
    public async Task A_join_waits_for_a_branch_on_which_a_member_waits()
    {
        await using var bed = await Grouping.BedAsync(more: (process, all) =>
        {
            var join = process.Activity("Join", activity => activity.PrecedingRule(Arrivals.OfTakenBy("Split")));
            all[1].To(join);
            all[2].To(join);
        });
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Inspect");
        (await bed.EndsAsync(id, "Join")).ShouldBe(nameof(ExpiryReason.ArrivalKept));
        await bed.DoneAsync(id, "Repair");

        (await bed.EndsAsync(id, "Join")).ShouldBe($"{nameof(ExpiryReason.ArrivalKept)}, Completed");
    }

    [Test]
    [Statement("13.1f")]
    [Statement("13.9")]
    public async Task A_preview_tells_of_the_member_that_would_begin()
    {
        await using var bed = await Grouping.BedAsync();
        var id = await bed.BeginAsync();

        var effects = await bed.Admin().Preview.ExpireActivityAsync(id, "Inspect");

        effects.Facts.Select(fact => fact.Kind).ShouldContain(JournalKind.GroupEntered);
        effects.FirstCall.ShouldNotBeNull().Activity.ShouldBe("Repair");
        (await bed.TurnsAsync(id)).ShouldBe(RepairWaits);
    }

    [Test]
    [Statement("13.1f")]
    [Statement("13.4")]
    public void A_group_without_a_meaning_is_refused()
    {
        Problem(process => process.Exclusive(Array.Empty<string>())).ShouldContain("exclusive group: it has no activity, so it excludes nothing");
        Problem(process => process.Exclusive("Work", "Wrok"))
            .ShouldContain("exclusive group of 'Work', 'Wrok': it names the activity 'Wrok', which does not exist");
        Problem(process => process.Exclusive("Work", "Rest", "Work"))
            .ShouldContain("exclusive group of 'Work', 'Rest', 'Work': it names the activity 'Work' twice");
        Should.Throw<ArgumentNullException>(() => Build(process => process.Exclusive((string)null!)));
        Should.Throw<ArgumentNullException>(() => Build(process => process.Exclusive((ActivityReference)null!)));
        ActivityReference? foreign = null;
        Build(process => foreign = process.Activity("Other"));
        Should.Throw<ArgumentException>(() => Build(process => process.Exclusive(foreign!)));

        Build(process => process.Exclusive("Rest", "Work").Exclusive("Work")).ExclusiveGroups.Select(group => string.Join(", ", group.Activities))
            .ShouldBe(["Rest, Work", "Work"]);

        static string Problem(Action<ProcessBuilder> more) => Should.Throw<ProcessDefinitionException>(() => Build(more)).Message;

        static ProcessDefinition Build(Action<ProcessBuilder> more) => Orders.Define(process =>
        {
            process.StartsWith(process.Activity("Work")).StartsWith(process.Activity("Rest"));
            more(process);
        });
    }
}
