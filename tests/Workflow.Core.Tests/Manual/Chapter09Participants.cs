using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>Shows who acts on tasks without a right to the process, and what they may see of it.</summary>
[TestFixture]
public sealed class Chapter09Participants
{
    private static readonly ProcessDefinition Asking = ProcessDefinition.Define("Asking", process =>
    {
        process.Rights(rights => rights.Start("dora").Admin("boss").ViewParticipate("A", "C", "D", "Z", "dora").View("viewer"));
        process.StartsWith(process.Activity("Ask", activity => activity.Once(3, 3).Chooses()));
    });

    private static async Task<bool> MaySeeAsync(WorkflowTestBed bed, string user, ProcessInstanceId id)
    {
        try
        {
            await bed.Engine.As(user).ReadAsync(id);
            return true;
        }
        catch (WorkflowAccessDeniedException)
        {
            return false;
        }
    }

    [Test]
    [Statement("9.2")]
    public async Task H05_no_right_is_needed_to_act_on_a_task_that_is_assigned_to_one()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();

        await bed.ActAsync("B", "Approve");

        (await bed.CountAsync(id, JournalKind.SlotCompleted)).ShouldBe(1);
        (await MaySeeAsync(bed, "B", id)).ShouldBeFalse("to act is not to see everything");
    }

    [Test]
    [Statement("9.1")]
    public async Task A_user_who_takes_or_took_part_may_see_the_instance_if_they_have_that_right()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var (id, other) = (await bed.BeginAsync(), await bed.BeginAsync());

        (await MaySeeAsync(bed, "A", id)).ShouldBeTrue("A has a task in it");
        (await MaySeeAsync(bed, "dora", id)).ShouldBeTrue("dora has started it");
        (await MaySeeAsync(bed, "Z", id)).ShouldBeFalse();
        (await MaySeeAsync(bed, "viewer", id)).ShouldBeTrue();
        foreach (var user in Worklists.First(3))
        {
            await bed.ActAsync(user, new SerialNumber(id, 1), "Approve");
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await MaySeeAsync(bed, "A", id)).ShouldBeTrue("A took part in it");
        (await MaySeeAsync(bed, "C", other)).ShouldBeTrue();
        (await MaySeeAsync(bed, "Z", other)).ShouldBeFalse();
    }

    [Test]
    [Statement("9.1")]
    public async Task A_user_who_was_given_a_task_by_another_takes_part([Values] bool redirected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking);
        var id = await bed.BeginAsync();
        (await MaySeeAsync(bed, "D", id)).ShouldBeFalse();

        await (redirected ? bed.RedirectAsync("A", id, "D") : bed.DelegateAsync("A", id, "D"));

        (await MaySeeAsync(bed, "D", id)).ShouldBeTrue();
    }
}
