using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Roles and groups that are destinations themselves.</summary>
[TestFixture]
public sealed class Chapter04UnresolvedRoles
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(10);

    private ScriptedResolver _resolver = null!;

    [SetUp]
    public void Forget() =>
        _resolver = new ScriptedResolver(new StaticDestinations { { Destination.Role("R"), "B", "T", "J" }, { Destination.Group("G"), "X", "Y" } });

    private async Task<WorkflowTestBed> BedAsync(Action<DestinationBuilder> to, Func<ActivityBuilder, ActivityBuilder>? plan = null)
    {
        var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => (plan?.Invoke(activity) ?? activity).Destinations(to)), options => options.DestinationResolver = _resolver);
        await bed.StartAsync("dora");
        return bed;
    }

    [Test]
    [Statement("4.8")]
    [Statement("1.15")]
    public async Task Each_member_sees_the_task_of_the_role_and_nobody_else()
    {
        await using var bed = await BedAsync(to => to.Role("R"));

        foreach (var user in (string[])["B", "T", "J", "b"])
        {
            var item = (await bed.WorklistAsync(user)).ShouldHaveSingleItem();
            item.Status.ShouldBe(WorklistItemStatus.Available);
            item.Destination.ShouldBe(Destination.Role("R"));
            item.ActingFor.ShouldBeNull();
        }

        (await bed.SeesAllAsync("R")).ShouldBe("", "a role is no user");
        await bed.ShouldHaveNoAccessAsync("X", _id.Task(1));
        await bed.ShouldHaveNoAccessAsync("R", _id.Task(1));
    }

    [Test]
    [Statement("4.8")]
    public async Task The_members_are_not_asked_for_when_it_is_planned_and_memberships_are_when_a_worklist_is_read_and_an_item_opened_or_acted_on()
    {
        _resolver.Members = (_, _) => throw new InvalidOperationException("planned");
        await using var bed = await BedAsync(to => to.Role("R"));
        _resolver.UsersAsked.ShouldNotContain("B");

        await bed.SeesAsync("B");
        await bed.OpenAsync("T", _id.Task(1));
        await bed.ActAsync("T", _id.Task(1), "Approve");

        _resolver.UsersAsked.ShouldContain("B");
        _resolver.UsersAsked.ShouldContain("T");
        (await bed.AnsweredAsync(_id)).ShouldBe("T Approve");
    }

    [Test]
    [Statement("4.8")]
    public async Task A_user_who_joins_later_sees_the_task_and_acts_and_one_who_leaves_does_not([Values] bool ofGroup)
    {
        var who = ofGroup ? Destination.Group("G") : Destination.Role("R");
        _resolver.Directory.Replace(who, "stays", "leaves");
        await using var bed = await BedAsync(to => _ = ofGroup ? to.Group("g") : to.Role("r"));
        (await bed.SeesAsync("leaves")).ShouldBe("1_1 Available");
        (await bed.SeesAsync("joins")).ShouldBe("");

        _resolver.Directory.Replace(who, "stays", "joins");
        await bed.AdvanceAsync(_interval);

        (await bed.SeesAsync("stays")).ShouldBe("1_1 Available");
        (await bed.SeesAsync("joins")).ShouldBe("1_1 Available");
        (await bed.SeesAllAsync("leaves")).ShouldBe("");
        await Should.ThrowAsync<WorkflowException>(() => bed.OpenAsync("leaves", _id.Task(1)));
        await Should.ThrowAsync<WorkflowException>(() => bed.ActAsync("leaves", _id.Task(1), "Approve"));
        await bed.ActAsync("joins", "Approve");
        (await bed.AnsweredAsync(_id)).ShouldBe("joins Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("4.8")]
    public async Task Joining_and_leaving_changes_nothing_that_is_stored_and_arms_no_timer()
    {
        await using var bed = await BedAsync(to => to.Role("R"));
        var before = await bed.StoredBytesAsync(_id);
        (await bed.Store.NextDueAsync(after: null, default)).ShouldBeNull();

        _resolver.Directory.Replace(Destination.Role("R"), "Q");
        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        (await bed.StoredBytesAsync(_id)).ShouldBe(before);
        (await bed.SeesAsync("Q")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("4.12")]
    public async Task A_role_without_members_is_somebody_and_waits_for_new_members([Values] bool perDestination)
    {
        _resolver.Directory.Replace(Destination.Role("R"));
        await using var bed = await BedAsync(to => to.Role("R"), activity => perDestination ? activity.PlanPerDestination() : activity.PlanJustOnce());
        var work = await bed.ActiveAsync(_id);
        work.Letters().ShouldBe("A");
        work.Destinations[0].People.ShouldBe([Destination.Role("R")]);
        (await bed.EverybodyAsync()).ShouldBe("1_1 role R Available");

        _resolver.Directory.Replace(Destination.Role("R"), "Q");
        await bed.AdvanceAsync(_interval);

        (await bed.SeesAsync("Q")).ShouldBe("1_1 Available");
        await bed.ActAsync("Q", "Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("4.11")]
    public async Task A_user_who_is_a_destination_and_a_member_sees_the_task_once_and_acts_for_themselves()
    {
        await using var bed = await BedAsync(to => to.Users("B").Role("R").Group("G"), activity => activity.PlanJustOnce(Slots.Number(2)));
        _resolver.Directory.Replace(Destination.Group("G"), "B", "X");
        await bed.AdvanceAsync(_interval);

        var item = (await bed.WorklistAsync("B")).ShouldHaveSingleItem();
        item.Destination.ShouldBe(Destination.User("B"));
        await item.ExecuteAsync("Approve");

        await bed.ShouldNotFindAsync("B", _id.Task(1), WorklistItemEnd.PartDone);
        (await bed.SeesAsync("X")).ShouldBe("1_1 Available");
    }

    [Test]
    [Statement("4.4")]
    [Statement("4.8")]
    public async Task A_role_counts_as_one_slot_and_a_group_as_another([Values] bool perDestination)
    {
        await using var bed = await BedAsync(
            to => to.Role("R").Group("G"), activity => perDestination ? activity.PlanPerDestination() : activity.PlanJustOnce(Slots.PerDestination));
        (await bed.ActiveAsync(_id)).SlotTotal.ShouldBe(2);

        await bed.ActAsync("T", "Approve");
        (await bed.OpenActivitiesAsync(_id)).ShouldBe(["Work"]);
        await bed.ActAsync("X", "Approve");

        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("4.8")]
    public async Task In_a_plan_per_destination_one_member_answers_for_the_role()
    {
        await using var bed = await BedAsync(to => to.Role("R").Users("A"), activity => activity.PlanPerDestination());

        await bed.ActAsync("J", _id.Task(1), "Approve");

        (await bed.SeesAllAsync("B")).ShouldBe("");
        await bed.ShouldNotFindAsync("B", _id.Task(1), WorklistItemEnd.Completed);
        (await bed.SeesAsync("A")).ShouldBe("1_2 Available");
        await bed.ActAsync("A", "Approve");
        (await bed.CompletedAsync(_id)).ShouldBe(["Work", "Done"]);
    }

    [Test]
    [Statement("4.8")]
    [Statement("4.10")]
    public async Task A_role_that_is_not_resolved_is_asked_of_each_arrival_anew()
    {
        var definition = ProcessDefinition.Define("Rounds", process =>
        {
            process.OpenToAll();
            var work = process.Activity("Work", activity => activity.Destinations(to => to.Role("R")).ApprovesOrRejects());
            process.StartsWith(work);
            work.On("Reject", work);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _resolver);
        await bed.StartAsync("dora");
        await bed.ActAsync("B", "Reject");

        (await bed.SeesAsync("B")).ShouldBe("1_2 Available", "who acted in one round may act in the next");
        _resolver.Directory.Replace(Destination.Role("R"), "Q");
        await bed.AdvanceAsync(_interval);

        (await bed.SeesAllAsync("B")).ShouldBe("");
        (await bed.SeesAsync("Q")).ShouldBe("1_2 Available");
    }
}
