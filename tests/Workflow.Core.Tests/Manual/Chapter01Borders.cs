using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Where redirects, delegations, substitutes and roles meet: nobody keeps what they lost, and nobody loses what is theirs.</summary>
[TestFixture]
public sealed class Chapter01Borders
{
    private static readonly Destination _role = Destination.Role("R");

    private StaticDestinations _directory = null!;

    [SetUp]
    public void FillTheRole() => _directory = new StaticDestinations { { _role, "B", "T" } };

    [Test]
    [Statement("1.11")]
    [Statement("14.7")]
    public async Task Delegations_of_members_go_with_their_role()
    {
        await using var bed = await AskAsync(activity => activity.Destinations(to => to.Role("R")).PlanJustOnce().Chooses());
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("B", id, "D");

        await bed.Boss().RedirectAsync(new SerialNumber(id, 1), _role, "E");

        (await bed.StandingAsync(id, "B", "D", "E")).ShouldBe("-- -- Av");
        await bed.ShouldNotFindAsync("D", new SerialNumber(id, 1), Workflow.Core.Instances.WorklistItemEnd.PartDone);
    }

    [Test]
    [Statement("1.12")]
    public async Task A_delegation_ends_when_the_one_who_delegated_leaves_their_role()
    {
        await using var bed = await AskAsync(activity => activity.Destinations(to => to.Role("R")).PlanJustOnce().Chooses());
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("B", id, "D");
        (await bed.StandingAsync(id, "B", "D")).ShouldBe("Av Av");

        _directory.Replace(_role, "T");

        (await bed.StandingAsync(id, "B", "T", "D")).ShouldBe("-- Av --");
        await Should.ThrowAsync<WorkflowException>(() => bed.ActAsync("D", new SerialNumber(id, 1), "Approve"));
    }

    [Test]
    [Statement("1.12")]
    [Statement("9.4")]
    public async Task Taking_a_delegation_back_leaves_the_slot_of_a_substitute()
    {
        await using var bed = await AskAsync(activity => activity.Once(1, 1).Chooses());
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");
        await bed.Engine.As("A").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("S"));
        await bed.Engine.As("S").Worklist.OpenSharedAsync("A", new SerialNumber(id, 1));

        await (await bed.ItemAsync("A", id)).UndelegateAsync(Destination.User("D"));

        (await bed.StandingAsync(id, "A", "D", "S")).ShouldBe("Al -- Op");
        await (await bed.ItemAsync("A", id)).ReleaseAsync();
        (await bed.StandingAsync(id, "A", "S")).ShouldBe("Av Av");
    }

    [Test]
    [Statement("2.10")]
    [Statement("9.4")]
    public async Task Where_anyone_may_act_a_substitute_acts_for_the_absent_one()
    {
        await using var bed = await AskAsync(activity => activity.Once(2, 2).Chooses("Ask", task => task.AllowAnyUser()));
        var id = await bed.BeginAsync();
        await bed.Engine.As("A").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("S"));

        await bed.ActAsync("S", new SerialNumber(id, 1), "Approve");

        (await bed.AnsweredAsync(id)).ShouldBe("S Approve for A");
    }

    [Test]
    [Statement("1.11")]
    public async Task A_redirect_through_a_role_leaves_the_number_of_slots()
    {
        await using var bed = await AskAsync(activity =>
            activity.Destinations(to => to.Role("R")).PlanJustOnce(Slots.PerDestination).Chooses("One").Chooses("Two"));
        var id = await bed.BeginAsync();
        await bed.RedirectAsync("B", id, "E");

        await bed.ActAsync("E", new SerialNumber(id, 1), "Approve");
        await bed.ActAsync("E", new SerialNumber(id, 1), "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [TestCase(true, "Op")]
    [TestCase(false, "Av")]
    [Statement("1.11")]
    [Statement("14.9")]
    public async Task The_slot_of_somebody_who_was_not_named_can_be_redirected(bool keepsOpen, string expected)
    {
        await using var bed = await AskAsync(activity => activity.Once(1, 1).Chooses("Ask", task => task.AllowAnyUser()));
        var id = await bed.BeginAsync();
        await bed.OpenAsync("X", new SerialNumber(id, 1));

        await bed.Boss().RedirectAsync(new SerialNumber(id, 1), Destination.User("X"), "E", keepsOpen);

        (await bed.StandingAsync(id, "X", "E")).ShouldBe($"-- {expected}");
    }

    [Test]
    [Statement("1.14")]
    public async Task A_user_who_has_done_their_part_gets_no_other_by_a_redirect()
    {
        await using var bed = await AskAsync(activity => activity.Destinations(to => to.Role("R")).PlanJustOnce(Slots.Number(2)).Chooses());
        var id = await bed.BeginAsync();
        await bed.ActAsync("B", new SerialNumber(id, 1), "Approve");

        await Should.ThrowAsync<WorklistItemRefusedException>(() => bed.RedirectAsync("T", id, "B"));

        (await bed.StandingAsync(id, "B", "T")).ShouldBe("-- Av");
    }

    [Test]
    [Statement("4.9")]
    public async Task Slots_that_are_taken_stay_when_a_role_shrinks()
    {
        await using var bed = await AskAsync(activity => activity.Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true))
            .PlanJustOnce(Slots.PerDestination)
            .Chooses("One", task => task.AllowAnyUser().SucceedingRule(Answers.AtLeast(2) == "Approve"))
            .Chooses("Two"));
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.OpenAsync("X", serial);
        await bed.OpenAsync("Y", serial);

        _directory.Replace(_role, "B");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        await bed.ActAsync("X", serial, "Approve");
        await bed.ActAsync("Y", serial, "Approve");
        await bed.ActAsync("B", serial, "Approve");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [TestCase(true)]
    [TestCase(false)]
    [Statement("4.9")]
    [Statement("1.11")]
    public async Task A_leaver_keeps_a_task_got_by_a_redirect_and_loses_their_own(bool isJustOnce)
    {
        await using var bed = await AskAsync(activity =>
        {
            activity.Destinations(to => to.Role("R").ResolvedToUsers(keepSynchronized: true)).Chooses();
            _ = isJustOnce ? activity.PlanJustOnce(Slots.PerDestination) : activity.PlanPerDestination();
        });
        var id = await bed.BeginAsync();
        await bed.RedirectAsync("B", id, "E");
        _directory.Replace(_role, "B", "T", "E");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));

        _directory.Replace(_role, "B", "T");
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));

        (await bed.ItemsAsync("E", id)).ShouldHaveSingleItem().Serial.ShouldBe(new SerialNumber(id, 1));
    }

    private async Task<WorkflowTestBed> AskAsync(Action<ActivityBuilder> plan) =>
        await WorkflowTestBed.CreateAsync(Worklists.Asking(plan), options => options.DestinationResolver = _directory);
}
