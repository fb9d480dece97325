using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>When rules are asked, and what becomes of the others when one is true.</summary>
[TestFixture]
public sealed class Chapter03People
{
    [Test]
    [Statement("3.1")]
    public async Task The_rule_of_a_task_is_asked_every_time_a_slot_is_completed()
    {
        var asked = 0;
        var rule = Rule.Named("Count", _ => ++asked == 3);
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Once(4, 4).Chooses(more: task => task.SucceedingRule(rule))));
        var id = await bed.BeginAsync();

        foreach (var (user, count) in new[] { ("A", 1), ("B", 2), ("C", 3) })
        {
            await bed.ActAsync(user, "Save");
            asked.ShouldBe(count - 1);
            await bed.ActAsync(user, "Approve");
            asked.ShouldBe(count);
        }

        (await bed.PathAsync(id)).ShouldBe("Ask After");
    }

    [Test]
    [Statement("3.1")]
    public async Task The_rule_of_an_activity_is_asked_after_every_destination()
    {
        var asked = 0;
        var rule = Rule.Named("Count", _ => ++asked == 2);
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(4).Chooses().SucceedingRule(rule)));
        var id = await bed.BeginAsync();

        await bed.ActAsync("D", "Approve");
        (asked, await bed.PathAsync(id)).ShouldBe((1, "Active: Ask"));
        await bed.ActAsync("B", "Approve");

        (asked, await bed.PathAsync(id)).ShouldBe((2, "Ask After"));
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).ShouldBe([1, 3]);
    }

    [Test]
    [Statement("3.1")]
    public async Task The_rule_of_a_task_sees_the_slots_of_its_own_destination_only()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity
            .Each(2).Chooses(more: task => task.SucceedingRule(Answers.AtLeast(1) == "Approve")).SucceedingRule(Answers.AllGiven)));
        var id = await bed.BeginAsync();

        await bed.ActAsync("A", "Approve");
        await bed.ActAsync("B", "Reject");

        (await bed.ActiveAsync(id, "Ask")).Letters().ShouldBe("CA", "the approval of A does not end the task of B");
    }

    [Test]
    [Statement("3.2")]
    public async Task In_turn_a_true_rule_does_not_spare_those_who_come_later()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.InTurn(3).Chooses().SucceedingRule(Answers.AtLeast(1) == "Approve")));
        var id = await bed.BeginAsync();

        foreach (var user in Worklists.First(3))
        {
            (await bed.SeenByAsync(id)).ShouldBe(user);
            await bed.ActAsync(user, "Approve");
        }

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.CountAsync(id, JournalKind.DestinationExpired)).ShouldBe(0);
    }

    [Test]
    [Statement("3.11")]
    public async Task An_activity_whose_rule_is_true_completes_and_the_others_in_it_expire()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(3).Chooses()));
        var id = await bed.BeginAsync();

        await bed.ActAsync("B", "Approve");

        (await bed.CompletedAsync(id)).ShouldBe(["Ask", "After"]);
        (await bed.ExpiredAsync(id)).ShouldBeEmpty();
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCompleted)).ShouldBe([2]);
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationExpired)).ShouldBe([1, 3]);
        (await bed.DestinationsOfAsync(id, JournalKind.EventExpired)).ShouldBe([1, 3]);
    }

    [Test]
    [Statement("3.12")]
    public async Task Nothing_of_an_expired_destination_is_left_and_nothing_more_runs()
    {
        var mails = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(3).Chooses().Logs("After", mails)));
        var id = await bed.BeginAsync();
        await bed.OpenAsync("C", new SerialNumber(id, 3));
        await bed.SleepAsync("A", id, seconds: 60);

        await bed.ActAsync("B", "Approve");

        mails.ShouldBe([$"Ask/After {id}_2"]);
        (await bed.StandingAsync(id, "A", "B", "C")).ShouldBe("-- -- --");
        (await bed.ManagedAsync(id)).ShouldBeEmpty();
        (await bed.AdvanceAsync(TimeSpan.FromDays(1))).ShouldBe(0, "the sleeper's timer is gone too");
        mails.Count.ShouldBe(1);
    }

    [Test]
    [Statement("3.12")]
    public async Task A_person_who_answers_ends_what_others_wait_for_from_outside()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Worklists.Asking(activity => activity.Each(2).Chooses("First").Waits("Bank").SucceedingRule(Answers.AtLeast(1) == "Reject")));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve");
        (await bed.ServerItemsAsync(id)).ShouldBe([new SerialNumber(id, 1)]);

        await bed.ActAsync("B", "Reject");
        (await bed.ServerItemsAsync(id)).ShouldBe([new SerialNumber(id, 1), new SerialNumber(id, 2)]);
        await bed.FinishAsync(new SerialNumber(id, 2));

        (await bed.PathAsync(id)).ShouldBe("Ask After");
        (await bed.ServerItemsAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("3.12")]
    public async Task All_tasks_are_there_before_anybody_acts_and_the_events_before_them_run_in_order()
    {
        var seen = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Worklists.Asking(activity => activity.Each(4).Logs("Before", seen).Chooses()));

        var id = await bed.BeginAsync();

        seen.ShouldBe([$"Ask/Before {id}_1", $"Ask/Before {id}_2", $"Ask/Before {id}_3", $"Ask/Before {id}_4"]);
        (await bed.StandingAsync(id)).ShouldBe("Av Av Av Av --");
    }
}
