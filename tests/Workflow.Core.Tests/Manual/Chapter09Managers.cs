using Workflow.Core.Client;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter09Managers
{
    private static readonly SerialNumber _task = new ProcessInstanceId(1).Task(1);

    /// <summary>mia manages A, B and R's member C; top manages mia.</summary>
    private static async Task<WorkflowTestBed> BedAsync(int slots = 1, bool toRole = false)
    {
        var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity
                .Destinations(to => _ = toRole ? to.Role("R") : to.Users("A", "B")).PlanJustOnce(Definitions.Slots.Number(slots))),
            options => options.DestinationResolver = new StaticDestinations { { Destination.Role("R"), "C" } }
                .Manages("mia", "A").Manages("mia", "B").Manages("mia", "C").Manages("top", "mia"));
        await bed.StartAsync("dora");
        return bed;
    }

    [Statement("9.5")]
    [TestCase("mia", "A")]
    [TestCase("MIA", "a")]
    public async Task A_manager_lists_opens_and_acts_for_a_managed_user(string manager, string managed)
    {
        await using var bed = await BedAsync(slots: 2);
        var worklist = bed.Engine.As(manager).Worklist;

        var item = (await worklist.ListManagedAsync(managed)).ShouldHaveSingleItem();
        Staff.Text(item).ShouldBe("1_1 Available for A", StringCompareShould.IgnoreCase);
        (await bed.SeesAllAsync(manager)).ShouldBe("", "it is not on the manager's own worklist");
        var open = await worklist.OpenManagedAsync(managed, _task);
        Staff.Text(open).ShouldBe("1_1 Open for A", StringCompareShould.IgnoreCase);
        await open.ExecuteAsync("Approve");

        (await bed.AnsweredAsync(_task.ProcessInstance)).ShouldBe($"{manager} Approve for A", StringCompareShould.IgnoreCase);
        var slot = (await bed.ActiveAsync(_task.ProcessInstance)).Destinations[0].Slots.ShouldHaveSingleItem();
        slot.Party.ShouldBe("A", StringCompareShould.IgnoreCase);
        await bed.ShouldNotFindAsync("A", _task, WorklistItemEnd.PartDone);
    }

    [Test]
    [Statement("9.5")]
    public async Task While_the_manager_has_it_open_the_managed_user_has_not_and_the_other_way_round([Values] bool managerFirst)
    {
        await using var bed = await BedAsync(slots: 2);
        var worklist = bed.Engine.As("mia").Worklist;

        await (managerFirst ? worklist.OpenManagedAsync("A", _task) : bed.Engine.As("A").Worklist.OpenAsync(_task));

        (await bed.SeesAllAsync("A")).ShouldBe(managerFirst ? "1_1 Allocated" : "1_1 Open");
        await Should.ThrowAsync<WorklistItemNotFoundException>(async () => _ = managerFirst
            ? await bed.OpenAsync("A", _task)
            : await worklist.OpenManagedAsync("A", _task));
        (await bed.SeesAsync("B")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("9.5")]
    public async Task A_task_of_a_role_of_the_managed_user_is_theirs_too()
    {
        await using var bed = await BedAsync(toRole: true);
        var item = (await bed.Engine.As("mia").Worklist.ListManagedAsync("C")).ShouldHaveSingleItem();

        await item.ExecuteAsync("Reject");

        (await bed.AnsweredAsync(_task.ProcessInstance)).ShouldBe("mia Reject for C");
    }

    [Statement("9.5")]
    [Statement("14.7")]
    [TestCase("Z", "A")]
    [TestCase("top", "A")]
    [TestCase("A", "mia")]
    [TestCase("B", "A")]
    [TestCase("boss", "A")]
    [TestCase("mia", "Z")]
    public async Task A_user_who_is_not_the_manager_cannot_act_as_one(string user, string managed)
    {
        await using var bed = await BedAsync();
        var worklist = bed.Engine.As(user).Worklist;
        var before = await bed.StoredBytesAsync(_task.ProcessInstance);

        foreach (var command in (Func<Task>[])
        [
            () => worklist.ListManagedAsync(managed).AsTask(),
            () => worklist.OpenManagedAsync(managed, _task).AsTask(),
            () => worklist.OpenManagedAsync(managed, _task, allocate: false).AsTask(),
        ])
        {
            var refusal = await Should.ThrowAsync<NotManagedException>(command);
            refusal.User.ShouldBe(user);
            refusal.Managed.ShouldBe(managed);
        }

        (await bed.StoredBytesAsync(_task.ProcessInstance)).ShouldBe(before);
    }

    [Test]
    [Statement("9.5")]
    public async Task A_manager_has_access_only_in_the_name_of_the_managed_user_and_only_to_that_users_tasks()
    {
        await using var bed = await BedAsync();

        await bed.ShouldHaveNoAccessAsync("mia", _task);
        var refusal = await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.Engine.As("mia").Worklist.OpenManagedAsync("C", _task).AsTask());

        refusal.User.ShouldBe("mia");
        refusal.ActingFor.ShouldBe("C");
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("9.5")]
    public async Task The_worklist_of_a_managed_user_is_filtered_and_paged_as_the_users_own()
    {
        await using var bed = await BedAsync();
        await bed.StartAsync("dora", start => start.Folio("second"));
        await bed.StartAsync("dora", start => start.Folio("third"));
        var worklist = bed.Engine.As("mia").Worklist;

        Staff.Text(await worklist.ListManagedAsync("A", new WorklistQuery { Limit = 2 })).ShouldBe("1_1 Available for A, 2_1 Available for A");
        Staff.Text(await worklist.ListManagedAsync("A", new WorklistQuery { After = new ProcessInstanceId(2).Task(1) })).ShouldBe("3_1 Available for A");
        Staff.Text(await worklist.ListManagedAsync("A", new WorklistQuery { Folio = "second" })).ShouldBe("2_1 Available for A");
    }

    [TestCase("system")]
    [TestCase("  ")]
    [TestCase("m\u200bia")]
    [Statement("9.5")]
    [Statement("14.7")]
    public async Task A_manager_who_cannot_be_is_told_as_a_fault_of_the_resolver(string manager)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity.Destinations(to => to.Users("A"))), options => options.DestinationResolver = new ManagedBy(manager));
        await bed.StartAsync("dora");

        var exception = await Should.ThrowAsync<DestinationResolverException>(async () => await bed.Engine.As("mia").Worklist.ListManagedAsync("A"));

        exception.Message.ShouldContain("as the manager of 'A', which cannot be the name of a user");
        exception.Statement.ShouldBe("9.5");
    }

    private sealed class ManagedBy(string manager) : IDestinationResolver
    {
        public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<Destination>>([]);

        public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation) => ValueTask.FromResult<string?>(manager);

        public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
            IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyDictionary<Destination, IReadOnlyList<string>>>(new Dictionary<Destination, IReadOnlyList<string>>());
    }
}
