using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Joins. Between any two steps the host restarts, so what a join keeps is stored.</summary>
[TestFixture]
public sealed class Chapter13Joins
{
    private const string Kept = nameof(ExpiryReason.ArrivalKept);
    private const string Dropped = nameof(ExpiryReason.ArrivalDropped);

    [Test]
    [Statement("13.1")]
    [Description("J01")]
    public async Task All_lines_the_last_arrival_passes_once()
    {
        await using var bed = await Joining.BedAsync(Arrivals.All);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A", "B");
        var join = (await bed.ReadAsync(id)).Joins.ShouldHaveSingleItem();
        join.ToString().ShouldBe("2 of 3 have arrived; still to come: C to J");
        (join.Activity, join.Count, join.Wanted, join.HasPassed).ShouldBe(("J", 2, 3, false));
        await bed.DoneAsync(id, "C");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, Completed");
        (await bed.EndsAsync(id, "Done")).ShouldBe("Completed");
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.JoinPassed).Detail.ShouldBe("A to J, B to J, C to J");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
        (await bed.ReadAsync(id)).Joins.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1b")]
    [Statement("10.8b")]
    [Description("J02")]
    public async Task All_lines_count_each_for_itself_and_more_arrivals_stay()
    {
        await using var bed = await Joining.BedAsync(Arrivals.All, Extra);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A", "Extra", "A", "B");
        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, {Kept}");
        await bed.DoneAsync(id, "C");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, {Kept}, Completed");
        (await bed.EndsAsync(id, "Done")).ShouldBe("Completed");
        (await bed.UnfinishedAsync(id)).ShouldBe(["J: 1 of 3 have arrived; still to come: B to J, C to J"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1")]
    [Description("J03")]
    public async Task All_lines_of_the_second_round_are_waited_for_anew()
    {
        await using var bed = await Joining.BedAsync(Arrivals.All, Again);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A", "B", "C", "A");
        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, Completed, {Kept}");
        await bed.DoneAsync(id, "B", "C");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, Completed, {Kept}, {Kept}, Completed");
    }

    [Test]
    [Statement("13.1c")]
    [Description("J04")]
    public async Task All_taken_waits_for_the_lines_that_the_split_took()
    {
        await using var bed = await Joining.BedAsync(Arrivals.OfTakenBy("Split"));
        var id = await bed.BeginAsync(start => start.Set(Joining.TakesB, false));

        await bed.DoneAsync(id, "A");
        (await bed.ReadAsync(id)).Joins.ShouldHaveSingleItem().ToString().ShouldBe("1 of 2 have arrived; still to come: Split to C");
        await bed.DoneAsync(id, "C");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed");
        (await bed.EndsAsync(id, "Done")).ShouldBe("Completed");
    }

    [Test]
    [Statement("13.1c")]
    [Description("J05")]
    public async Task All_taken_does_not_wait_for_a_branch_of_which_nothing_is_left([Values] bool isOverFirst)
    {
        await using var bed = await Joining.BedAsync(Arrivals.OfTakenBy("Split"), (process, all) =>
            all[3].To(process.Activity("Cancelled", activity => activity.Waits()), when: Joining.IsCancelled == true));
        var id = await bed.BeginAsync(start => start.Set(Joining.TakesB, false).Set(Joining.IsCancelled, true));

        await bed.DoneAsync(id, isOverFirst ? ["C", "Cancelled", "A"] : ["A", "C", "Cancelled"]);

        (await bed.EndsAsync(id)).ShouldBe(isOverFirst ? "Completed" : $"{Kept}, Completed");
        (await bed.EndsAsync(id, "Done")).ShouldBe("Completed");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1c")]
    public async Task All_taken_passes_nothing_when_nothing_has_arrived()
    {
        await using var bed = await Joining.BedAsync(Arrivals.OfTakenBy("Split"), (process, all) =>
        {
            // Every branch leads elsewhere.
            all[3].To(process.Activity("Cancelled"), when: Joining.IsCancelled == true);
        });
        var id = await bed.BeginAsync(start => start.Set(Joining.TakesB, false).Set(Joining.IsCancelled, true));
        await bed.Engine.As("boss").ManageProcesses().GoToAsync(id, "Done", Expiring.Only("A"));

        await bed.DoneAsync(id, "C");

        (await bed.EndsAsync(id)).ShouldBeEmpty();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1")]
    [Description("J06")]
    public async Task An_activity_that_expires_arrives_along_its_line()
    {
        await using var bed = await Joining.BedAsync(
            Arrivals.OfTakenBy("Split"), c: activity => activity.Escalation("Expire", TimeSpan.FromDays(1), then => then.ExpireActivity()));
        var id = await bed.BeginAsync(start => start.Set(Joining.TakesB, false));

        await bed.DoneAsync(id, "A");
        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed");
    }

    [Test]
    [Statement("13.1d")]
    [Description("J07")]
    public async Task First_passes_and_the_others_are_dropped_until_all_have_come()
    {
        await using var bed = await Joining.BedAsync(Arrivals.First, Again);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A");
        (await bed.ReadAsync(id)).Joins.ShouldHaveSingleItem().HasPassed.ShouldBeTrue();
        await bed.DoneAsync(id, "B", "C", "C");

        (await bed.EndsAsync(id)).ShouldBe($"Completed, {Dropped}, {Dropped}, Completed");
        await bed.DoneAsync(id, "A", "B");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1d")]
    [Description("J08")]
    public async Task First_counts_a_line_that_arrives_twice_once()
    {
        await using var bed = await Joining.BedAsync(Arrivals.First, Extra);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A", "Extra", "A", "B", "C");

        (await bed.EndsAsync(id)).ShouldBe($"Completed, {Dropped}, {Dropped}, {Dropped}");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1e")]
    [Statement("10.1b")]
    [Description("J09, as far as it can be without a sub-process")]
    public async Task At_least_two_then_the_others_expire_and_nothing_else([Values] bool isSplitNamed)
    {
        var join = Arrivals.AtLeast(2).ThenExpireOthers();
        await using var bed = await Joining.BedAsync(
            isSplitNamed ? join.Of("Split") : join,
            (process, _) => process.StartsWith(process.Activity("U", activity => activity.Waits())));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A", "B");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed");
        (await bed.EndsAsync(id, "C")).ShouldBe(nameof(ExpiryReason.JoinPassed));
        (await bed.NamesAsync(id, JournalKind.LineEvaluated)).ShouldNotContain("C to J");
        (await bed.ReadAsync(id)).Activities.Select(activity => activity.Name).ShouldBe(["U"]);
        await bed.DoneAsync(id, "U");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1e")]
    [Description("J10")]
    public async Task At_least_two_counts_different_lines()
    {
        await using var bed = await Joining.BedAsync(Arrivals.AtLeast(2), Extra);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A", "Extra", "A");
        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}");
        await bed.DoneAsync(id, "B");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, Completed");
    }

    [Test]
    [Statement("10.4")]
    [Statement("10.8b")]
    [Description("J11")]
    public async Task The_rest_of_the_preceding_rule_is_asked_when_the_join_is_about_to_pass()
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(Joining.Define(Arrivals.All, and: Joining.Amount > 100m), options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.LoggerFactory = log;
        });
        var id = await bed.BeginAsync(start => start.Set(Joining.Amount, 50m));

        await bed.DoneAsync(id, "A", "B", "C");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, {nameof(ExpiryReason.PrecedingRuleFalse)}");
        (await bed.UnfinishedAsync(id)).ShouldBe(["J: 3 of 3 have arrived, and the rest of the preceding rule was false"]);
        log.Warnings.ShouldContain(message => message.Contains("arrivals at the join of 'J' are not used", StringComparison.Ordinal));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1h")]
    public async Task A_blocking_join_keeps_later_arrivals_for_the_next_round()
    {
        await using var bed = await Joining.BedAsync(Arrivals.AtLeast(2).KeepingLater(), Extra);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A", "B");
        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed");
        await bed.DoneAsync(id, "Extra", "A");
        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed, {Kept}");
        await bed.DoneAsync(id, "C");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed, {Kept}, {Kept}");
        (await bed.UnfinishedAsync(id)).ShouldBe(["J: 1 of 2 have arrived; can come: B to J, C to J"]);
    }

    [Test]
    [Statement("13.1h")]
    public async Task A_blocking_join_passes_at_once_when_enough_was_kept_for_the_next_round()
    {
        await using var bed = await Joining.BedAsync(Arrivals.First.KeepingLater(), Extra);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A", "B", "Extra", "A", "C");

        (await bed.EndsAsync(id)).ShouldBe($"Completed, {Kept}, {Kept}, {Kept}, Completed");
        (await bed.EndsAsync(id, "Done")).ShouldBe("Completed, Completed");
    }

    [Test]
    [Statement("13.1i")]
    public async Task Arrivals_along_one_line_pass_together()
    {
        await using var bed = await Joining.BedAsync(Arrivals.AlongOneLine(2), Extra);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "B", "A", "C", "Extra", "A");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, {Kept}, Completed");
        (await bed.UnfinishedAsync(id)).ShouldBe(["J: 1 of 2 have arrived along one line"]);
    }

    [Test]
    [Statement("10.10b")]
    [Description("G2-04, G2-05")]
    public async Task A_goto_of_one_activity_leaves_the_arrivals([Values("A", "Split")] string target)
    {
        await using var bed = await Joining.BedAsync(Arrivals.All);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "A", "C");

        await bed.Engine.As("boss").ManageProcesses().GoToAsync(id, target, Expiring.Only("B"));
        await bed.DoneAsync(id, target == "A" ? ["A"] : ["A", "B", "C"]);

        (await bed.EndsAsync(id)).ShouldBe(target == "A" ? $"{Kept}, {Kept}, {Kept}" : $"{Kept}, {Kept}, {Kept}, Completed, {Kept}");
        (await bed.EndsAsync(id, "Done")).ShouldBe(target == "A" ? "" : "Completed");
        (await bed.UnfinishedAsync(id)).ShouldBe([
            "J: 2 of 3 have arrived; still to come: B to J",
        ]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("10.10b")]
    [Description("G2-06")]
    public async Task A_goto_to_the_join_satisfies_it_and_a_goto_of_everything_clears_it()
    {
        await using var bed = await Joining.BedAsync(Arrivals.All);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "A");

        await bed.Engine.As("boss").ManageProcesses().GoToAsync(id, "J");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed");
        (await bed.EndsAsync(id, "B")).ShouldBe(nameof(ExpiryReason.Goto));
        (await bed.EndsAsync(id, "Done")).ShouldBe("Completed");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1g")]
    [Statement("10.1b")]
    [Description("J15, without a sub-process and a group")]
    public async Task An_activity_that_ends_the_process_expires_everything_and_clears_the_joins([Values] bool restartsOnce)
    {
        await using var bed = await Joining.BedAsync(Arrivals.All, (process, all) =>
        {
            process.StartsWith(process.Activity("Stop", activity => activity.Waits().EndsProcess()));
            process.StartsWith(process.Activity("Later", activity => activity.StartRule(DueTime.After(TimeSpan.FromDays(1))).Waits()));
            process.FinishRule(restartsOnce ? Joining.Round == 1 : Rule.Named("never", _ => false), goTo: process.Activity(
                "Archive", activity => activity.PureServer("Count", context => context.Set(Joining.Round, 2))));
        });
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "A");

        await bed.DoneAsync(id, "Stop");

        foreach (var name in (string[])["B", "C", "Later"])
        {
            (await bed.EndsAsync(id, name)).ShouldBe(nameof(ExpiryReason.ProcessEnded));
        }

        (await bed.EndsAsync(id, "Archive")).ShouldBe(restartsOnce ? "Completed" : "");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
        (await bed.Engine.FindTimersAsync(new() { ProcessInstance = id })).ShouldBeEmpty();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.NamesAsync(id, JournalKind.LineEvaluated)).ShouldNotContain("B to J");
    }

    [Test]
    [Statement("13.1g")]
    [Description("J17")]
    public async Task An_end_whose_preceding_rule_is_false_ends_nothing_else()
    {
        await using var bed = await Joining.BedAsync(Arrivals.All, (process, all) =>
            all[1].To(process.Activity("Stop", activity => activity.PrecedingRule(Joining.Amount < 0m).EndsProcess())));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A", "B", "C");

        (await bed.EndsAsync(id, "Stop")).ShouldBe(nameof(ExpiryReason.PrecedingRuleFalse));
        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, Completed");
    }

    [Test]
    [Statement("13.1g")]
    public async Task An_end_in_the_same_commit_drops_what_was_still_to_come()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Ends", process =>
            {
                process.OpenToAll();
                process.StartsWith(process.Activity("Stop", activity => activity.EndsProcess()));
                var other = process.Activity("Other");
                process.StartsWith(other);
                other.To(process.Activity("Never", activity => activity.Waits()));
            }),
            options => options.SilencedFindings = FindingIds.All);

