using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Administrators move an instance from one task or server item, by its serial number.</summary>
[TestFixture]
public sealed class Chapter08Serials
{
    [Test]
    [Statement("2.12")]
    [Statement("10.10")]
    public async Task A_goto_from_a_task_ends_its_activity_and_leaves_the_other_branches_alone([Values] bool fromServerItem)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var first = process.Activity("A1", activity => _ = fromServerItem
                ? activity.Server("Order", context => context.WaitUntilFinished())
                : activity.Destinations(to => to.Users("bob")).Client("Decide", task => task.Action("Approve")));
            process.StartsWith(first);
            first.To(process.Activity("After", Waiting));
            process.StartsWith(process.Activity("B1", Waiting));
            process.Activity("X", Waiting);
        }));
        var id = await bed.BeginAsync();
        var serial = fromServerItem ? (await bed.ServerItemsAsync(id)).Single() : (await bed.WorklistAsync("bob")).Single().Serial;

        await bed.Admin().GoToAsync(serial, "X", reason: "It was the wrong form.");

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["B1", "X"]);
        (await bed.HistoryAsync(id)).Single(entry => entry.Kind is JournalKind.GotoOrdered).Detail.ShouldBe("It was the wrong form.");
        var refusal = await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().GoToAsync(serial, "X").AsTask());
        refusal.Message.ShouldContain($"{serial}");
        await bed.Admin().GoToAsync((await bed.WorklistAsync("ann"))[0].Serial, "A1", Expiring.Everything);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["A1"]);
    }

    [Test]
    [Statement("2.12")]
    [Statement("8.6")]
    public async Task A_goto_from_a_task_of_a_stopped_instance_starts_its_target_with_the_resume()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("A1", Waiting));
            process.StartsWith(process.Activity("B1", Waiting));
            process.Activity("X", Waiting);
        }));
        var id = await bed.BeginAsync();
        var serial = (await bed.WorklistAsync("ann")).Single(item => item.Activity == "A1").Serial;
        await bed.Admin().StopAsync(id);

        await bed.Admin().GoToAsync(serial, "X");
        await bed.Admin().GoToAsync((await bed.Engine.As(Boss).ManageWorklists().ListAsync()).Single().Serial, "X", ifActive: ActiveTarget.Keep);
        await bed.Admin().ResumeAsync(id);

        (await bed.OpenActivitiesAsync(id)).ShouldBe(["X"], "the target that waited for the resume counts as active");
    }

    [Test]
    [Statement("6.9")]
    [Statement("6.9b")]
    [Statement("10.10e")]
    public async Task An_event_that_an_administrator_ends_gives_way_to_the_next_one_and_answers_that_were_given_count()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var ask = process.Activity("Ask", activity => activity
                .Destinations(to => to.Users("ann", "bob"))
                .PlanJustOnce(Slots.Number(2))
                .Client("First", task => task.Action("Approve"))
                .Client("Second", task => task.Action("Approve")));
            process.StartsWith(ask);
        }));
        var id = await bed.BeginAsync();
        var serial = (await bed.WorklistAsync("ann")).Single().Serial;
        await bed.ActAsync("ann", "Approve");

        await bed.Admin().ExpireEventAsync(serial, reason: "Bob is away.");

        (await bed.WorklistAsync("bob")).Single().Event.ShouldBe("Second");
        var facts = await bed.HistoryAsync(id);
        var fact = facts.Single(entry => entry.Kind is JournalKind.ExpiryOrdered);
        (fact.Name, fact.Detail, fact.User, fact.Destination).ShouldBe(("First", "Bob is away.", Boss, serial.Destination));
        facts.Single(entry => entry.Kind is JournalKind.EventExpired).Detail.ShouldBe("Administrator");
        facts.Count(entry => entry.Kind is JournalKind.SlotCompleted).ShouldBe(1);
    }

    [Test]
    [Statement("6.9")]
    [Statement("10.10e")]
    public async Task A_server_item_that_an_administrator_ends_is_expired_and_its_destination_completes()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartsWith(process.Activity("Deliver", activity => activity.Server("Order", context => context.WaitUntilFinished())))));
        var id = await bed.BeginAsync();
        var serial = (await bed.ServerItemsAsync(id)).Single();

        await bed.Admin().ExpireEventAsync(serial);

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        await Should.ThrowAsync<ServerItemExpiredException>(() => bed.FinishAsync("bank", serial));
        await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().ExpireEventAsync(serial).AsTask());
    }

    [Test]
    [Statement("10.10e")]
    public async Task An_event_is_not_ended_where_nothing_is_open_and_not_in_a_stopped_instance()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("A1", Waiting))));
        var id = await bed.BeginAsync();
        var serial = (await bed.WorklistAsync("ann")).Single().Serial;

        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().ExpireEventAsync(id.Task(7)).AsTask())).Message.ShouldContain($"{id}_7");
        await bed.Admin().StopAsync(id);
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().ExpireEventAsync(serial).AsTask())).Message.ShouldContain("Stopped");
    }

    private static void Waiting(ActivityBuilder activity) =>
        activity.Destinations(to => to.Users("ann")).Client("Decide", task => task.Action("Approve"));
}
