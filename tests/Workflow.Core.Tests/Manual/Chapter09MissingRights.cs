using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The message for somebody who lacks a right that roles or groups have.</summary>
[TestFixture]
public sealed class Chapter09MissingRights
{
    private static readonly ProcessInstanceId _id = new(1);

    private static readonly StaticDestinations _directory = new()
    {
        { Destination.Role("Bosses"), "boss" }, { Destination.Group("Auditors"), "zoe" }, { Destination.Group("Trainees"), "A" },
    };

    private static async Task<WorkflowTestBed> BedAsync(Action<RightsBuilder> grant, Action<ActionBuilder>? approve = null)
    {
        var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Asking", process =>
            {
                process.Rights(grant);
                process.StartsWith(
                    process.Activity("Ask", activity => activity.Once(2, 2).Client("Decision", task => task.Action("Approve", approve).Action("Reject"))));
            }),
            options => options.DestinationResolver = _directory);
        await bed.Engine.AsSystem().StartAsync("Asking");
        return bed;
    }

    [Test]
    [Statement("9.1")]
    [Statement("14.7")]
    public async Task A_refusal_for_want_of_a_groups_right_names_the_groups_that_have_it()
    {
        await using var bed = await BedAsync(
            rights => rights.View(Destination.Group("Auditors")).Admin(Destination.Role("Bosses")).View("ann").Start(Destination.Role("Clerks")));

        var refusal = await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("eve").ReadAsync(_id).AsTask());
        refusal.Message.ShouldContain("the View right on 'Asking' is missing; group Auditors, role Bosses have it, and the user belongs to none of them");
        refusal.Message.ShouldContain("Add the user to one of them, or grant the right");
        refusal.Holders.ShouldBe([Destination.Group("Auditors"), Destination.Role("Bosses")]);

        refusal = await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("eve").ManageWorklists().ReleaseAsync(_id.Task(1), "A").AsTask());
        refusal.Message.ShouldContain("the Admin right on 'Asking' is missing; the role Bosses has it, and the user does not belong to it");
        (await bed.Engine.As("zoe").ReadAsync(_id)).Id.ShouldBe(_id);
    }

    [Test]
    [Statement("9.1")]
    public async Task Where_no_group_has_the_right_none_is_spoken_of()
    {
        await using var bed = await BedAsync(rights => rights.View("ann"));

        var refusal = await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("eve").ReadAsync(_id).AsTask());

        refusal.Message.ShouldContain("the View right on 'Asking' is missing. Grant it with Rights(...)");
        refusal.Holders.ShouldBeEmpty();
    }

    [Test]
    [Statement("9.1")]
    public async Task The_first_few_of_many_groups_are_named()
    {
        await using var bed = await BedAsync(rights =>
        {
            for (var number = 1; number <= 7; number++)
            {
                rights.View(Destination.Group($"G{number.Invariant()}"));
            }
        });

        var refusal = await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("eve").ReadAsync(_id).AsTask());

        refusal.Message.ShouldContain("group G1, group G2, group G3, group G4, group G5 and 2 more have it");
        refusal.Holders.Count.ShouldBe(7);
    }

    [Test]
    [Statement("2.9")]
    public async Task A_refused_action_names_the_groups_that_may_take_it_and_the_one_to_which_it_is_denied()
    {
        await using var allowed = await BedAsync(
            rights => rights.Admin("boss"),
            action => action.AllowedFor(Destination.Role("Bosses"), Destination.Group("Auditors"), Destination.User("B")));
        await using var denied = await BedAsync(rights => rights.Admin("boss"), action => action.DeniedFor(Destination.Group("Trainees")));

        (await RefusedAsync(allowed)).ShouldContain(
            "the definition allows it to members of role Bosses, group Auditors and some users only, and the user belongs to none of them");
        (await RefusedAsync(denied)).ShouldContain("the definition denies it to members of the group Trainees");
    }

    [Test]
    [Statement("2.9")]
    [Statement("1.12")]
    public async Task A_user_who_acts_for_somebody_is_told_that_they_themselves_belong_to_none_of_the_groups()
    {
        await using var one = await BedAsync(rights => rights.Admin("boss"), action => action.AllowedFor(Destination.Role("Bosses")));
        await using var two = await BedAsync(
            rights => rights.Admin("boss"), action => action.AllowedFor(Destination.Role("Bosses"), Destination.Group("Auditors")));

        (await DelegateRefusedAsync(one)).ShouldContain("members of the role Bosses only, and 'A' does not belong to it");
        (await DelegateRefusedAsync(two)).ShouldContain("members of role Bosses, group Auditors only, and 'A' belongs to none of them");

        static async Task<string> DelegateRefusedAsync(WorkflowTestBed bed)
        {
            await (await bed.ItemAsync("A", _id)).DelegateAsync(Destination.User("Z"));
            return (await Should.ThrowAsync<WorkflowException>(() => bed.ActAsync("Z", _id.Task(1), "Approve"))).Message;
        }
    }

    [Test]
    [Statement("2.9")]
    public async Task So_does_one_for_a_right_on_the_task()
    {
        await using var bed = await BedAsync(rights => rights.Admin("boss"));
        await bed.Boss().SetActionRightAsync(_id.Task(1), "Approve", Destination.Role("Bosses"), isAllowed: true);
        (await RefusedAsync(bed)).ShouldContain("on this task it is allowed to members of the role Bosses only, and the user does not belong to it");

        await bed.Boss().SetActionRightAsync(_id.Task(1), "Approve", Destination.Group("Trainees"), isAllowed: false);
        (await RefusedAsync(bed)).ShouldContain("it is denied to members of the group Trainees on this task");

        await bed.Boss().SetActionRightAsync(_id.Task(1), "Approve", Destination.User("A"), isAllowed: false);
        await bed.Boss().SetActionRightAsync(_id.Task(1), "Approve", Destination.Group("Trainees"), isAllowed: null);
        (await RefusedAsync(bed)).ShouldContain("it is denied to 'A' on this task");
    }

    private static async Task<string> RefusedAsync(WorkflowTestBed bed) =>
        (await bed.ShouldRefuseAsync<ActionNotAllowedException>(_id, () => bed.ActAsync("A", _id.Task(1), "Approve"))).Message;
}