        var id = await bed.BeginAsync();

        (await bed.StartedAsync(id)).ShouldBe(["Stop", "Other"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1c")]
    public async Task An_activity_that_came_through_a_join_of_two_branches_is_on_both()
    {
        // A and B come together at Both, which is at work when C arrives at J.
        await using var bed = await Joining.BedAsync(Arrivals.OfTakenBy("Split"), (process, all) =>
        {
            var both = process.Activity("Both", activity => activity.PrecedingRule(Arrivals.All).Waits());
            all[1].To(both);
            all[2].To(both);
            both.To(all[4]);
        }, isDirect: false);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A", "B", "C");
        (await bed.EndsAsync(id)).ShouldBe(Kept, "A and B are not over as long as Both works");
        await bed.DoneAsync(id, "Both");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1e")]
    public async Task The_others_expire_also_where_an_activity_has_two_lines_of_its_own()
    {
        await using var bed = await Joining.BedAsync(Arrivals.First.ThenExpireOthers(), (process, all) =>
        {
            var rejected = process.Activity("Rejected");
            foreach (var branch in all[1..4])
            {
                branch.To(rejected, when: Joining.Amount < 0m);
            }
        });
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "A");

        (await bed.EndsAsync(id)).ShouldBe("Completed");
        (await bed.EndsAsync(id, "B")).ShouldBe(nameof(ExpiryReason.JoinPassed));
        (await bed.EndsAsync(id, "C")).ShouldBe(nameof(ExpiryReason.JoinPassed));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1c")]
    public async Task An_inner_join_of_all_that_can_come_passes_before_the_outer_one_gives_its_branch_up()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Nested", process =>
            {
                process.OpenToAll();
                var s = process.Activity("S");
                var a = process.Activity("A");
                var b = process.Activity("B", activity => activity.Waits());
                var one = process.Activity("A1", activity => activity.Waits());
                var two = process.Activity("A2", activity => activity.Waits());
                var inner = process.Activity("M", activity => activity.PrecedingRule(Arrivals.AllThatCanCome).Waits());
                var outer = process.Activity("J", activity => activity.PrecedingRule(Arrivals.OfTakenBy(s)));
                process.StartsWith(s);
                s.To(a).To(b);
                a.To(one).To(two);
                one.To(inner);
                two.To(inner);
                inner.To(outer);
                b.To(outer);
            }),
            options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "B", "A1", "A2");
        (await bed.EndsAsync(id)).ShouldBe(Kept);
        await bed.DoneAsync(id, "M");

        (await bed.EndsAsync(id, "M")).ShouldBe($"{Kept}, {Kept}, Completed");
        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed");
    }

