using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>An administrator gives somebody's item to another.</summary>
[TestFixture]
public sealed class Chapter01AdministratorRedirect
{
    private static Task<WorkflowTestBed> OnceAsync(int people, int slots) =>
        WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Once(people, slots).Chooses(more: task => task.Action("Sign", action => action.NotBatchable()))));

    [Test]
    [Statement("1.11")]
    public async Task An_available_item_is_available_for_the_new_user([Values] bool keepOpen)
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();

        await bed.Boss().RedirectAsync(new SerialNumber(id, 1), Destination.User("A"), "D", keepOpen);

        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe("-- Av Av");
        var redirected = (await bed.HistoryAsync(id))[^1];
        (redirected.Kind, redirected.Name, redirected.Detail, redirected.User).ShouldBe((JournalKind.Redirected, "D", "user A", "boss"));
    }

    [Statement("1.11")]
    [TestCase(false, "-- Av Av")]
    [TestCase(true, "-- Al Op")]
    public async Task An_open_item_stays_open_only_when_asked_for(bool keepOpen, string expected)
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        await bed.OpenAsync("A", new SerialNumber(id, 1));

        await bed.Boss().RedirectAsync(new SerialNumber(id, 1), Destination.User("A"), "D", keepOpen);

        (await bed.StandingAsync(id, "A", "B", "D")).ShouldBe(expected);
    }

    [Test]
    [Statement("1.11")]
    [Statement("1.13")]
    public async Task A_user_who_gets_it_open_can_take_an_action_that_needs_an_open_item()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.OpenAsync("A", serial);

        await bed.Boss().RedirectAsync(serial, Destination.User("A"), "D", keepOpen: true);
        await bed.ActAsync("D", serial, "Sign");

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.HistoryAsync(id)).Single(fact => fact.Kind is JournalKind.SlotCompleted).User.ShouldBe("D");
    }

    [Test]
    [Statement("1.11")]
    public async Task The_item_of_a_role_can_be_given_to_a_user()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Destinations(to => to.Role("R")).PlanJustOnce().Chooses()),
            options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "B", "T" } });
        var id = await bed.BeginAsync();

        await bed.Boss().RedirectAsync(new SerialNumber(id, 1), Destination.Role("R"), "D");

        (await bed.StandingAsync(id, "B", "T", "D")).ShouldBe("-- -- Av");
        (await bed.ManagedAsync(id)).ShouldBe(["D - Available"]);
    }

    [Test]
    [Statement("1.11")]
    [Statement("14.7")]
    public async Task Only_an_administrator_may([Values("A", "B", "D", "dora", "bank")] string user)
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();

        var denial = await bed.ShouldRefuseAsync<WorkflowAccessDeniedException>(
            id, async () => await bed.Engine.As(user).ManageWorklists().RedirectAsync(new SerialNumber(id, 1), Destination.User("A"), "D"));

        (denial.User, denial.MissingRight, denial.Definition).ShouldBe((user, ProcessRight.Admin, "Asking"));
    }

    [Test]
    [Statement("1.11")]
    public async Task It_must_be_the_item_of_the_one_who_is_named()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);

        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await bed.Boss().RedirectAsync(serial, Destination.User("Z"), "D"));
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await bed.Boss().RedirectAsync(serial, Destination.Role("A"), "D"));
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await bed.Boss().RedirectAsync(serial, Destination.Group("A"), "D"));
    }

    [Test]
    [Statement("1.11")]
    [Statement("1.8")]
    public async Task An_unknown_or_ended_task_cannot_be_redirected()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();

        var unknown = await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(
            id, async () => await bed.Boss().RedirectAsync(new SerialNumber(id, 9), Destination.User("A"), "D"));
        await bed.ActAsync("A", "Approve");
        var ended = await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(
            id, async () => await bed.Boss().RedirectAsync(new SerialNumber(id, 1), Destination.User("B"), "D"));

        (unknown.Reason, ended.Reason).ShouldBe((WorklistItemEnd.Unknown, WorklistItemEnd.Completed));
    }
}
