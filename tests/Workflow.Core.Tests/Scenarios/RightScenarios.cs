using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Scenarios;

[TestFixture]
public sealed class RightScenarios
{
    /// <code>
    /// ► Transfer (waits for the bank) ──► Check [A] ──►
    /// </code>
    private static readonly ProcessDefinition Transfer = ProcessDefinition.Define("Transfer", process =>
    {
        process.Rights(
            rights => rights.Start("dora").ServerEvent("bank").Admin("boss").Start(Destination.Role("Clerks")).ServerEvent(Destination.Group("Banks")));
        var transfer = process.Activity("Transfer", activity => activity.Waits());
        process.StartsWith(transfer);
        transfer.To(process.Activity("Check", activity => activity.Destinations(to => to.Users("A")).ApprovesOrRejects()));
    });

    private static Task<WorkflowTestBed> BedAsync() => WorkflowTestBed.CreateAsync(Transfer, options => options.DestinationResolver = new StaticDestinations
    {
        { Destination.Role("Clerks"), "carl" },
        { Destination.Group("Banks"), "bert" },
    });

    [Statement("9.2")]
    [TestCase("dora", true)]
    [TestCase("DORA", true)]
    [TestCase("boss", true)]
    [TestCase("carl", true)]
    [TestCase("A", false)]
    [TestCase("bank", false)]
    [TestCase("bert", false)]
    [TestCase("Clerks", false)]
    [TestCase("stranger", false)]
    public async Task H01_a_user_without_the_start_right_cannot_start(string user, bool mayStart)
    {
        await using var bed = await BedAsync();

        if (mayStart)
        {
            (await bed.StartAsync(user)).Status.ShouldBe(ProcessInstanceStatus.Active);
            return;
        }

        var denial = await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.StartAsync(user));
        denial.MissingRight.ShouldBe(ProcessRight.Start);
        denial.User.ShouldBe(user);
        denial.Definition.ShouldBe("Transfer");
        (await bed.Store.LoadAsync(new ProcessInstanceId(1), default)).ShouldBeNull();
        (await bed.StartAsync("dora")).Id.ShouldBe(new ProcessInstanceId(1), "a refused start uses up no number");
    }

    [Statement("9.1")]
    [Statement("7.3")]
    [TestCase("bank", true)]
    [TestCase("bert", true)]
    [TestCase("boss", true)]
    [TestCase("dora", false)]
    [TestCase("carl", false)]
    [TestCase("Banks", false)]
    public async Task H02_server_items_are_for_holders_of_server_event_by_name_or_by_group(string user, bool mayFinish)
    {
        await using var bed = await BedAsync();
        var serial = (await bed.StartAsync("dora")).Id.Task(1);

        if (mayFinish)
        {
            (await bed.FinishAsync(user, serial)).ShouldBe(FinishReceipt.Applied);
            (await bed.OpenActivitiesAsync(serial.ProcessInstance)).ShouldBe(["Check"]);
            return;
        }

        (await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.FinishAsync(user, serial))).MissingRight.ShouldBe(ProcessRight.ServerEvent);
        (await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As(user).OpenServerItemAsync(serial).AsTask()))
            .MissingRight.ShouldBe(ProcessRight.ServerEvent);
        (await bed.OpenActivitiesAsync(serial.ProcessInstance)).ShouldBe(["Transfer"]);
    }

    [Test]
    [Statement("9.1")]
    [Statement("7.2")]
    public async Task H02_server_items_are_found_by_who_has_server_event_by_name_or_by_group()
    {
        await using var bed = await BedAsync();
        var serial = (await bed.StartAsync("dora")).Id.Task(1);

        foreach (var user in (string[])["bank", "bert", "boss"])
        {
            (await bed.Engine.As(user).FindServerItemsAsync(new())).ShouldHaveSingleItem().Serial.ShouldBe(serial);
            (await bed.Engine.As(user).FindServerItemsAsync(new() { Definition = "Transfer" })).Count.ShouldBe(1);
            (await bed.Engine.As(user).OpenServerItemAsync(serial)).Activity.ShouldBe("Transfer");
        }

        (await bed.Engine.As("carl").FindServerItemsAsync(new())).ShouldBeEmpty();
    }

    [Test]
    [Statement("9.2")]
    public async Task H05_a_destination_without_any_right_acts_on_their_task()
    {
        await using var bed = await BedAsync();
        var id = (await bed.StartAsync("dora")).Id;
        await bed.FinishAsync("bank", id.Task(1));

        (await bed.SeesAsync("A")).ShouldBe($"{id}_2 Available");
        var item = await bed.OpenAsync("A", id.Task(2));
        await item.ReleaseAsync();
        await bed.ActAsync("A", "Approve");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.AnsweredAsync(id)).ShouldBe("A Approve");
        (await Should.ThrowAsync<WorkflowAccessDeniedException>(() => bed.Engine.As("A").ReadAsync(id).AsTask())).MissingRight.ShouldBe(ProcessRight.View);
    }

    [Test]
    [Statement("9.2")]
    public async Task H05_every_right_but_admin_together_is_no_access_to_the_task_of_another([Values] bool isAdmin)
    {
        var definition = ProcessDefinition.Define("Expense", process =>
        {
            process.Rights(rights => rights.Everyone(
                isAdmin ? ProcessRight.Admin : ProcessRight.Start | ProcessRight.View | ProcessRight.ViewParticipate | ProcessRight.ServerEvent));
            process.StartsWith(process.Activity("Work", activity => activity.Destinations(to => to.Users("A")).ApprovesOrRejects()));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition);
        var id = await bed.BeginAsync();

        await bed.ShouldHaveNoAccessAsync("Z", id.Task(1));

        (await bed.SeesAllAsync("Z")).ShouldBe("");
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
    }
}
