using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>A user who comes too late for a task is told how it ended, as far as they may see the instance.</summary>
[TestFixture]
public sealed class Chapter01TooLate
{
    private const string Answered = "Nothing is left for them to do.";

    /// <code>
    /// ► Ask ──► After (200 events) ──►
    /// </code>
    private static ProcessDefinition Asking(Action<ActivityBuilder> plan, int after = 0) => ProcessDefinition.Define("Asking", process =>
    {
        process.Rights(rights => rights.Start("dora").Admin("boss").ViewParticipate("A", "B", "C", "D", "E").ServerEvent("bank"));
        var ask = process.Activity("Ask", plan);
        process.StartsWith(ask);
        ask.To(process.Activity("After", activity => activity.PlanPerSlot(Slots.Number(after + 1)).Server("Look", _ => { })
            .SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed))));
    });

    private static async Task<string> RefusedAsync(WorkflowTestBed bed, string user, SerialNumber serial) =>
        (await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(serial.ProcessInstance, () => bed.ActAsync(user, serial, "Approve"))).Message;

    [Test]
    [Statement("1.8")]
    public async Task The_user_of_an_expired_task_is_told_whose_answers_made_it_expire()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Asking(activity => activity.Each(3).Chooses().Outcome("Agreed", when: Answers.AtLeast(2) == "Approve")));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("C", "Approve");

        (await RefusedAsync(bed, "B", new(id, 2))).ShouldBe(
            "26030: worklist item 1_2 is not open to 'B': 'A' took 'Approve' on 1_1, 'C' took 'Approve' on 1_3, and the activity 'Ask' is "
                + $"completed. {Answered}");
    }

    [Test]
    [Statement("1.8")]
    public async Task The_user_of_a_completed_task_is_told_who_answered_it_and_for_whom()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Once(2, 2).Chooses()));
        var id = await bed.BeginAsync();
        await bed.DelegateAsync("A", id, "D");
        await bed.ActAsync("D", new SerialNumber(id, 1), "Reject");
        await bed.ActAsync("B", new SerialNumber(id, 1), "Approve");

        (await RefusedAsync(bed, "B", new(id, 1))).ShouldEndWith(
            $"'D' took 'Reject' on 1_1 on behalf of 'A', 'B' took 'Approve' on 1_1, and the activity 'Ask' is completed. {Answered}");
    }

    [Test]
    [Statement("1.8")]
    public async Task The_first_three_of_many_answers_are_named()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Once(5, 5).Chooses()));
        var id = await bed.BeginAsync();
        foreach (var user in Worklists.Users)
        {
            await bed.ActAsync(user, new SerialNumber(id, 1), "Approve");
        }

        (await RefusedAsync(bed, "A", new(id, 1))).ShouldEndWith(
            "'A' took 'Approve' on 1_1, 'B' took 'Approve' on 1_1, 'C' took 'Approve' on 1_1 and 2 more answered, and the activity 'Ask' is "
                + $"completed. {Answered}");
    }

    /// <summary>The others are still at it.</summary>
    [Test]
    [Statement("1.8")]
    public async Task An_activity_that_goes_on_is_not_said_to_be_over()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Each(3).Chooses().SucceedingRule(Answers.AllGiven)));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");

        (await RefusedAsync(bed, "A", new(id, 1))).ShouldEndWith($"'A' took 'Approve' on 1_1, and the task of the activity 'Ask' is completed. {Answered}");
    }

    /// <summary>Only the answers to the task that was the last under the serial number count.</summary>
    [Test]
    [Statement("1.8")]
    public async Task Answers_to_an_earlier_task_of_the_same_number_are_not_named()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Once(2, 1).Chooses("First").Chooses("Second")));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", new SerialNumber(id, 1), "Approve");
        await bed.ActAsync("B", new SerialNumber(id, 1), "Reject");

        (await RefusedAsync(bed, "A", new(id, 1))).ShouldEndWith($"to 'A': 'B' took 'Reject' on 1_1, and the activity 'Ask' is completed. {Answered}");
    }

    [Test]
    [Statement("1.8")]
    [Statement("9.1")]
    public async Task A_user_who_may_not_see_the_instance_is_told_no_names()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(2).Chooses()));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");

        (await RefusedAsync(bed, "B", new(id, 2))).ShouldBe(
            "26030: worklist item 1_2 is not open to 'B': the task has expired. Users with the View right can read the reason in the history of the process "
                + "instance.");
    }

    [Test]
    [Statement("1.8")]
    public async Task An_administrator_is_told_too()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Once(2, 1).Chooses()));
        var id = await bed.BeginAsync();
        await bed.ActAsync("B", new SerialNumber(id, 1), "Approve");

        var refusal = await bed.ShouldRefuseAsync<WorklistItemNotFoundException>(id, () => bed.Boss().ReleaseAsync(new(id, 1), "A").AsTask());

        refusal.Message.ShouldContain("'B' took 'Approve' on 1_1");
    }

    /// <summary>A refusal costs the same, however old the instance is.</summary>
    [Test]
    [Statement("1.8")]
    [Statement("14.6")]
    public async Task An_answer_behind_five_hundred_facts_is_not_looked_for()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Each(2).Chooses(), after: 200));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");
        (await bed.HistoryAsync(id)).Count.ShouldBeGreaterThan(600);

        (await RefusedAsync(bed, "B", new(id, 2))).ShouldContain("the task has expired. Users with the View right");
    }

    /// <summary>The version of the instance says whether anyone may act, and not the default version.</summary>
    [Test]
    [Statement("1.8")]
    [Statement("2.10")]
    [Statement("8.7")]
    public async Task A_user_who_is_not_named_is_answered_by_the_version_of_the_task([Values] bool anyoneAtFirst, [Values] bool isOver)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Version(1, anyoneAtFirst));
        var id = await bed.BeginAsync();
        await bed.Engine.DeployAsync(Version(2, !anyoneAtFirst));
        if (isOver)
        {
            await bed.ActAsync("A", "Approve");
        }

        Func<Task> acting = () => bed.ActAsync("Z", new SerialNumber(id, 1), "Approve");
        if (!anyoneAtFirst)
        {
            await Should.ThrowAsync<WorklistAccessDeniedException>(acting);
        }
        else if (isOver)
        {
            (await Should.ThrowAsync<WorklistItemNotFoundException>(acting)).Reason.ShouldBe(WorklistItemEnd.Completed);
        }
        else
        {
            await acting();
        }
    }

    private static ProcessDefinition Version(int version, bool anyone) => ProcessDefinition.Define("Ask", process =>
    {
        process.Version(version).OpenToAll();
        process.StartsWith(process.Activity("Ask", activity => activity.Destinations(to => to.Users("A")).Client("Decide", task =>
        {
            task.Action("Approve");
            if (anyone)
            {
                task.AllowAnyUser();
            }
        })));
    });

    [Test]
    [Statement("2.9")]
    public async Task A_user_who_takes_an_action_that_is_not_there_is_told_which_are()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(activity => activity.Once(1, 1).Chooses()));
        var id = await bed.BeginAsync();

        var refusal = await bed.ShouldRefuseAsync<ActionNotAllowedException>(id, () => bed.ActAsync("A", new SerialNumber(id, 1), "Pay"));

        refusal.Message.ShouldBe(
            "'A' may not take the action 'Pay' on worklist item 1_1: there is no such action, the task offers 'Approve', 'Reject', 'Save'. " +
            "The Actions of the item are those that the user may take.");
    }
}
