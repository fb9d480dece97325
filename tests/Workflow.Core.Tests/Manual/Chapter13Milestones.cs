using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Planning;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Milestones. Between any two writes the host restarts.</summary>
[TestFixture]
public sealed class Chapter13Milestones
{
    private const string Waits = "Object: its milestone is not reached; Office";
    private const string Over = nameof(ExpiryReason.MilestoneOver);

    [Test]
    [Statement("13.1j")]
    [Statement("6.2")]
    [Description("Pattern 18")]
    public async Task An_activity_is_pending_while_its_rule_is_false_and_begins_in_the_commit_that_makes_it_true()
    {
        await using var bed = await Staging.BedAsync(with: activity => activity
            .Destinations(to => to.Users("ann")).Client("Ask", task => task.Action("Done"))
            .Escalation("Late", TimeSpan.FromHours(1), then => then.ExpireActivity()));
        var id = await bed.BeginAsync();
        await bed.AdvanceAsync(TimeSpan.FromHours(2));
        (await bed.TurnsAsync(id)).ShouldBe(Waits);
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        (await bed.Engine.FindTimersAsync(new TimerQuery())).ShouldBeEmpty();

        await bed.SetAsync(id, isOpen: true);

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
        (await bed.Engine.FindTimersAsync(new TimerQuery())).ShouldHaveSingleItem().DueAt.ShouldBe(WorkflowTestBed.Beginning.AddHours(3));
        (await bed.MilestoneFactsAsync(id)).ShouldBe("MilestoneAwaited Object; MilestoneReached Object");
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.MilestoneAwaited).Detail.ShouldBe("Is open == true");
    }

    [Test]
    [Statement("13.1j")]
    public async Task An_activity_expires_without_lines_when_its_rule_turns_false_later()
    {
        await using var bed = await Staging.BedAsync(with: activity => activity.Destinations(to => to.Users("ann")).Client("Ask", task => task.Action("Done")));
        var id = await bed.BeginAsync(start => start.Set(Staging.IsOpen, true));
        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();

        await bed.SetAsync(id, isOpen: true);
        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
        await bed.SetAsync(id, isOpen: false);

        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        (await bed.EndsAsync(id, "Object")).ShouldBe(Over);
        (await bed.NamesAsync(id, JournalKind.LineEvaluated)).ShouldNotContain("Object to Behind");
        (await bed.MilestoneFactsAsync(id)).ShouldBeEmpty("it never waited");
        await bed.SetAsync(id, isOpen: true);
        (await bed.StartedAsync(id)).Count(name => name == "Object").ShouldBe(1, "what has expired does not come back");
    }

    [Test]
    [Statement("13.1j")]
    public async Task A_rule_is_asked_in_each_commit_that_writes_a_field_and_in_no_other()
    {
        var asked = 0;
        await using var bed = await Staging.BedAsync(Rule.Named("counted", _ => ++asked > 0), activity => activity
            .Destinations(to => to.Users("ann")).Client("Ask", task => task.Action("Done").Update("Save")));
        var id = await bed.BeginAsync();
        asked.ShouldBe(1);

        await bed.FinishAsync(id, "Office");
        await (await bed.WorklistAsync("ann"))[0].OpenAsync();
        await bed.ActAsync("ann", "Save");
        await bed.Admin().StopAsync(id);
        await bed.Admin().ResumeAsync(id);
        asked.ShouldBe(1, "nothing was written");
        await bed.FinishAsync(id, "Office", finish => finish.Set(Staging.Other, 1).Set(Staging.IsOpen, true));
        asked.ShouldBe(2, "once in a commit, whatever it writes");
        await bed.ActAsync("ann", (await bed.WorklistAsync("ann"))[0].Serial, "Save", answer => answer.Set(Staging.Other, 2));
        asked.ShouldBe(3, "an Update writes, too");
    }

    [Test]
    [Statement("13.1j")]
    [Statement("14.6")]
    public void The_milestones_that_read_a_field_are_known_once_for_a_definition()
    {
        var own = new ActivityField<int>("Own", 0);
        var definition = Orders.Define(process =>
        {
            process.Fields(Staging.IsOpen, Staging.Other);
            process.StartsWith(process.Activity("One", activity => activity.Milestone(Staging.IsOpen == true)));
            process.StartsWith(process.Activity("Two", activity => activity.Fields(own).Milestone(Staging.Other > own)));
            process.StartsWith(process.Activity("Three", activity => activity.Fields(own).Milestone(Rule.Named("code", _ => true))));
            process.StartsWith(process.Activity("Four", activity => activity.Fields(own)));
        });
        var plan = definition.Milestones!;

        plan.ReadersOf(0).ShouldBe([0, 2]);
        plan.ReadersOf(1).ShouldBe([1, 2]);
        (plan.ReadsOwn(1, 0), plan.ReadsOwn(2, 0), plan.ReadsOwn(3, 0)).ShouldBe((true, true, false));
        Grouping.Define().Milestones.ShouldBeNull();
    }

    [Test]
    [Statement("13.1j")]
    public async Task An_activity_that_completes_in_the_commit_that_makes_its_rule_false_completes()
    {
        await using var bed = await Staging.BedAsync();
        var id = await bed.BeginAsync(start => start.Set(Staging.IsOpen, true));

        await bed.FinishAsync(id, "Object", finish => finish.Set(Staging.IsOpen, false));

        (await bed.EndsAsync(id, "Object")).ShouldBe("Completed");
        (await bed.EndsAsync(id, "Behind")).ShouldBe("Completed");
    }

    [Test]
    [Statement("13.1j")]
    [Statement("3.12")]
    public async Task An_activity_whose_own_code_makes_its_rule_false_runs_no_further_event()
    {
        var log = new List<string>();
        await using var bed = await Staging.BedAsync(with: activity => activity
            .Server("Close", context => context.Set(Staging.IsOpen, false)).Logs("Next", log));
        var id = await bed.BeginAsync(start => start.Set(Staging.IsOpen, true));

        (await bed.EndsAsync(id, "Object")).ShouldBe(Over);
        log.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1j")]
    [Statement("13.1f")]
    public async Task A_member_whose_milestone_is_not_reached_holds_up_nobody_and_keeps_its_place()
    {
        await using var bed = await Staging.BedAsync(more: (process, all) =>
        {
            var second = process.Activity("Second", activity => activity.Waits());
            var third = process.Activity("Third", activity => activity.Waits());
            process.StartsWith(second).StartsWith(third).Exclusive(all[0], second, third);
        });
        var id = await bed.BeginAsync();
        (await bed.TurnsAsync(id)).ShouldBe(
            "Object: its milestone is not reached, and 'Second' (3) holds the group; Office; Second*; Third: 'Second' (3) holds the group");

        await bed.SetAsync(id, isOpen: true);
        (await bed.TurnsAsync(id)).ShouldBe(
            "Object: 'Second' (3) holds the group; Second*; Third: 'Second' (3) holds the group, and 'Object' (1) came before; Office");
        await bed.DoneAsync(id, "Second");
        (await bed.TurnsAsync(id)).ShouldBe("Object*; Third: 'Object' (1) holds the group; Office");
        await bed.SetAsync(id, isOpen: false);

        (await bed.EndsAsync(id, "Object")).ShouldBe(Over);
        (await bed.TurnsAsync(id)).ShouldBe("Third*; Office", "its expiry frees the group in the same commit");
        (await bed.MilestoneFactsAsync(id)).ShouldBe(
            "MilestoneAwaited Object; GroupAwaited Third; MilestoneReached Object; GroupAwaited Object; GroupEntered Object; GroupEntered Third");
    }

    [Test]
    [Statement("13.1j")]
    [Statement("13.1f")]
    public async Task A_member_whose_milestone_turns_false_while_it_waits_for_its_group_is_pending_and_does_not_expire()
    {
        await using var bed = await Staging.BedAsync(more: (process, all) =>
        {
            var second = process.Activity("Second", activity => activity.Waits());
            process.StartsWith(second).Exclusive(all[0], second);
        });
        var id = await bed.BeginAsync();
        await bed.SetAsync(id, isOpen: true);

        await bed.SetAsync(id, isOpen: false);
        await bed.DoneAsync(id, "Second");
        (await bed.TurnsAsync(id)).ShouldBe("Object: its milestone is not reached; Office");
        await bed.SetAsync(id, isOpen: true);

        (await bed.TurnsAsync(id)).ShouldBe("Object*; Office");
        (await bed.MilestoneFactsAsync(id)).ShouldBe(
            "MilestoneAwaited Object; MilestoneReached Object; GroupAwaited Object; MilestoneAwaited Object; MilestoneReached Object; GroupEntered Object");
    }

    [Test]
    [Statement("13.1j")]
    [Statement("13.1f")]
    public async Task A_member_that_comes_in_the_commit_that_reaches_the_milestone_of_another_does_not_overtake_it()
    {
        await using var bed = await Staging.BedAsync(more: (process, all) =>
        {
            var second = process.Activity("Second", activity => activity.Waits());
            all[1].To(second);
            process.Exclusive(all[0], second);
        });
        var id = await bed.BeginAsync();

        await bed.SetAsync(id, isOpen: true);

        (await bed.TurnsAsync(id)).ShouldBe("Object*; Office; Second: 'Object' (1) holds the group");
    }

    [Test]
    [Statement("13.1j")]
    [Statement("13.1f")]
    public async Task A_member_that_comes_in_a_commit_that_does_not_reach_the_milestone_of_another_begins()
    {
        await using var bed = await Staging.BedAsync(more: (process, all) =>
        {
            var second = process.Activity("Second", activity => activity.Waits());
            all[1].To(second);
            process.Exclusive(all[0], second);
        });
        var id = await bed.BeginAsync();

        await bed.SetAsync(id, isOpen: false);

        (await bed.TurnsAsync(id)).ShouldBe("Object: its milestone is not reached, and 'Second' (4) holds the group; Office; Second*");
    }

    [Test]
    [Statement("13.1j")]
    [Statement("13.1f")]
    public async Task A_member_whose_milestone_becomes_false_while_it_waits_for_its_group_lets_those_behind_it_begin()
    {
        await using var bed = await Staging.BedAsync(more: (process, all) =>
        {
            var holder = process.Activity("Holder", activity => activity.Waits());
            var second = process.Activity("Second", activity => activity.Waits());
            process.StartsWith(holder);
            all[1].To(second);
            process.Exclusive(holder, all[0]);
            process.Exclusive(all[0], second);
        });
        var id = await bed.BeginAsync();
        await bed.SetAsync(id, isOpen: true);
        (await bed.TurnsAsync(id)).ShouldContain("Second: ");

        await bed.SetAsync(id, isOpen: false);

        (await bed.TurnsAsync(id)).ShouldContain("Second*");
    }

    [Test]
    [Statement("13.1j")]
    [Statement("5.1")]
    public async Task A_milestone_is_asked_when_the_start_rule_lets_the_activity_begin()
    {
        await using var bed = await Staging.BedAsync(with: activity => activity.StartRule(DueTime.After(TimeSpan.FromHours(1))));
        var id = await bed.BeginAsync();
        await bed.SetAsync(id, isOpen: true);
        await bed.SetAsync(id, isOpen: false);
        (await bed.TurnsAsync(id)).ShouldBe("Object; Office");
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        (await bed.TurnsAsync(id)).ShouldBe(Waits);

        await bed.SetAsync(id, isOpen: true);

        (await bed.ReadAsync(id)).Activities[0].Destinations.ShouldHaveSingleItem();
    }

    public enum Cure
    {
        Retry,
        Skip,
        ExceptionRule,
    }

    [Test]
    [Statement("13.1j")]
    [Statement("8.2")]
    [Statement("8.2b")]
    [Statement("8.3")]
    public async Task A_rule_that_throws_is_taken_as_false_or_asked_again([Values] Cure cure, [Values] bool hasBegun)
    {
        var isBroken = false;
        await using var bed = await Staging.BedAsync(
            Staging.IsOpen == true & Rule.Named("broken", _ => isBroken ? throw new InvalidOperationException("broken") : true),
            activity => _ = cure is Cure.ExceptionRule ? activity.ExceptionRule(_ => ExceptionDecision.Continue) : activity);
        var id = await bed.BeginAsync(start => start.Set(Staging.IsOpen, hasBegun));
        isBroken = true;
        await bed.SetAsync(id, isOpen: true);
        if (cure is not Cure.ExceptionRule)
        {
            (await bed.ReadAsync(id)).Error!.Element.ShouldBe("milestone of 'Object'");
            await bed.RestartAsync();
            isBroken = cure is Cure.Skip;
            await (cure is Cure.Skip ? bed.Admin().SkipAsync(id) : bed.Admin().RetryAsync(id));
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.TurnsAsync(id)).ShouldBe((cure, hasBegun) switch
        {
            (Cure.Retry, _) => "Object; Office",
            (_, true) => "Office",
            _ => Waits,
        });
    }

    [Test]
    [Statement("13.1j")]
    [Statement("8.1")]
    public async Task A_write_in_a_commit_that_ends_in_Error_is_asked_about_when_the_instance_moves_again()
    {
        var isBroken = true;
        await using var bed = await Staging.BedAsync(more: (process, all) => all[1].To(
            process.Activity("Never"), Rule.Named("broken", _ => isBroken ? throw new InvalidOperationException("broken") : false)));
        var id = await bed.BeginAsync();
        await bed.SetAsync(id, isOpen: true);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.TurnsAsync(id)).ShouldStartWith("Object: its milestone is not reached");
        await bed.RestartAsync();

        isBroken = false;
        await bed.Admin().RetryAsync(id);

        (await bed.TurnsAsync(id)).ShouldBe("Object; Office");
        (await bed.ServerItemsAsync(id)).Count.ShouldBe(2);
    }

    [Test]
    [Statement("13.1j")]
    [Statement("10.8")]
    [Statement("13.1g")]
    [Statement("8.6b")]
    public async Task A_pending_activity_keeps_the_instance_alive_and_ends_with_it([Values("end", "delete", "goto", "expire")] string how)
    {
        await using var bed = await Staging.BedAsync(more: (process, _) =>
        {
            process.StartsWith(process.Activity("End", activity => activity.Waits().EndsProcess()));
            process.Activity("X");
        });
        var id = await bed.BeginAsync();
        await bed.Admin().GoToAsync(id, "X", Expiring.Only("Office"));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);

        await (how switch
        {
            "end" => bed.DoneAsync(id, "End"),
            "delete" => bed.Admin().DeleteAsync(id).AsTask(),
            "goto" => bed.Admin().GoToAsync(id, "X").AsTask(),
            _ => bed.Admin().ExpireActivityAsync(id, "Object").AsTask(),
        });

        (await bed.EndsAsync(id, "Object")).ShouldBe(how switch
        {
            "end" => nameof(ExpiryReason.ProcessEnded),
            "delete" => nameof(ExpiryReason.Deleted),
            "goto" => nameof(ExpiryReason.Goto),
            _ => nameof(ExpiryReason.Administrator),
        });
        (await bed.EndsAsync(id, "Behind")).ShouldBe(how == "expire" ? "Completed" : "");
    }

    [Test]
    [Statement("13.1j")]
    [Statement("13.1c")]
    public async Task A_join_waits_for_a_branch_until_its_milestone_is_over()
    {
        await using var bed = await Staging.BedAsync(more: (process, all) =>
        {
            var split = process.Activity("Split");
            var quick = process.Activity("Quick", activity => activity.Waits());
            var slow = process.Activity("Slow", activity => activity.Milestone(Staging.IsOpen == true).Waits());
            var join = process.Activity("Join", activity => activity.PrecedingRule(Arrivals.OfTakenBy("Split")));
            process.StartsWith(split);
            split.To(quick).To(slow);
            quick.To(join);
            slow.To(join);
        });
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Quick");
        (await bed.EndsAsync(id, "Join")).ShouldBe(nameof(ExpiryReason.ArrivalKept));
        await bed.SetAsync(id, isOpen: true);

        await bed.SetAsync(id, isOpen: false);

        (await bed.EndsAsync(id, "Slow")).ShouldBe(Over);
        (await bed.EndsAsync(id, "Join")).ShouldBe($"{nameof(ExpiryReason.ArrivalKept)}, Completed");
    }

    [Test]
    [Statement("13.1j")]
    public async Task A_milestone_may_read_fields_of_its_activity()
    {
        var left = new ActivityField<int>("Left", 1);
        await using var bed = await Staging.BedAsync(left > 0, activity => activity
            .Fields(left).Destinations(to => to.Users("ann")).Client("Ask", task => task.Action("Done").Update("Save")));
        var id = await bed.BeginAsync();
        await bed.ActAsync("ann", (await bed.WorklistAsync("ann"))[0].Serial, "Save", answer => answer.Set(left, 2));
        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();

        await bed.ActAsync("ann", (await bed.WorklistAsync("ann"))[0].Serial, "Save", answer => answer.Set(left, 0));

        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        (await bed.EndsAsync(id, "Object")).ShouldBe(Over);
    }

    [Test]
    [Statement("13.1j")]
    [Statement("13.3")]
    public async Task A_milestone_explains_itself_with_the_values_that_it_read()
    {
        await using var bed = await Staging.BedAsync(Staging.IsOpen == true & Staging.Other > 3);
        var process = await bed.ReadAsync(await bed.BeginAsync());

        var trace = Question.OfMilestone(Staging.Define(Staging.IsOpen == true & Staging.Other > 3).ActivityArray[0], process.Activities[0]).Explain();

        trace.ToString().ShouldContain("Is open");
        trace.Result.ShouldBe(false);
        process.Activities[0].Wait!.IsForMilestone.ShouldBeTrue();
    }

    [Test]
    [Statement("13.1j")]
    public async Task A_field_that_an_action_of_people_sets_reaches_a_milestone()
    {
        await using var bed = await Staging.BedAsync(with: activity => activity.Destinations(to => to.Users("ann")).Client("Ask", task => task.Action("Done")),
            more: (process, _) => process.StartsWith(process.Activity("Clerk", activity => activity.Destinations(to => to.Users("bob"))
                .Client("Decide", task => task.Action("Open", action => action.Sets(Staging.IsOpen, true))))));
        await bed.BeginAsync();
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();

        await bed.ActAsync("bob", (await bed.WorklistAsync("bob"))[0].Serial, "Open");

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("13.1j")]
    [Statement("13.4")]
    public async Task A_milestone_without_a_meaning_is_refused_and_one_that_is_never_reached_is_found()
    {
        var vote = new DestinationField<int>("Vote", 0);
        Should.Throw<ProcessDefinitionException>(() => Staging.Define(vote > 0, activity => activity.Fields(vote))).Message
            .ShouldContain("milestone of activity 'Object': the destination field 'Vote' is read, and a milestone is asked when there is no destination");
        Should.Throw<ProcessDefinitionException>(() => Staging.Define(Answers.AllGiven)).Message.ShouldContain("a milestone has none");
        Should.Throw<ArgumentNullException>(() => Orders.Define(process => process.Activity("One", activity => activity.Milestone(null!))));

        await using var bed = await WorkflowTestBed.CreateAsync(Staging.Define(Staging.Other > 5 & Staging.Other < 3));
        var finding = bed.Deployments[0].Findings.Single(found => found.Id == FindingIds.MilestoneNeverReached);
        finding.Path.ShouldBe("activity 'Object' / milestone");
        await using var other = await WorkflowTestBed.CreateAsync(Staging.Define(Staging.Other > 5));
        other.Deployments[0].Findings.ShouldNotContain(found => found.Id == FindingIds.MilestoneNeverReached);
    }

    [Test]
    [Statement("8.8b")]
    [Statement("13.1j")]
    public async Task A_pending_activity_is_asked_by_the_new_version_and_one_that_has_begun_is_not([Values("none", "true", "false")] string rule)
    {
        await using var bed = await Migrations.BedAsync(
            Two("Object", "Begun", Staging.IsOpen == true, Staging.Other == 0),
            Two("New", "Begun", rule == "none" ? null : rule == "true" ? Staging.IsOpen == false : Staging.IsOpen == true, Staging.Other > 3));
        var id = await bed.BeginAsync();
        (await bed.TurnsAsync(id)).ShouldBe("Object: its milestone is not reached; Begun");

        await bed.MigrateAsync(id, Renames.None.Activity("Object", "New"));

        (await bed.TurnsAsync(id)).ShouldBe(rule == "false" ? "New: its milestone is not reached; Begun" : "New; Begun");
        (await bed.MilestoneFactsAsync(id)).ShouldBe(rule == "false" ? "MilestoneAwaited Object" : "MilestoneAwaited Object; MilestoneReached New");
        await bed.FinishAsync(id, "Begun", finish => finish.Set(Staging.Other, 1));
        (await bed.EndsAsync(id, "Begun")).ShouldBe(Over, "its second event does not run, since the rule of the new version is false");
    }

    private static Action<ProcessBuilder> Two(string pending, string begun, Rule? rule, Rule other) => process => process
        .Fields(Staging.IsOpen, Staging.Other)
        .StartsWith(process.Activity(pending, activity => _ = rule is null ? activity.Waits() : activity.Milestone(rule).Waits()))
        .StartsWith(process.Activity(begun, activity => activity.Milestone(other).Waits().Waits("Again")));
}