    [Test]
    [Statement("10.10b")]
    [Statement("13.1c")]
    public async Task A_goto_out_of_an_error_keeps_the_branch()
    {
        await using var bed = await Joining.BedAsync(Arrivals.OfTakenBy("Split"), (process, all) =>
        {
            all[1].To(process.Activity("Audit"), when: Rule.Named("fails", _ => throw new InvalidOperationException("closed")));
            all[2].To(all[4]);
        }, isDirect: false);
        var id = await bed.BeginAsync(start => start.Set(Joining.TakesB, false));
        await bed.DoneAsync(id, "A");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        await bed.Engine.As("boss").ManageProcesses().GoToAsync(id, "B", Expiring.Only("A"));
        await bed.DoneAsync(id, "C");
        (await bed.EndsAsync(id)).ShouldBe(Kept, "B goes on on the branch of A");
        await bed.DoneAsync(id, "B");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed");
    }

    [Test]
    [Statement("13.1")]
    [Statement("10.4")]
    public async Task A_join_that_the_rest_of_the_rule_refuses_is_asked_again_with_the_next_arrival([Values] bool isOfSplit)
    {
        var asked = 0;
        var rule = Joining.Amount > 100m & Rule.Named("asked", _ => ++asked > 0);
        await using var bed = await Joining.BedAsync(isOfSplit ? Arrivals.AtLeast(2).Of("Split") : Arrivals.AtLeast(2), and: rule, c: activity => activity
            .PureServer("Raise", context => context.Set(Joining.Amount, 200m)));
        var id = await bed.BeginAsync(start => start.Set(Joining.Amount, 50m));

        await bed.DoneAsync(id, "A", "B");
        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {nameof(ExpiryReason.PrecedingRuleFalse)}");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty("C is still to come");
        await bed.DoneAsync(id, "C");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {nameof(ExpiryReason.PrecedingRuleFalse)}, Completed");
        asked.ShouldBe(1);
    }

