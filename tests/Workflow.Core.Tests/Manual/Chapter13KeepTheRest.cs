using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Activities that keep the rest: the succeeding rule is true, and the other destinations go on. Between two finishes the host restarts.</summary>
[TestFixture]
public sealed class Chapter13KeepTheRest
{
    private static readonly DestinationField<int> Score = new("Score", initial: 0);
    private static readonly ProcessField<bool> IsBroken = new("Is broken", initial: false);
    private static readonly Rule Two = Answers.AtLeast(2).Satisfy(Status.OfSlot == SlotStatus.Completed);

    /// <code>
    /// ► Work (four slots, two are enough, the rest goes on) ──► After (waits) ──►
    /// </code>
    private static ProcessDefinition Working(Action<ActivityBuilder>? work = null, Action<ProcessBuilder, ActivityReference>? more = null) =>
        ProcessDefinition.Define("Rest", process =>
        {
            process.OpenToAll().Fields(IsBroken);
            var first = process.Activity("Work", activity =>
            {
                activity.Fields(Score).PlanPerSlot(Slots.Number(4)).Waits().SucceedingRule(Two).KeepRest();
                work?.Invoke(activity);
            });
            process.StartsWith(first);
            first.To(process.Activity("After", activity => activity.Waits()));
            more?.Invoke(process, first);
        });

    private static Task<WorkflowTestBed> BedAsync(Action<ActivityBuilder>? work = null, Action<ProcessBuilder, ActivityReference>? more = null) =>
        WorkflowTestBed.CreateAsync(Working(work, more), options => options.SilencedFindings = FindingIds.All);

