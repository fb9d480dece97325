using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

/// <summary>When the answers of people cannot decide any more, and when they always can.</summary>
[TestFixture]
public sealed class StallScenarios
{
    private static async Task ShouldStandStillAsync(WorkflowTestBed bed, ProcessInstanceId id, WarningLog log)
    {
        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
        (await bed.ActiveAsync(id, "Decide")).Status.ShouldBe(ActivityInstanceStatus.Active);
        (await bed.NamesAsync(id, JournalKind.ActivityStalled)).ShouldBe(["Decide"]);
        log.Warnings.ShouldHaveSingleItem().ShouldContain("Decide");
        (await bed.OutcomesAsync(id)).ShouldBeEmpty();
        (await bed.AdvanceAsync(TimeSpan.FromDays(1_000))).ShouldBe(0);
        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
    }

    /// <summary>The findings of the definitions are the subject here, so they are not logged beforehand.</summary>
    private static Action<WorkflowOptions> Into(WarningLog log) => options =>
    {
        options.LoggerFactory = log;
        options.SilencedFindings = FindingIds.All;
    };

    [Statement("0.3")]
    [TestCase(5, 1, 2)]
    [TestCase(3, 2, 3)]
    [TestCase(1, 1, 2)]
    public async Task R07_more_approvals_than_slots_leave_the_task_standing_for_ever(int people, int slots, int wanted)
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Once(people, slots).Chooses().Outcome("Approve", when: Answers.AtLeast(wanted) == "Approve")),
            Into(log));
        var id = await bed.BeginAsync();

        foreach (var user in Worklists.First(slots))
        {
            log.Warnings.ShouldBeEmpty();
            await bed.ActAsync(user, "Approve");
        }

        await ShouldStandStillAsync(bed, id, log);
        var only = (await bed.ActiveAsync(id, "Decide")).Destinations.ShouldHaveSingleItem();
        only.Slots.Count.ShouldBe(slots);
        only.Slots.ShouldAllBe(slot => slot.Status == SlotStatus.Completed && slot.Action == "Approve");
        only.Event.ShouldNotBeNull().Name.ShouldBe("Decision");
        (await bed.CountAsync(id, JournalKind.EventCompleted)).ShouldBe(0);
        await bed.ShouldNotFindAsync("A", only.Serial, WorklistItemEnd.PartDone);
    }

    [Test]
    [Statement("0.3")]
    [Statement("4.6")]
    public async Task R08_three_slots_for_five_destinations_are_used_up_by_a_split_vote()
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Each(5, slots: 3).Chooses()
                .Outcome("Approve", when: Answers.AtLeast(3) == "Approve")
                .Outcome("Reject", when: Answers.AtLeast(2) == "Reject")),
            Into(log));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("B", "Approve");
        (await bed.StandingAsync(id)).ShouldBe("-- -- Av Av Av");
        await bed.ActAsync("C", "Reject");

        (await bed.StandingAsync(id)).ShouldBe("-- -- -- Al Al");
        await ShouldStandStillAsync(bed, id, log);
        await bed.ShouldNotFindAsync("D", new SerialNumber(id, 4), WorklistItemEnd.NoSlotLeft);
        (await bed.ActiveAsync(id, "Decide")).Letters().ShouldBe("CCCAA");
    }

    [Test]
    [Statement("3.10")]
    public async Task R08_with_as_many_slots_as_both_need_less_one_every_vote_decides(
        [Range(1, 3)] int approvals, [Range(1, 2)] int rejections, [Values] bool once)
    {
        var slots = approvals + rejections - 1;
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Deciding(activity => (once ? activity.Once(5, slots) : activity.Each(5, slots))
            .Chooses()
            .Outcome("Approve", when: Answers.AtLeast(approvals) == "Approve")
            .Outcome("Reject", when: Answers.AtLeast(rejections) == "Reject")));

        for (var votes = 0; votes < 1 << slots; votes++)
        {
            var id = await bed.BeginAsync();
            var (approved, rejected) = (0, 0);
            for (var place = 0; approved < approvals && rejected < rejections; place++)
            {
                (await bed.PathAsync(id)).ShouldBe("Active: Decide");
                var isApproval = (votes >> place & 1) == 0;
                (approved, rejected) = isApproval ? (approved + 1, rejected) : (approved, rejected + 1);
                await bed.ActAsync(Worklists.Users[place], new SerialNumber(id, once ? 1 : place + 1), isApproval ? "Approve" : "Reject");
            }

            (await bed.PathAsync(id)).ShouldBe(approved == approvals ? "Decide Done" : "Decide Refused");
            (await bed.CountAsync(id, JournalKind.ActivityStalled)).ShouldBe(0);
        }
    }

    [Statement("4.14")]
    [Statement("0.3")]
    [TestCase(2, 3)]
    [TestCase(1, 2)]
    [TestCase(2, 5)]
    public async Task R14_a_slot_that_nobody_can_take_leaves_the_task_standing(int people, int slots)
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Once(people, slots).Chooses().OutcomesFromActions()), Into(log));
        var id = await bed.BeginAsync();

        foreach (var user in Worklists.First(people))
        {
            await bed.ActAsync(user, "Approve");
        }

        await ShouldStandStillAsync(bed, id, log);
        (await bed.ActiveAsync(id, "Decide")).CompletedSlots.ShouldBe(people);
    }

    [Test]
    [Statement("4.14")]
    [Statement("0.3")]
    public async Task R14_per_destination_the_last_answer_ends_it_without_an_outcome()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Each(2, slots: 3).Chooses().OutcomesFromActions()));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("B", "Approve");

        (await bed.OutcomesAsync(id)).ShouldBeEmpty();
        (await bed.PathAsync(id)).ShouldBe("Decide", "no line is true");
    }

    [Test]
    [Statement("3.7")]
    [Statement("0.1")]
    public async Task R15_all_asks_those_too_who_cannot_answer_any_more()
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Each(5, slots: 3).Chooses().Outcome("Approve", when: Answers.All == "Approve")),
            Into(log));
        var id = await bed.BeginAsync();

        foreach (var user in Worklists.First(3))
        {
            await bed.ActAsync(user, "Approve");
        }

        await ShouldStandStillAsync(bed, id, log);
        (await bed.StandingAsync(id)).ShouldBe("-- -- -- Al Al");
    }

    [Test]
    [Statement("3.7")]
    public async Task R15_all_slots_asks_those_only_who_took_one()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Each(5, slots: 3).Chooses().Outcome("Approve", when: Answers.AllSlots == "Approve")));
        var id = await bed.BeginAsync();

        foreach (var user in new[] { "E", "A", "C" })
        {
            (await bed.PathAsync(id)).ShouldBe("Active: Decide");
            await bed.ActAsync(user, "Approve");
        }

        (await bed.PathAsync(id)).ShouldBe("Decide Done");
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).ShouldBe([2, 4]);
    }

    [Statement("0.1")]
    [TestCase(3, 3, "Decide Done")]
    [TestCase(5, 3, "Active: Decide")]
    public async Task R15_planned_once_all_asks_every_destination_too(int people, int slots, string path)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Deciding(activity => activity.Once(people, slots).Chooses().Outcome("Approve", when: Answers.All == "Approve")));
        var id = await bed.BeginAsync();

        foreach (var user in Worklists.First(slots))
        {
            await bed.ActAsync(user, "Approve");
        }

        (await bed.PathAsync(id)).ShouldBe(path);
    }
}