    [Test]
    [Statement("13.1c")]
    [Statement("10.8b")]
    public async Task An_arrival_that_does_not_come_from_the_split_is_told_of()
    {
        await using var bed = await Joining.BedAsync(Arrivals.OfTakenBy("Split"), Extra);
        var id = await bed.BeginAsync(start => start.Set(Joining.TakesB, false));

        await bed.DoneAsync(id, "Extra", "A", "C", "A");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed, {Dropped}");
        (await bed.UnfinishedAsync(id)).ShouldBe(["J: an arrival does not come from 'Split', whose lines it counts"]);
    }

    [Test]
    [Statement("14.6")]
    [Statement("13.1c")]
    public async Task A_split_that_runs_again_and_again_leaves_nothing_behind()
    {
        await using var bed = await Joining.BedAsync(Arrivals.OfTakenBy("Split"), (process, all) =>
        {
            all[4].To(all[0], when: Joining.Round < 40);
            all[1].To(process.Activity("Watch", activity => activity.PrecedingRule(Arrivals.First.ThenExpireOthers().Of("Split"))));
        });
        var id = await bed.BeginAsync(start => start.Set(Joining.TakesB, false));
        for (var round = 0; round < 20; round++)
        {
            await bed.DoneAsync(id, "C", "A");
        }

        var joins = (await bed.ReadAsync(id)).JoinedOrNull.ShouldNotBeNull();
        joins.Runs.Count.ShouldBe(1);
        (await bed.ReadAsync(id)).Activities.ShouldAllBe(activity => joins.BranchesOf(activity.Id)!.All.Count == 1);
        joins.Arrivals.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1e")]
    [Statement("10.1b")]
    public async Task The_others_expire_with_the_arrivals_that_joins_have_kept_of_them([Values] bool isOfSplit)
    {
        // S ─┬─► A ───────────────────────► J (first, then expire others)
        //    └─► T ─┬─► X ─┬─► K ─► Never ─► J
        //           └─► Y ─┘
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Nested", process =>
            {
                process.OpenToAll();
                var s = process.Activity("S");
                var a = process.Activity("A", activity => activity.Waits());
                var t = process.Activity("T");
                var x = process.Activity("X", activity => activity.Waits());
                var y = process.Activity("Y", activity => activity.Waits());
                var k = process.Activity("K", activity => activity.PrecedingRule(isOfSplit ? Arrivals.OfTakenBy(t) : Arrivals.AllThatCanCome));
                var never = process.Activity("Never");
                var j = process.Activity("J", activity => activity.PrecedingRule(Arrivals.First.Of(s).ThenExpireOthers()));
                process.StartsWith(s);
                s.To(a).To(t);
                t.To(x).To(y);
                x.To(k);
                y.To(k);
                k.To(never);
                never.To(j);
                a.To(j);
            }),
            options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "X", "A");