    [Test]
    [Statement("13.1l")]
    [Description("Pattern 34, Static Partial Join for Multiple Instances")]
    public async Task The_lines_are_asked_once_and_the_rest_goes_on_and_ends_without_lines()
    {
        await using var bed = await BedAsync();
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Work");
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Work"]);
        (await bed.ActiveAsync(id)).IsRestGoingOn.ShouldBeFalse();
        await bed.DoneAsync(id, "Work");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Work", "After"]);
        var work = await bed.ActiveAsync(id);
        (work.IsRestGoingOn, work.Letters()).ShouldBe((true, "CCAA"));
        await bed.DoneAsync(id, "After", "Work");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.DoneAsync(id, "Work");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.NamesAsync(id, JournalKind.LineEvaluated)).ShouldBe(["Start to Work", "Work to After"]);
        (await bed.CompletedAsync(id)).ShouldBe(["After", "Work"]);
        (await bed.NamesAsync(id, JournalKind.RestKept)).ShouldBe(["Work"]);
        (await bed.CountAsync(id, JournalKind.DestinationCompleted)).ShouldBe(5);
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(0);
    }

    [Test]
    [Statement("13.1l")]
    public async Task Without_it_the_rest_expires()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Rest", process => process.OpenToAll().StartsWith(
            process.Activity("Work", activity => activity.PlanPerSlot(Slots.Number(4)).Waits().SucceedingRule(Two)))));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Work", "Work");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(2);
    }

    [Test]
    [Statement("13.1l")]
    public async Task Nothing_is_kept_where_the_last_destination_makes_the_rule_true()
    {
        await using var bed = await BedAsync(activity => activity.PlanPerSlot(Slots.Number(2)));
        var id = await bed.BeginAsync();

        await bed.DoneAsync(id, "Work", "Work");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["After"]);
        (await bed.CountAsync(id, JournalKind.RestKept)).ShouldBe(0);
        (await bed.CompletedAsync(id)).ShouldBe(["Work"]);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("3.12")]
    public async Task Destinations_that_complete_in_the_same_step_are_no_rest()
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Rest", process =>
            {
                process.OpenToAll();
                var work = process.Activity("Work", activity => activity.PlanPerSlot(Slots.Number(3)).SucceedingRule(Two).KeepRest());
                process.StartsWith(work);
                work.To(process.Activity("After", activity => activity.Logs("Call", called)));
            }),
            options => options.SilencedFindings = FindingIds.All);

        var id = await bed.BeginAsync();

        called.Count.ShouldBe(1);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.CompletedAsync(id)).ShouldBe(["Work", "After"]);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("2.6")]
    public async Task An_answer_of_the_rest_does_not_change_the_outcome()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Each(3).Chooses()
                .Outcome("Approve", Answers.AtLeast(1) == "Approve").Outcome("Reject", Answers.AtLeast(1) == "Reject").KeepRest()),
            options => options.SilencedFindings = FindingIds.All);
        var id = (await bed.StartAsync("dora")).Id;

        await bed.ActAsync("A", "Approve");
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- Av Av");
        await bed.RestartAsync();
        await bed.ActAsync("B", "Reject");
        await bed.ActAsync("C", "Reject");

        (await bed.OutcomesAsync(id)).ShouldBe(["Approve"]);
        (await bed.PathAsync(id)).ShouldBe("Done Decide");
    }

    [Test]
    [Statement("13.1l")]
    [Statement("4.6")]
    public async Task The_rest_ends_when_no_slot_is_left_for_it()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Each(5, slots: 3).Chooses().SucceedingRule(Two).KeepRest()),
            options => options.SilencedFindings = FindingIds.All);
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("B", "Approve");
        (await bed.StandingAsync(id)).ShouldBe("-- -- Av Av Av");

        await bed.ActAsync("C", "Approve");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.HistoryAsync(id)).Where(fact => fact.Kind is JournalKind.DestinationExpired).Select(fact => fact.Detail)
            .ShouldBe([nameof(ExpiryReason.Unresolved), nameof(ExpiryReason.Unresolved)]);
        (await bed.CompletedAsync(id)).ShouldBe(["After", "Ask"]);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("0.3")]
    public async Task The_rest_ends_when_all_that_is_left_of_it_is_stalled()
    {
        await using var bed = await BedAsync(activity => activity.Server("Check", _ => { }, succeedingRule: Score < 5).WhenUnresolved(WhenUnresolved.Fail));
        var id = await bed.BeginAsync();
        await FinishAsync(bed, id, 1, 0);
        await FinishAsync(bed, id, 2, 0);

        await FinishAsync(bed, id, 3, 9);
        (await bed.ActiveAsync(id)).Letters().ShouldBe("CCAA");
        await FinishAsync(bed, id, 4, 9);

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["After"]);
        (await bed.CompletedAsync(id)).ShouldBe(["Work"]);
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(2);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("10.10e")]
    public async Task The_rest_can_be_ended_and_no_line_is_followed_again([Values] ByWhat by)
    {
        await using var bed = await BedAsync(
            activity => activity.Escalation("Give up", TimeSpan.FromDays(1), then => then.ExpireActivity()),
            (process, _) => process.Activity("Elsewhere", activity => activity.Waits()));
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Work", "Work");
        await bed.RestartAsync();

        var admin = bed.Engine.AsSystem().ManageProcesses();
        await (by switch
        {
            ByWhat.Administrator => admin.ExpireActivityAsync(id, "Work").AsTask(),
            ByWhat.Escalation => bed.AdvanceAsync(TimeSpan.FromDays(1)),
            _ => admin.GoToAsync(id, "Elsewhere", Expiring.Only("Work")).AsTask(),
        });

        (await bed.PathAsync(id)).ShouldBe(by is ByWhat.Goto ? "Active: After Elsewhere" : "Active: After");
        (await bed.EndsAsync(id, "Work")).ShouldBe(by.ToString());
        (await bed.NamesAsync(id, JournalKind.LineEvaluated)).ShouldBe(["Start to Work", "Work to After"]);
        (await bed.ServerItemsAsync(id)).Count.ShouldBe(by is ByWhat.Goto ? 2 : 1);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("7.5")]
    [Statement("7.6")]
    public async Task Code_of_the_rest_can_end_it_and_no_line_is_followed_again([Values] bool goesElsewhere)
    {
        await using var bed = await BedAsync(
            activity => activity.Server("Then", context =>
            {
                if (context.Get(Score) == 7)
                {
                    if (goesElsewhere)
                    {
                        context.GoTo("Elsewhere");
                    }
                    else
                    {
                        context.ExpireActivity();
                    }
                }
            }),
            (process, _) => process.Activity("Elsewhere", activity => activity.Waits()));
        var id = await bed.BeginAsync();
        await FinishAsync(bed, id, 1, 0);
        await FinishAsync(bed, id, 2, 0);

        await FinishAsync(bed, id, 3, 7);

        (await bed.PathAsync(id)).ShouldBe(goesElsewhere ? "Active: After Elsewhere" : "Active: After");
        (await bed.NamesAsync(id, JournalKind.LineEvaluated)).ShouldBe(["Start to Work", "Work to After"]);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("8.2")]
    public async Task Lines_that_failed_are_asked_again_and_only_once_although_the_rest_goes_on([Values] bool expires)
    {
        var isBroken = true;
        await using var bed = await BedAsync(more: (process, work) => work.To(
            process.Activity("Beside", activity => activity.Waits()), Rule.Named("asks", _ => isBroken ? throw new InvalidOperationException("no") : true)));
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Work", "Work");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        await bed.RestartAsync();

        isBroken = false;
        var admin = bed.Engine.AsSystem().ManageProcesses();
        if (expires)
        {
            await admin.GoToAsync(id, "After", Expiring.Only("Work"));
            (await bed.OpenActivitiesAsync(id)).ShouldBe(["After", "After"]);
            return;
        }

        await admin.RetryAsync(id);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Work", "After", "Beside"]);
        await bed.DoneAsync(id, "Work", "Work", "After", "Beside");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.CompletedAsync(id)).ShouldBe(["Work", "After", "Beside"]);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("8.6")]
    public async Task A_stopped_instance_keeps_the_rest()
    {
        await using var bed = await BedAsync();
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Work", "Work");
        var admin = bed.Engine.AsSystem().ManageProcesses();

        await admin.StopAsync(id);
        (await bed.ActiveAsync(id)).IsRestGoingOn.ShouldBeTrue();
        await admin.ResumeAsync(id);
        await bed.DoneAsync(id, "After", "Work", "Work");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("13.1b")]
    [Statement("13.1c")]
    public async Task An_arrival_from_an_activity_that_keeps_the_rest_is_counted_once([Values] JoinKind kind)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Rest", process =>
            {
                process.OpenToAll();
                var split = process.Activity("Split");
                process.StartsWith(split);
                var work = process.Activity("Work", activity => activity.PlanPerSlot(Slots.Number(3)).Waits().SucceedingRule(Two).KeepRest());
                var other = process.Activity("Other", activity => activity.Waits());
                var join = process.Activity("J", activity => activity.PrecedingRule(kind switch
                {
                    JoinKind.All => Arrivals.All,
                    JoinKind.Taken => Arrivals.OfTakenBy("Split"),
                    _ => Arrivals.AllThatCanCome,
                }).Waits());
                split.To(work).To(other);
                work.To(join);
                other.To(join);
            }),
            options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Work", "Work");
        (await bed.EndsAsync(id)).ShouldBe(nameof(ExpiryReason.ArrivalKept));

        await bed.DoneAsync(id, "Other");
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Work", "J"]);
        await bed.DoneAsync(id, "J", "Work");

        (await bed.EndsAsync(id)).ShouldBe(kind is JoinKind.ThatCanCome ? "ArrivalKept, ArrivalKept, Completed" : "ArrivalKept, Completed");
        (await bed.UnfinishedAsync(id)).ShouldBeEmpty();
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("13.1c")]
    public async Task A_branch_is_active_as_long_as_the_rest_goes_on()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Rest", process =>
            {
                process.OpenToAll();
                var split = process.Activity("Split");
                process.StartsWith(split);
                var work = process.Activity("Work", activity => activity.PlanPerSlot(Slots.Number(3)).Waits().SucceedingRule(Two).KeepRest());
                var other = process.Activity("Other", activity => activity.Waits());
                var join = process.Activity("J", activity => activity.PrecedingRule(Arrivals.OfTakenBy("Split")));
                split.To(work).To(other);
                work.To(join, Rule.Named("never", _ => false));
                other.To(join);
            }),
            options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Work", "Work", "Other");
        (await bed.EndsAsync(id)).ShouldBe(nameof(ExpiryReason.ArrivalKept));
        (await bed.CountAsync(id, JournalKind.NoLineFollowed)).ShouldBe(1);

        await bed.DoneAsync(id, "Work");

        (await bed.EndsAsync(id)).ShouldBe("ArrivalKept, Completed");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("13.11")]
    [Statement("10.10d")]
    public async Task An_activity_whose_rest_goes_on_has_run_and_is_still_active()
    {
        await using var bed = await BedAsync();
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Work", "Work");
        var admin = bed.Engine.AsSystem().ManageProcesses();

        await Should.ThrowAsync<ProcessInstanceRefusedException>(() => admin.GoToAsync(id, "Work", Expiring.Only("After"), ActiveTarget.Refuse).AsTask());
        await admin.SendBackAsync(id, "Work", expiring: Expiring.Only("After"));

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Work", "Work"]);
        await bed.DoneAsync(id, "Work", "Work", "Work", "Work");
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Work", "After"]);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("13.9")]
    public async Task A_preview_tells_that_the_end_of_the_rest_starts_nothing()
    {
        await using var bed = await BedAsync();
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Work", "Work");

        var effects = await bed.Engine.AsSystem().ManageProcesses().Preview.ExpireActivityAsync(id, "Work");

        effects.ExpiredActivities.ShouldBe(["Work"]);
        effects.StartedActivities.ShouldBeEmpty();
        effects.EndedServerItems.Count.ShouldBe(2);
        effects.ProcessInstance.Activities.Select(activity => activity.Name).ShouldBe(["After"]);
    }

    [Test]
    [Statement("13.1l")]
    [Statement("8.8b")]
    public async Task The_rest_goes_on_in_a_version_that_keeps_none()
    {
        await using var bed = await WorkflowTestBed.CreateAsync([Version(2), Version(1)], options => options.SilencedFindings = FindingIds.All);
        var id = await bed.BeginAsync();
        await bed.DoneAsync(id, "Work", "Work");

        (await bed.Engine.AsSystem().ManageProcesses().MigrateAsync(id, toVersion: 2)).ShouldBeTrue();
        await bed.DoneAsync(id, "Work");
        (await bed.ActiveAsync(id)).IsRestGoingOn.ShouldBeTrue();
        await bed.DoneAsync(id, "Work");

        (await bed.CompletedAsync(id)).ShouldBe(["After", "Work"]);

        static ProcessDefinition Version(int version) => ProcessDefinition.Define("Rest", process =>
        {
            process.OpenToAll().Version(version);
            var work = process.Activity("Work", activity =>
            {
                activity.PlanPerSlot(Slots.Number(4)).Waits().SucceedingRule(Two);
                _ = version == 1 ? activity.KeepRest() : activity;
            });
            process.StartsWith(work);
            work.To(process.Activity("After"));
        });
    }

    [Test]
    [Statement("13.1l")]
    public void A_rest_that_cannot_be_is_refused()
    {
        Problem(activity => activity.Waits().SucceedingRule(Two)).ShouldContain("its plan makes one activity instance destination");
        Problem(activity => activity.PlanJustOnce(Slots.Number(3)).Waits().SucceedingRule(Two))
            .ShouldContain("its plan makes one activity instance destination");
        Problem(activity => activity.PlanPerSlot(Slots.Number(1)).Waits().SucceedingRule(Two))
            .ShouldContain("its plan makes one activity instance destination");
        Problem(activity => activity.InTurn(3).Waits().SucceedingRule(Two)).ShouldContain("the succeeding rule is asked after the last turn");
        Problem(activity => activity.PlanPerSlot(Slots.Number(3)).Waits()).ShouldContain("it has neither a succeeding rule nor outcomes");
        Problem(activity => activity.PlanPerSlot(Slots.Number(3)).Waits().SucceedingRule(Two).EndsProcess())
            .ShouldContain("it ends the process, so the rest could not go on");

        static string Problem(Action<ActivityBuilder> work)
        {
            var exception = Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define(
                "Rest", process => process.StartsWith(process.Activity("Work", activity =>
                {
                    work(activity);
                    activity.KeepRest();
                }))));
            exception.Problems.ShouldHaveSingleItem().Statement.ShouldBe("13.1l");
            return exception.Message;
        }
    }

    private static async Task FinishAsync(WorkflowTestBed bed, ProcessInstanceId id, int destination, int score)
    {
        await bed.RestartAsync();
        await bed.FinishAsync("bank", id.Task(destination), finish => finish.Set(Score, score));
    }

    /// <summary>The one that ends the rest. The names are those of the reasons.</summary>
    public enum ByWhat
    {
        /// <summary>An administrator.</summary>
        Administrator,

        /// <summary>An escalation.</summary>
        Escalation,

        /// <summary>A goto.</summary>
        Goto,
    }

    /// <summary>The joins that are tried.</summary>
    public enum JoinKind
    {
        /// <summary>All lines.</summary>
        All,

        /// <summary>The lines that the split has taken.</summary>
        Taken,

        /// <summary>All that can come.</summary>
        ThatCanCome,
    }
}
