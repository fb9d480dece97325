using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Shows what becomes of an activity when the slots are used up and its rule is still false.</summary>
[TestFixture]
public sealed class Chapter00StalledPeople
{
    /// <code>
    ///             ┌── Approve ──► Done ──►
    /// ► Decide ───┼── None ─────► Nothing ──►
    ///             └── expired ──► Late ──►
    /// </code>
    private static ProcessDefinition Deciding(
        WhenUnresolved policy, Func<ActivityBuilder, ActivityBuilder> plan) => ProcessDefinition.Define("Deciding", process =>
    {
        process.Managed();
        var decide = process.Activity("Decide", activity => plan(activity).Chooses()
            .Outcome("Approve", when: Answers.AtLeast(3) == "Approve").OutcomeAtFirst("None").WhenUnresolved(policy));
        process.StartsWith(decide);
        decide.On("Approve", process.Activity("Done")).On("None", process.Activity("Nothing"))
            .To(process.Activity("Late"), when: Status.OfActivity == ActivityInstanceStatus.Expired);
    });

    private static async Task ShouldComeToAsync(WhenUnresolved policy, Func<ActivityBuilder, ActivityBuilder> plan, int answers, WhenUnresolved does)
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(policy, plan), options =>
        {
            options.LoggerFactory = log;
            options.SilencedFindings = FindingIds.All;
        });
        var id = await bed.BeginAsync();
        for (var place = 0; place < answers; place++)
        {
            (await bed.PathAsync(id)).ShouldBe("Active: Decide");
            (await bed.CountAsync(id, JournalKind.ActivityStalled)).ShouldBe(0);
            await bed.ActAsync(Worklists.Users[place], "Approve");
        }

        var (completed, expired, status) = does switch
        {
            WhenUnresolved.Complete => ("Decide Nothing", "", ProcessInstanceStatus.Completed),
            WhenUnresolved.Expire => ("Nothing Late", "Decide", ProcessInstanceStatus.Completed),
            WhenUnresolved.Fail => ("", "", ProcessInstanceStatus.Error),
            _ => ("", "", ProcessInstanceStatus.Active),
        };
        string.Join(' ', await bed.CompletedAsync(id)).ShouldBe(completed);
        string.Join(' ', await bed.ExpiredAsync(id)).ShouldBe(expired);
        (await bed.StatusAsync(id)).ShouldBe(status);
        (await bed.OutcomesAsync(id)).ShouldBeEmpty("the field keeps its initial value");
        if (does is WhenUnresolved.Wait)
        {
            (await bed.NamesAsync(id, JournalKind.ActivityStalled)).ShouldBe(["Decide"]);
            log.Warnings.ShouldHaveSingleItem().ShouldContain("Decide");
        }

        if (does is WhenUnresolved.Fail)
        {
            var error = (await bed.ReadAsync(id)).Error.ShouldNotBeNull();
            error.Element.ShouldContain("Decide");
            error.Message.ShouldStartWith("Its succeeding rule is false and no answer is left");
        }
    }

    [Statement("0.3")]
    [TestCase(WhenUnresolved.ByPlan, WhenUnresolved.Wait)]
    [TestCase(WhenUnresolved.Wait, WhenUnresolved.Wait)]
    [TestCase(WhenUnresolved.Complete, WhenUnresolved.Complete)]
    [TestCase(WhenUnresolved.Expire, WhenUnresolved.Expire)]
    [TestCase(WhenUnresolved.Fail, WhenUnresolved.Fail)]
    public async Task A_planned_once_the_slots_are_used_up(WhenUnresolved policy, WhenUnresolved does)
    {
        await ShouldComeToAsync(policy, activity => activity.Once(5, 2), answers: 2, does);
        await ShouldComeToAsync(policy, activity => activity.Once(1, 1), answers: 1, does);
    }

    [Statement("0.3")]
    [Statement("4.14")]
    [TestCase(WhenUnresolved.ByPlan, WhenUnresolved.Wait)]
    [TestCase(WhenUnresolved.Wait, WhenUnresolved.Wait)]
    [TestCase(WhenUnresolved.Complete, WhenUnresolved.Complete)]
    [TestCase(WhenUnresolved.Expire, WhenUnresolved.Expire)]
    [TestCase(WhenUnresolved.Fail, WhenUnresolved.Fail)]
    public async Task A_planned_once_nobody_is_left_for_the_slots(WhenUnresolved policy, WhenUnresolved does) =>
        await ShouldComeToAsync(policy, activity => activity.Once(2, 4), answers: 2, does);

    [Statement("0.3")]
    [TestCase(WhenUnresolved.ByPlan, WhenUnresolved.Complete)]
    [TestCase(WhenUnresolved.Wait, WhenUnresolved.Wait)]
    [TestCase(WhenUnresolved.Complete, WhenUnresolved.Complete)]
    [TestCase(WhenUnresolved.Expire, WhenUnresolved.Expire)]
    [TestCase(WhenUnresolved.Fail, WhenUnresolved.Fail)]
    public async Task B_the_last_destination_has_completed_and_the_rule_is_false(WhenUnresolved policy, WhenUnresolved does)
    {
        await ShouldComeToAsync(policy, activity => activity.Each(2), answers: 2, does);
        await ShouldComeToAsync(policy, activity => activity.InTurn(2), answers: 2, does);
        await ShouldComeToAsync(policy, activity => activity.InTurn(4, slots: 2), answers: 2, does);
    }

    [Statement("0.3")]
    [Statement("4.6")]
    [TestCase(WhenUnresolved.ByPlan, WhenUnresolved.Wait)]
    [TestCase(WhenUnresolved.Wait, WhenUnresolved.Wait)]
    [TestCase(WhenUnresolved.Complete, WhenUnresolved.Complete)]
    [TestCase(WhenUnresolved.Expire, WhenUnresolved.Expire)]
    [TestCase(WhenUnresolved.Fail, WhenUnresolved.Fail)]
    public async Task C_fewer_slots_than_destinations_are_used_up(WhenUnresolved policy, WhenUnresolved does)
    {
        await ShouldComeToAsync(policy, activity => activity.Each(4, slots: 2), answers: 2, does);
        await ShouldComeToAsync(policy, activity => activity.Each(3, slots: 1), answers: 1, does);
    }

    [Test]
    [Statement("0.3")]
    public async Task With_an_unresolved_role_nobody_knows_whether_somebody_is_left()
    {
        using var log = new WarningLog();
        var definition = Deciding(WhenUnresolved.ByPlan, activity => activity.Destinations(to => to.Role("R")).PlanJustOnce(Slots.Number(4)));
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options =>
        {
            options.LoggerFactory = log;
            options.SilencedFindings = FindingIds.All;
            options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "B", "T" } };
        });
        var id = await bed.BeginAsync();

        await bed.ActAsync("B", "Approve");
        await bed.ActAsync("T", "Reject");

        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
        (await bed.CountAsync(id, JournalKind.ActivityStalled)).ShouldBe(0);
        log.Warnings.ShouldBeEmpty();
    }

    [Test]
    [Statement("0.3")]
    public async Task An_open_slot_is_somebody_who_is_left()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(WhenUnresolved.Fail, activity => activity.Once(3, 2)));
        var id = await bed.BeginAsync();
        await bed.OpenAsync("B", new SerialNumber(id, 1));

        await bed.ActAsync("A", "Approve");

        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
        await bed.ReleaseAsync("B", id);
        (await bed.PathAsync(id)).ShouldBe("Active: Decide");
        await bed.ActAsync("C", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
    }

    [Test]
    [Statement("0.3")]
    public async Task A_task_that_stands_still_survives_a_new_engine()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Deciding(WhenUnresolved.ByPlan, activity => activity.Once(3, 1)));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");
        var before = await bed.StoredBytesAsync(id);

        await bed.RestartAsync();

        (await bed.StoredBytesAsync(id)).ShouldBe(before);
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- Al Al");
    }
}