        (await bed.EndsAsync(id, "K")).ShouldBe(Kept);
        (await bed.EndsAsync(id, "Never")).ShouldBeEmpty();
        (await bed.EndsAsync(id)).ShouldBe("Completed");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("8.2b")]
    [Statement("13.1c")]
    public async Task A_rule_that_fails_at_the_last_arrival_is_skipped_once()
    {
        var asked = 0;
        await using var bed = await Joining.BedAsync(
            Arrivals.OfTakenBy("Split"), and: Rule.Named("fails", _ => ++asked > 0 ? throw new InvalidOperationException("closed") : true));
        var id = await bed.BeginAsync(start => start.Set(Joining.TakesB, false));
        await bed.DoneAsync(id, "A", "C");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);

        await bed.Engine.As("boss").ManageProcesses().SkipAsync(id);

        asked.ShouldBe(1);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.UnfinishedAsync(id)).ShouldBe(["J: 2 of 2 have arrived, and the rest of the preceding rule was false"]);
    }

    [Test]
    [Statement("10.10b")]
    [Statement("13.1c")]
    public async Task A_goto_in_the_place_of_two_activities_goes_on_on_both_branches()
    {
        await using var bed = await Joining.BedAsync(Arrivals.OfTakenBy("Split"), (process, all) =>
        {
            var same = process.Activity("Same", activity => activity.Waits());
            all[1].To(same);
            all[2].To(same);
            same.To(all[4]);
            process.Activity("Instead", activity => activity.Waits()).To(all[4]);
        }, isDirect: false);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "A", "B");

        await bed.Engine.As("boss").ManageProcesses().GoToAsync(id, "Instead", Expiring.Only("Same"));
        await bed.DoneAsync(id, "C");
        (await bed.EndsAsync(id)).ShouldBe(Kept);
        await bed.DoneAsync(id, "Instead");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed");
    }

    [Test]
    [Statement("8.8b")]
    public async Task A_join_of_another_kind_forgets_its_arrivals_and_says_so()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            [Of(2, Arrivals.AlongOneLine(2)), Of(1, Arrivals.All)], options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "A");
        var admin = bed.Engine.As("boss").ManageProcesses();

        (await admin.Migration("Join", from: 1, to: 2).PreviewAsync([id])).Single().JoinsChanged.ShouldBe(["activity 'J' forgets its arrivals"]);
        await admin.MigrateAsync(id, toVersion: 2);

        (await bed.UnfinishedAsync(id)).ShouldBe(["J: 1 of 2 have arrived; still to come: B to J, and version 2 counts otherwise"]);
        (await bed.ReadAsync(id)).Joins.ShouldBeEmpty();

        static ProcessDefinition Of(int version, Arrivals join) => ProcessDefinition.Define("Join", process =>
        {
            process.OpenToAll().Version(version);
            var j = process.Activity("J", activity => activity.PrecedingRule(join));
            foreach (var name in "AB")
            {
                var branch = process.Activity($"{name}", activity => activity.Waits());
                process.StartsWith(branch);
                branch.To(j);
            }
        });
    }

    [Test]
    [Statement("13.1")]
    public void A_join_that_makes_no_sense_is_refused()
    {
        Problem(Arrivals.AtLeast(4)).ShouldContain("join of activity 'J': it waits for 4 lines, and 3 lead to the activity");
        Problem(Arrivals.AtLeast(4).Of("Split")).ShouldContain("it waits for 4 lines, and 3 leave the activity 'Split'");
        Problem(Arrivals.OfTakenBy("Spilt")).ShouldContain("it counts the lines of the activity 'Spilt', which does not exist");
        Problem(Arrivals.OfTakenBy("A")).ShouldContain("it counts the lines of the activity 'A', and only one leaves it, so it splits nothing");
        Problem(Arrivals.OfTakenBy("Far"), process => process.Activity("Far").To(process.Activity("X")).To(process.Activity("Y")))
            .ShouldContain("it counts the lines of the activity 'Far', and none of them leads here");
        Problem(Arrivals.All, process => process.Activity("Alone", activity => activity.PrecedingRule(Arrivals.All)))
            .ShouldContain("join of activity 'Alone': no line leads to the activity, so nothing could arrive");
        Problem(Arrivals.All, process => process.Activity("End", activity => activity.EndsProcess()).To("J"))
            .ShouldContain("activity 'End': it ends the process, and a line leaves it that could never be followed");
        Should.Throw<InvalidOperationException>(() => Arrivals.All.ThenExpireOthers()).Message.ShouldContain("all lines");
        Should.Throw<InvalidOperationException>(() => Arrivals.AtLeast(2).KeepingLater().ThenExpireOthers());
        Should.Throw<InvalidOperationException>(() => Arrivals.AlongOneLine(2).Of("Split"));
        Should.Throw<InvalidOperationException>(() => Arrivals.First.ThenExpireOthers().KeepingLater());
        Should.Throw<ArgumentOutOfRangeException>(() => Arrivals.AtLeast(0));

        static string Problem(Arrivals join, Action<ProcessBuilder>? more = null) =>
            Should.Throw<ProcessDefinitionException>(() => Joining.Define(join, (process, _) => more?.Invoke(process))).Message;
    }

    [Test]
    [Statement("8.8b")]
    [Statement("10.8b")]
    [Description("V2-17")]
    public async Task A_join_counts_the_lines_of_the_new_version_after_a_migration()
    {
        await using var bed = await WorkflowTestBed.CreateAsync([Two(2), Two(1)], options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "A");
        var admin = bed.Engine.As("boss").ManageProcesses();
        var renames = Renames.None.Activity("J", "New J").Line("A to J", "A to New J").Line("B to J", "B to New J");

        var preview = (await admin.Migration("Join", from: 1, to: 2, renames).PreviewAsync([id])).Single();
        preview.JoinsChanged.ShouldBe(["activity 'New J' waits for line 'C to New J'"]);
        (await admin.MigrateAsync(id, toVersion: 2, renames)).ShouldBeTrue();
        await bed.RestartAsync();
        (await bed.ReadAsync(id)).Joins.ShouldHaveSingleItem().ToString().ShouldBe("1 of 3 have arrived; still to come: B to New J, C to New J");
        await bed.DoneAsync(id, "B");

        (await bed.UnfinishedAsync(id)).ShouldBe(["New J: 2 of 3 have arrived; still to come: C to New J"]);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);

        static ProcessDefinition Two(int version) => ProcessDefinition.Define("Join", process =>
        {
            process.OpenToAll().Version(version);
            var j = process.Activity(version == 1 ? "J" : "New J", activity => activity.PrecedingRule(Arrivals.All));
            foreach (var name in version == 1 ? "AB" : "ABC")
            {
                var branch = process.Activity($"{name}", activity => activity.Waits());
                branch.To(j);
                if (name is not 'C')
                {
                    process.StartsWith(branch);
                }
            }
        });
    }

    [Test]
    [Statement("13.1")]
    [Statement("8.2")]
    public async Task An_error_between_a_split_and_its_branches_keeps_the_branches_apart()
    {
        var fails = true;
        await using var bed = await Joining.BedAsync(
            Arrivals.OfTakenBy("Split"), (process, all) =>
            {
                // The rule of the target is asked when the line has been followed, so the way is a part of the step that waits.
                var late = process.Activity("Late", activity => activity
                    .PrecedingRule(Rule.Named("the bank is open", _ => fails ? throw new InvalidOperationException("closed") : true)).Waits());
                all[0].To(late);
                late.To(all[4]);
            });
        var id = await bed.BeginAsync(start => start.Set(Joining.TakesB, false));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        await bed.RestartAsync();

        fails = false;
        await bed.Engine.As("boss").ManageProcesses().RetryAsync(id);
        await bed.DoneAsync(id, "A", "C");
        (await bed.ReadAsync(id)).Joins.ShouldHaveSingleItem().ToString().ShouldBe("2 of 3 have arrived; still to come: Split to Late");
        await bed.DoneAsync(id, "Late");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, Completed");
    }

    [Test]
    [Statement("13.1c")]
    [Statement("10.10")]
    public async Task A_goto_within_a_branch_keeps_the_branch_alive()
    {
        await using var bed = await Joining.BedAsync(Arrivals.OfTakenBy("Split"), (process, all) =>
            process.Activity("Rework", activity => activity.Waits()).To(all[4]));
        var id = await bed.BeginAsync(start => start.Set(Joining.TakesB, false));
        await bed.DoneAsync(id, "A");

        await bed.Engine.As("boss").ManageProcesses().GoToAsync(id, "Rework", Expiring.Only("C"));
        (await bed.EndsAsync(id)).ShouldBe(Kept);
        await bed.DoneAsync(id, "Rework");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, Completed");
        (await bed.EndsAsync(id, "Done")).ShouldBe("Completed");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1c")]
    public async Task Nested_splits_come_together_from_the_inside_out()
    {
        // S ─┬─► A ─┬─► A1 ─┬─► JA (all that A took) ─┬─► JS (all that S took)
        //    │      └─► A2 ─┘                          │
        //    └─► B ──────────────────────────────────┘
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Nested", process =>
            {
                process.OpenToAll().Fields(Joining.IsCancelled);
                var s = process.Activity("S");
                var a = process.Activity("A");
                var b = process.Activity("B", activity => activity.Waits());
                var one = process.Activity("A1", activity => activity.Waits());
                var two = process.Activity("A2", activity => activity.Waits());
                var inner = process.Activity("JA", activity => activity.PrecedingRule(Arrivals.OfTakenBy(a)));
                var outer = process.Activity("JS", activity => activity.PrecedingRule(Arrivals.OfTakenBy(s)));
                process.StartsWith(s);
                s.To(a).To(b);
                a.To(one).To(two);
                one.To(inner);
                two.To(inner, when: Joining.IsCancelled == false);
                inner.To(outer);
                b.To(outer);
            }),
            options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync(start => start.Set(Joining.IsCancelled, true));

        await bed.DoneAsync(id, "B", "A1");
        (await bed.EndsAsync(id, "JS")).ShouldBe(Kept);
        await bed.DoneAsync(id, "A2");

        (await bed.EndsAsync(id, "JA")).ShouldBe($"{Kept}, Completed");
        (await bed.EndsAsync(id, "JS")).ShouldBe($"{Kept}, Completed");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1e")]
    public async Task The_others_expire_with_all_that_came_of_them_also_what_is_still_to_come()
    {
        // S ─┬─► A ─► J (first, then expire others)
        //    └─► B ─┬─► B1
        //           └─► B2, which is entered in the same commit in which J passes.
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Race", process =>
            {
                process.OpenToAll();
                var s = process.Activity("S");
                var a = process.Activity("A");
                var b = process.Activity("B");
                var j = process.Activity("J", activity => activity.PrecedingRule(Arrivals.First.ThenExpireOthers()).Waits());
                process.StartsWith(s);
                s.To(a).To(b);
                a.To(j);
                b.To(process.Activity("B1", activity => activity.Waits())).To(process.Activity("B2", activity => activity.Waits()));
                b.To(j);
            }),
            options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();

        (await bed.ReadAsync(id)).Activities.Select(activity => activity.Name).ShouldBe(["J"]);
        (await bed.StartedAsync(id)).Count(name => name == "J").ShouldBe(1);
        await bed.DoneAsync(id, "J");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("13.1")]
    public async Task All_that_can_come_waits_as_long_as_something_can_still_lead_there()
    {
        // Two branches of which each may come, or end elsewhere.
        await using var bed = await Joining.BedAsync(Arrivals.AllThatCanCome, (process, all) =>
            all[3].To(process.Activity("Cancelled", activity => activity.Waits()), when: Joining.IsCancelled == true));
        var id = await bed.BeginAsync(start => start.Set(Joining.IsCancelled, true));

        await bed.DoneAsync(id, "A", "B");
        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}");
        await bed.DoneAsync(id, "C");

        (await bed.EndsAsync(id)).ShouldBe($"{Kept}, {Kept}, Completed", "nothing leads from Cancelled to J");
        (await bed.ReadAsync(id)).Activities.ShouldHaveSingleItem().Name.ShouldBe("Cancelled");
    }

    /// <summary>Beside Split an activity Extra, with a line to A.</summary>
    private static void Extra(ProcessBuilder process, ActivityReference[] all)
    {
        var extra = process.Activity("Extra", activity => activity.Waits());
        process.StartsWith(extra);
        extra.To(all[1]);
    }

    /// <summary>A line from J back to Split, in the first round.</summary>
    private static void Again(ProcessBuilder process, ActivityReference[] all) => all[4].To(all[0], when: Joining.Round == 2);
}
