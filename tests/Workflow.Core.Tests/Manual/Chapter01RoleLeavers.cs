using Workflow.Core.Client;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Somebody leaves a role that is not resolved while they hold the only slot of its task.</summary>
[TestFixture]
public sealed class Chapter01RoleLeavers
{
    private static readonly ProcessInstanceId _id = new(1);

    private ScriptedResolver _resolver = null!;

    [SetUp]
    public void Begin() => _resolver = new ScriptedResolver(new StaticDestinations { { Destination.Role("R"), "A", "B" } });

    /// <summary>A has opened the task of the role, which has one slot.</summary>
    private async Task<WorkflowTestBed> BedAsync()
    {
        var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Destinations(to => to.Role("R")).Chooses()), options => options.DestinationResolver = _resolver);
        await bed.BeginAsync();
        await bed.OpenAsync("A", _id.Task(1));
        return bed;
    }

    private void Leaves(params string[] left) => _resolver.Directory.Replace(Destination.Role("R"), [.. ((string[])["A", "B"]).Except(left)]);

    private static Task<string[]> ReleasedAsync(WorkflowTestBed bed) => bed.NamesAsync(_id, JournalKind.SlotReleased);

    [Test]
    [Statement("1.9")]
    [Statement("1.8")]
    public async Task A_user_who_has_left_is_told_so_and_the_slot_is_released([Values("open", "act", "release", "sleep")] string how)
    {
        await using var bed = await BedAsync();
        var held = await bed.ItemAsync("A", _id);
        Leaves("A");

        var refusal = await Should.ThrowAsync<WorklistItemNotFoundException>(() => how switch
        {
            "open" => held.OpenAsync().AsTask(),
            "act" => held.ExecuteAsync("Approve").AsTask(),
            "release" => held.ReleaseAsync().AsTask(),
            _ => held.SleepAsync(TimeSpan.FromSeconds(1)).AsTask(),
        });

        refusal.Reason.ShouldBe(WorklistItemEnd.LeftRole);
        refusal.Message.ShouldContain("no longer belongs to it, so the slot goes back");
        (await ReleasedAsync(bed)).Length.ShouldBe(1);
        (await bed.SeesAsync("B")).ShouldBe("1_1 Available");
        await Should.ThrowAsync<WorkflowException>(() => bed.OpenAsync("A", _id.Task(1)));
        (await bed.AnsweredAsync(_id)).ShouldBe("");
    }

    [Test]
    [Statement("1.9")]
    public async Task Somebody_else_who_wants_the_slot_gets_it([Values] bool opens)
    {
        await using var bed = await BedAsync();
        await bed.ShouldNotFindAsync("B", _id.Task(1), WorklistItemEnd.NoSlotLeft);
        Leaves("A");

        if (opens)
        {
            (await bed.OpenAsync("B", _id.Task(1))).Status.ShouldBe(WorklistItemStatus.Open);
        }

        await bed.ActAsync("B", _id.Task(1), "Approve");

        (await ReleasedAsync(bed)).Length.ShouldBe(1);
        (await bed.AnsweredAsync(_id)).ShouldBe("B Approve");
    }

    [Test]
    [Statement("1.9")]
    [Statement("4.8b")]
    public async Task A_worklist_that_shows_it_as_allocated_lets_it_be_found_out_beside()
    {
        await using var bed = await BedAsync();
        (await bed.SeesAllAsync("B")).ShouldBe("1_1 Allocated");
        await bed.Engine.RunDueTimersAsync();
        (await ReleasedAsync(bed)).ShouldBeEmpty();

        Leaves("A");
        (await bed.SeesAllAsync("B")).ShouldBe("1_1 Allocated");
        await bed.Engine.RunDueTimersAsync();
        (await ReleasedAsync(bed)).ShouldBeEmpty("that they belong to the role is believed for the interval");

        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        (await bed.SeesAsync("B")).ShouldBe("", "what is allocated is not shown, and asked for all the same");
        await bed.Engine.RunDueTimersAsync();

        (await ReleasedAsync(bed)).Length.ShouldBe(1);
        (await bed.SeesAsync("B")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("1.9")]
    [Statement("1.12")]
    public async Task So_is_the_slot_that_a_delegate_holds_for_somebody_who_has_left()
    {
        await using var bed = await BedAsync();
        await (await bed.ItemAsync("A", _id)).ReleaseAsync();
        await bed.DelegateAsync("A", _id, "D");
        await bed.OpenAsync("D", _id.Task(1));
        Leaves("A");

        (await bed.OpenAsync("B", _id.Task(1))).Status.ShouldBe(WorklistItemStatus.Open);

        (await bed.SeesAllAsync("D")).ShouldBe("");
        (await bed.ReadAsync(_id)).Activities[0].Destinations[0].Destinations.ShouldHaveSingleItem().Name.ShouldBe(
            "R", "what they delegated went with the slot");
    }

    [Test]
    [Statement("1.9")]
    [Statement("4.8b")]
    public async Task A_resolver_that_fails_releases_nothing()
    {
        await using var bed = await BedAsync();
        Leaves("A");
        _resolver.Memberships = (user, token) => user == "A" ? throw new IOException("down") : _resolver.Directory.FindMembershipsAsync(user, token);

        await bed.ShouldNotFindAsync("B", _id.Task(1), WorklistItemEnd.NoSlotLeft);
        await bed.SeesAllAsync("B");
        await bed.Engine.RunDueTimersAsync();

        (await ReleasedAsync(bed)).ShouldBeEmpty();
    }
}
