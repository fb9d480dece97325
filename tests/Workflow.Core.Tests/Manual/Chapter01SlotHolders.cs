using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Somebody holds a slot only as long as they, or the one who has delegated to them, belong to something.
/// <c>dora</c> starts, which makes them the originator.</summary>
[TestFixture]
public sealed class Chapter01SlotHolders
{
    private static readonly ProcessInstanceId _id = new(1);

    private ScriptedResolver _resolver = null!;
    private WarningLog _log = null!;

    [SetUp]
    public void Begin()
    {
        _log = new WarningLog();
        _resolver = new ScriptedResolver(new StaticDestinations
        {
            { Destination.Role("Managers"), "ann" },
            { Destination.Role("Directors"), "cy", "dora" },
            { Destination.Role("Clerks"), "carl" },
        });
    }

    [TearDown]
    public void End() => _log.Dispose();

    private async Task<WorkflowTestBed> BedAsync(Func<Definitions.Building.ActivityBuilder, Definitions.Building.ActivityBuilder> plan)
    {
        var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => plan(activity).Chooses()), options =>
        {
            options.DestinationResolver = _resolver;
            options.LoggerFactory = _log;
        });
        await bed.StartAsync("dora");
        return bed;
    }

    /// <summary>The originator is left out, unless they are a director.</summary>
    private Task<WorkflowTestBed> FreedBedAsync() => BedAsync(activity => activity
        .PlanJustOnce(Slots.Number(1)).Destinations(to => to.Set("Destinations").Role("Managers").ExceptOriginator().Set("Above").Role("Directors")));

    private void Replace(string role, params string[] members) => _resolver.Directory.Replace(Destination.Role(role), members);

    private static async Task<int> ReleasedAsync(WorkflowTestBed bed) => (await bed.NamesAsync(_id, JournalKind.SlotReleased)).Length;

    [Test]
    [Statement("1.9")]
    [Statement("4.6")]
    public async Task A_slot_that_tasks_share_is_released_for_the_other_task()
    {
        await using var bed = await BedAsync(activity => activity.PlanPerDestination(Slots.Number(1)).Destinations(to => to.Role("Managers").Users("bob")));
        await bed.OpenAsync("ann", _id.Task(1));
        await bed.ShouldNotFindAsync("bob", _id.Task(2), WorklistItemEnd.NoSlotLeft);
        Replace("Managers");

        (await bed.OpenAsync("bob", _id.Task(2))).Status.ShouldBe(WorklistItemStatus.Open);

        (await ReleasedAsync(bed)).ShouldBe(1);
    }

    [Test]
    [Statement("1.9")]
    [Statement("1.12")]
    public async Task A_delegate_who_leaves_the_role_that_it_was_delegated_to_loses_the_slot([Values] bool tries)
    {
        await using var bed = await BedAsync(activity => activity.PlanJustOnce(Slots.Number(1)).Destinations(to => to.Users("ann", "bob")));
        await (await bed.ItemAsync("ann", _id)).DelegateAsync(Destination.Role("Clerks"));
        await bed.OpenAsync("carl", _id.Task(1));
        Replace("Clerks", "eve");

        if (tries)
        {
            (await Should.ThrowAsync<WorklistItemNotFoundException>(() => bed.ActAsync("carl", _id.Task(1), "Approve")))
                .Reason.ShouldBe(WorklistItemEnd.LeftRole);
        }

        (await bed.OpenAsync("bob", _id.Task(1))).Status.ShouldBe(WorklistItemStatus.Open);
        (await ReleasedAsync(bed)).ShouldBe(1);
        await bed.ReleaseAsync("bob", _id);
        (await bed.SeesAsync("ann")).ShouldBe("1_1 Available", "who delegated keeps the task");
        (await bed.SeesAsync("eve")).ShouldBe("1_1 Available for ann", "and so does the role");
    }

    [Test]
    [Statement("1.9")]
    [Statement("4.10")]
    public async Task Somebody_whom_an_exclusion_binds_again_loses_the_slot([Values("act", "list", "other")] string how)
    {
        await using var bed = await FreedBedAsync();
        await bed.RedirectAsync("ann", _id, "dora");
        await bed.OpenAsync("dora", _id.Task(1));
        (await bed.SeesAsync("dora")).ShouldBe("1_1 Open");
        Replace("Directors", "cy");

        switch (how)
        {
            case "act":
                var refusal = await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.ActAsync("dora", _id.Task(1), "Approve"));
                refusal.Message.ShouldContain("leaves out 'dora'");
                break;
            case "list":
                (await bed.SeesAllAsync("dora")).ShouldBe("");
                await bed.Engine.RunDueTimersAsync();
                break;
            default:
                (await bed.OpenAsync("cy", _id.Task(1))).Status.ShouldBe(WorklistItemStatus.Open);
                break;
        }

        (await ReleasedAsync(bed)).ShouldBe(1);
        (await bed.SeesAsync("cy")).ShouldBe(how == "other" ? "1_1 Open" : "1_1 Available");
        _log.Warnings.ShouldContain(warning => warning.Contains("a task of 'Ask' was released, and its holder cannot take it again", StringComparison.Ordinal)
            && warning.Contains("leaves out 'dora'", StringComparison.Ordinal));
    }

    [Test]
    [Statement("1.12")]
    [Statement("4.10")]
    public async Task Nobody_acts_by_delegation_for_somebody_whom_an_exclusion_binds_again([Values] bool hasOpened)
    {
        await using var bed = await FreedBedAsync();
        await bed.RedirectAsync("ann", _id, "dora");
        await bed.DelegateAsync("dora", _id, "eve");
        (await bed.SeesAsync("eve")).ShouldBe("1_1 Available for dora");
        if (hasOpened)
        {
            await bed.OpenAsync("eve", _id.Task(1));
        }

        Replace("Directors", "cy");

        (await bed.SeesAllAsync("eve")).ShouldBe("");
        await Should.ThrowAsync<WorkflowException>(() => bed.ActAsync("eve", _id.Task(1), "Approve"));
        (await bed.AnsweredAsync(_id)).ShouldBe("");
        (await bed.OpenAsync("cy", _id.Task(1))).Status.ShouldBe(WorklistItemStatus.Open);

        Replace("Directors", "cy", "dora");
        await bed.ReleaseAsync("cy", _id);
        (await bed.SeesAsync("dora")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("4.8b")]
    [Statement("1.9")]
    public async Task A_release_that_fails_is_tried_again_when_the_role_interval_has_passed()
    {
        await using var bed = await BedAsync(activity => activity.PlanJustOnce(Slots.Number(1)).Destinations(to => to.Role("Managers").Users("bob")));
        await bed.OpenAsync("ann", _id.Task(1));
        Replace("Managers");
        _resolver.Memberships = (user, token) => user == "ann" ? throw new IOException("down") : _resolver.Directory.FindMembershipsAsync(user, token);
        await bed.ShouldNotFindAsync("bob", _id.Task(1), WorklistItemEnd.NoSlotLeft);
        (await ReleasedAsync(bed)).ShouldBe(0);

        _resolver.Memberships = null;
        bed.Clock.Advance(TimeSpan.FromMinutes(10));
        await bed.Engine.RunDueTimersAsync();

        (await ReleasedAsync(bed)).ShouldBe(1);
    }
}
