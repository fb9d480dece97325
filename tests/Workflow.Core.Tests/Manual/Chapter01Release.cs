using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter01Release
{
    private static readonly DestinationField<int> Form = new("Form", initial: 0);

    private static Task<WorkflowTestBed> OnceAsync(int people, int slots) =>
        WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Fields(Form).Once(people, slots).Chooses()));

    [Test]
    [Statement("1.9")]
    public async Task An_administrator_releases_the_item_of_another()
    {
        await using var bed = await OnceAsync(3, 1);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.OpenAsync("B", serial);

        await bed.Boss().ReleaseAsync(serial, "B");

        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Av Av Av");
        (await bed.HistoryAsync(id))[^1].Kind.ShouldBe(JournalKind.SlotReleased);
    }

    [Test]
    [Statement("1.9")]
    public async Task An_item_that_is_not_open_cannot_be_released_by_user_or_administrator()
    {
        await using var bed = await OnceAsync(3, 2);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        var available = await bed.ItemAsync("A", id);

        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await available.ReleaseAsync());
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await bed.Boss().ReleaseAsync(serial, "A"));
        await bed.OpenAsync("B", serial);
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await available.ReleaseAsync());
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await bed.Boss().ReleaseAsync(serial, "A"));
        await bed.ShouldRefuseAsync<WorklistItemRefusedException>(id, async () => await bed.Boss().ReleaseAsync(serial, "Z"));
    }

    [Test]
    [Statement("1.9")]
    public async Task Only_an_administrator_releases_for_others()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        var serial = new SerialNumber(id, 1);
        await bed.OpenAsync("A", serial);

        await bed.ShouldRefuseAsync<WorkflowAccessDeniedException>(id, async () => await bed.Engine.As("B").ManageWorklists().ReleaseAsync(serial, "A"));

        (await bed.StandingAsync(id, "A", "B")).ShouldBe("Op Al");
    }

    [Test]
    [Statement("1.9")]
    public async Task A_finished_or_unknown_item_cannot_be_released()
    {
        await using var bed = await OnceAsync(1, 1);
        var id = await bed.BeginAsync();
        var item = await bed.OpenAsync("A", new SerialNumber(id, 1));
        await item.ExecuteAsync("Approve");

        var ended = await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, async () => await item.ReleaseAsync());
        var managed = await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, async () => await bed.Boss().ReleaseAsync(item.Serial, "A"));
        var unknown = await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, async () => await bed.Boss().ReleaseAsync(new SerialNumber(id, 9), "A"));

        (ended.Reason, managed.Reason, unknown.Reason).ShouldBe((WorklistItemEnd.Completed, WorklistItemEnd.Completed, WorklistItemEnd.Unknown));
    }

    [Test]
    [Statement("1.9")]
    public async Task Writes_of_an_update_stay()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Save", answer => answer.Set(Form, 7));

        await bed.ReleaseAsync("A", id);

        var destination = (await bed.ActiveAsync(id, "Ask")).Destinations[0];
        destination.Fields.Get<int>("Form").ShouldBe(7);
        destination.Slots.ShouldBeEmpty();
        (await bed.ItemAsync("B", id)).Get(Form).ShouldBe(7);
    }

    [Test]
    [Statement("1.9")]
    [Statement("12.6")]
    public async Task The_history_tells_of_the_slot_taken_and_given_back()
    {
        await using var bed = await OnceAsync(2, 1);
        var id = await bed.BeginAsync();
        var known = (await bed.HistoryAsync(id)).Count;

        await (await bed.OpenAsync("A", new SerialNumber(id, 1))).ReleaseAsync();

        (await bed.HistoryAsync(id)).Skip(known).Select(fact => $"{fact.Kind} {fact.Name} {fact.User} {fact.Destination}")
            .ShouldBe(["SlotOpened Decision A 1", "SlotReleased Decision A 1"]);
    }

    [Test]
    [Statement("1.9")]
    [Statement("1.4")]
    public async Task Open_and_release_can_go_on_for_ever([Values(1, 2)] int slots)
    {
        await using var bed = await OnceAsync(3, slots);
        var id = await bed.BeginAsync();
        for (var round = 0; round < 6; round++)
        {
            var user = Worklists.Users[round % 3];
            await bed.OpenAsync(user, new SerialNumber(id, 1));
            (await bed.ItemAsync(user, id)).SlotsFree.ShouldBe(slots - 1);
            await bed.ReleaseAsync(user, id);
            (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("Av Av Av");
        }
    }
}
