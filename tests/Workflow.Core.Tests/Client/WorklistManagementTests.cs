using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>The tasks of everybody, as an administrator lists them.</summary>
[TestFixture]
public sealed class WorklistManagementTests
{
    private static readonly ProcessInstanceId _id = new(1);

    private static StaticDestinations Directory => new() { { Destination.Role("R"), "B", "T", "J" }, { Destination.Group("Admins"), "root" } };

    private static ProcessDefinition Simple(string name, string admin) => ProcessDefinition.Define(name, process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start).Admin(admin).Admin(Destination.Group("Admins")));
        process.StartsWith(process.Activity("Work", activity => activity.Destinations(to => to.Users("A", "B")).ApprovesOrRejects()));
    });

    private static async Task<string> ListAsync(WorkflowTestBed bed, string user, WorklistQuery? query = null) =>
        string.Join(' ', (await bed.Engine.As(user).ManageWorklists().ListAsync(query)).Select(entry => $"{entry.Serial}:{entry.Destination.Name}"));

    [Test]
    [Statement("1.5")]
    public async Task Every_entry_is_listed_in_every_status_regardless_of_the_statuses_of_the_query()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity.Destinations(to => to.Users("A", "B", "C", "D")).PlanJustOnce(Slots.Number(2))));
        await bed.StartAsync("dora");
        await bed.OpenAsync("A", _id.Task(1));
        var sleeping = await bed.OpenAsync("B", _id.Task(1));
        await sleeping.SleepAsync(TimeSpan.FromHours(1));

        (await bed.EverybodyAsync(new WorklistQuery { Statuses = [WorklistItemStatus.Available] }))
            .ShouldBe("1_1 user A Open, 1_1 user B Sleep, 1_1 user C Allocated, 1_1 user D Allocated");
    }

    [Test]
    [Statement("1.15")]
    public async Task A_role_has_an_entry_for_each_member_who_holds_a_slot()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity.Destinations(to => to.Role("R").Users("A")).PlanJustOnce(Slots.Number(3))),
            options => options.DestinationResolver = Directory);
        await bed.StartAsync("dora");
        (await bed.EverybodyAsync()).ShouldBe("1_1 role R Available, 1_1 user A Available");

        await bed.OpenAsync("B", _id.Task(1));
        await bed.OpenAsync("T", _id.Task(1));

        var entries = await bed.Engine.As("boss").ManageWorklists().ListAsync();
        var held = entries.Where(entry => entry.User is not null && entry.Destination == Destination.Role("R"));
        held.Select(entry => $"{entry.User} {entry.Status}").ShouldBe(["B Open", "T Open"]);
        entries.Select(entry => entry.Destination).Distinct().ShouldBe([Destination.Role("R"), Destination.User("A")]);
        entries.ShouldAllBe(entry => entry.Serial == _id.Task(1) && entry.Definition == "Expense" && entry.Activity == "Work" && entry.Event == "Decide");
        (await ListAsync(bed, "boss")).ShouldNotContain("1_1:J");
    }

    [Test]
    [Statement("9.1")]
    public async Task Only_tasks_of_processes_on_which_the_user_has_admin_are_listed()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            [Simple("One", "ada"), Simple("Two", "tom")], options => options.DestinationResolver = Directory);
        await bed.StartAsync("One", "dora");
        await bed.StartAsync("Two", "dora");

        (await ListAsync(bed, "ada")).ShouldBe("1_1:A 1_1:B");
        (await ListAsync(bed, "tom")).ShouldBe("2_1:A 2_1:B");
        (await ListAsync(bed, "root")).ShouldBe("1_1:A 1_1:B 2_1:A 2_1:B");
        (await ListAsync(bed, "A")).ShouldBe("");
        (await bed.EverybodyAsync(new WorklistQuery { Definition = "Two" })).ShouldBe("2_1 user A Available, 2_1 user B Available");
    }

    [Test]
    [Statement("13.10")]
    public async Task Pages_are_of_tasks_and_empty_only_when_there_are_no_more_however_many_belong_to_others()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            [Simple("One", "ada"), Simple("Two", "tom")], options => options.DestinationResolver = Directory);
        for (var number = 1; number <= 40; number++)
        {
            await bed.StartAsync(number is 17 or 39 ? "One" : "Two", "dora");
        }

        var query = new WorklistQuery { Limit = 1 };

        (await ListAsync(bed, "ada", query)).ShouldBe("17_1:A 17_1:B");
        (await ListAsync(bed, "ada", query with { After = new ProcessInstanceId(17).Task(1) })).ShouldBe("39_1:A 39_1:B");
        (await ListAsync(bed, "ada", query with { After = new ProcessInstanceId(39).Task(1) })).ShouldBe("");
        (await ListAsync(bed, "ada", query with { Order = WorklistOrder.Newest })).ShouldBe("17_1:A 17_1:B", "all began at one instant");
    }

    [Test]
    [Statement("1.5")]
    public async Task Tasks_of_an_instance_in_error_are_listed_here_and_on_no_users_worklist()
    {
        var definition = ProcessDefinition.Define("Failing", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity.Destinations(to => to.Users("A")).ApprovesOrRejects()));
            process.StartsWith(process.Activity("Break", activity => activity.Waits().Server("Throw", _ => throw new InvalidOperationException("broken"))));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        await bed.StartAsync("dora");
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");

        await bed.FinishAsync(_id, "Break");

        (await bed.StatusAsync(_id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.SeesAllAsync("A")).ShouldBe("");
        (await bed.EverybodyAsync()).ShouldBe("1_1 user A Available");
        (await Should.ThrowAsync<ProcessInstanceHaltedException>(() => bed.OpenAsync("A", _id.Task(1)))).ProcessInstance.ShouldBe(_id);
        await Should.ThrowAsync<ProcessInstanceHaltedException>(() => bed.ActAsync("A", _id.Task(1), "Approve"));
        await Should.ThrowAsync<ProcessInstanceHaltedException>(
            () => bed.Engine.As("boss").ManageWorklists().RedirectAsync(_id.Task(1), Destination.User("A"), "D").AsTask());
        await Should.ThrowAsync<WorklistAccessDeniedException>(() => bed.OpenAsync("Z", _id.Task(1)), "access is checked first");
    }

    [Test]
    [Statement("1.5")]
    public async Task Tasks_that_have_ended_are_not_listed()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity.PlanPerDestination().Destinations(to => to.Users("A", "B"))));
        await bed.StartAsync("dora");
        await bed.ActAsync("A", "Approve");
        (await bed.EverybodyAsync()).ShouldBe("1_2 user B Available");

        await bed.ActAsync("B", "Approve");

        (await bed.EverybodyAsync()).ShouldBe("");
    }
}
