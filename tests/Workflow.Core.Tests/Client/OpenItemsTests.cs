using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>Open events of an instance, and the people who have them.</summary>
[TestFixture]
[Statement("13.10")]
public sealed class OpenItemsTests
{
    private static ProcessDefinition Define(Action<ProcessBuilder> build) => ProcessDefinition.Define("Order", process =>
    {
        process.Rights(rights => rights.Start("dora").Admin("boss").ServerEvent("bank").View("viewer").ViewParticipate("dora", "zoe"));
        build(process);
    });

    private static readonly ProcessDefinition _everything = Define(process =>
    {
        process.StartsWith(process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann", "bob"))
            .Client("Approve it", task => task.Action("Approve"))));
        process.StartsWith(process.Activity("Pay", activity => activity.Server("Order the payment", code => code.WaitUntilFinished("bank-7"))));
        process.StartsWith(process.Activity("Ship", activity => activity.StartsProcess("Ship it", "Shipment", _ => { })));
        process.StartsWith(process.Activity("Await", activity => activity.Signal("Paid")));
        process.StartsWith(process.Activity("Later", activity => activity.StartRule(DueTime.After(TimeSpan.FromDays(1))).Waits("Do it later")));
    });

    private static readonly ProcessDefinition _shipment = ProcessDefinition.Define("Shipment", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Drive", activity => activity.Waits("Drive it")));
    });

    [Test]
    public async Task Every_kind_that_waits_is_there_with_its_number_and_its_people()
    {
        await using var bed = await WorkflowTestBed.CreateAsync([_everything, _shipment], options => options.SilencedFindings = FindingIds.All);
        var id = (await bed.StartAsync("Order", "dora")).Id;
        await bed.OpenAsync("ann", id.Task(1));

        var open = await bed.Engine.As("viewer").FindOpenAsync(id);

        open.Select(item => (item.Kind, item.Activity, item.Event, item.CorrelationKey)).ShouldBe(
        [
            (OpenItemKind.Task, "Approve", "Approve it", null),
            (OpenItemKind.ServerItem, "Pay", "Order the payment", "bank-7"),
            (OpenItemKind.SubProcess, "Ship", "Ship it", null),
            (OpenItemKind.Signal, "Await", "Paid", "Paid"),
        ]);
        open[0].People.Select(entry => (entry.Destination, entry.User, entry.Status)).ShouldBe(
        [
            (Destination.User("ann"), "ann", WorklistItemStatus.Open),
            (Destination.User("bob"), null, WorklistItemStatus.Allocated),
        ]);
        open.Skip(1).ShouldAllBe(item => item.People.Count == 0);
        open.ShouldAllBe(item => item.StartedAt == WorkflowTestBed.Beginning);
        open[2].SubProcess.ShouldNotBeNull();
        await bed.FinishAsync("bank", open[1].Serial);
        await bed.ActAsync("ann", open[0].Serial, "Approve");

        (await bed.Engine.As("viewer").FindOpenAsync(id)).Select(item => item.Kind).ShouldBe([OpenItemKind.SubProcess, OpenItemKind.Signal]);
    }

    [Test]
    public async Task A_user_who_has_done_their_part_is_not_there_any_more()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Vote", activity => activity
            .Destinations(to => to.Users("ann", "bob", "cid")).PlanJustOnce(Slots.Number(2))
            .Client("Vote on it", task => task.Action("Yes").SucceedingRule(Answers.AllGiven))))));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.ActAsync("bob", id.Task(1), "Yes");

        var task = (await bed.Engine.As("boss").FindOpenAsync(id)).ShouldHaveSingleItem();

        task.People.Select(entry => entry.Destination.Name).ShouldBe(["ann", "cid"]);
    }

    [Test]
    public async Task Tasks_of_an_instance_that_is_stopped_are_there_and_of_one_that_has_ended_nothing_is()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann")).Client("Approve it", task => task.Action("Approve"))))));
        var id = (await bed.StartAsync("dora")).Id;
        var boss = bed.Engine.As("boss");
        await boss.ManageProcesses().StopAsync(id);
        (await boss.FindOpenAsync(id)).ShouldHaveSingleItem().Kind.ShouldBe(OpenItemKind.Task);

        await boss.ManageProcesses().DeleteAsync(id);

        (await boss.FindOpenAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Statement("9.1")]
    public async Task It_needs_the_right_to_see_the_instance()
    {
        await using var bed = await WorkflowTestBed.CreateAsync([_everything, _shipment], options => options.SilencedFindings = FindingIds.All);
        var id = (await bed.StartAsync("Order", "dora")).Id;

        (await bed.Engine.As("dora").FindOpenAsync(id)).Count.ShouldBe(4);
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("zoe").FindOpenAsync(id).AsTask());
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("stranger").FindOpenAsync(id).AsTask());
        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => bed.Engine.As("boss").FindOpenAsync(new ProcessInstanceId(99)).AsTask());
    }
}
