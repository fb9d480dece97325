using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Escalations that give the work to the manager of each user.</summary>
[TestFixture]
public sealed class Chapter06EscalationManagers
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static Task<WorkflowTestBed> BedAsync(Action<ActivityBuilder> plan, StaticDestinations people) => WorkflowTestBed.CreateAsync(
        Worklists.Deciding(activity =>
        {
            plan(activity);
            activity.Chooses().OutcomesFromActions();
        }),
        options => options.DestinationResolver = people);

    private static StaticDestinations Managers => new StaticDestinations { { Destination.Role("R"), "C" } }
        .Manages("mia", "A").Manages("noa", "B").Manages("mia", "C");

    [Test]
    [Statement("6.7d")]
    public async Task Each_open_destination_goes_to_its_own_manager()
    {
        await using var bed = await BedAsync(
            activity => activity.Each(3).Escalation("Up", after: Hour, then => then.RedirectToManager()), Managers);
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");

        await bed.AdvanceAsync(Hour);

        (await bed.ActiveAsync(id, "Decide")).Names().ShouldBe(["A", "noa", "mia"]);
        (await bed.SeesAsync("noa")).ShouldBe("1_2 Available");
        (await bed.SeesAsync("mia")).ShouldBe("1_3 Available");
    }

    [Test]
    [Statement("6.7d")]
    [Statement("4.11")]
    public async Task Two_users_of_one_task_with_one_manager_leave_one_destination()
    {
        var people = new StaticDestinations().Manages("mia", "A").Manages("mia", "B");
        await using var bed = await BedAsync(activity => activity.Once(2, 2).Escalation("Up", after: Hour, then => then.RedirectToManager()), people);
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);

        (await bed.ManagedAsync(id)).ShouldBe(["mia - Available"]);
        (await bed.ItemAsync("mia", id)).SlotTotal.ShouldBe(2);
    }

    [Test]
    [Statement("6.7d")]
    [Statement("6.11")]
    public async Task Without_a_manager_the_action_fails_and_names_the_user()
    {
        var people = new StaticDestinations().Manages("mia", "A");
        await using var bed = await BedAsync(activity => activity.Once(2, 2).Escalation("Up", after: Hour, then => then.RedirectToManager()), people);
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);

        var failed = await bed.ReadAsync(id);
        failed.Status.ShouldBe(ProcessInstanceStatus.Error);
        failed.Error.ShouldNotBeNull().Message.ShouldContain("'B'");
        (await bed.ManagedAsync(id)).ShouldBe(["A - Available", "B - Available"], "nothing is half done");
    }

    [Test]
    [Statement("6.7d")]
    public async Task A_role_that_nobody_holds_stays_as_it_is()
    {
        await using var bed = await BedAsync(
            activity => activity.Destinations(to => to.Users("A").Role("R")).PlanJustOnce(Slots.Number(2))
                .Escalation("Up", after: Hour, then => then.RedirectToManager()),
            Managers);
        var id = await bed.BeginAsync();

        await bed.AdvanceAsync(Hour);

        (await bed.StandingAsync(id, "A", "C", "mia")).ShouldBe("-- Av Av");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
    }
}
