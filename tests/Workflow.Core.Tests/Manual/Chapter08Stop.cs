using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Administrators stop instances and resume them.</summary>
[TestFixture]
public sealed class Chapter08Stop
{
    private readonly List<string> _ran = [];

    [SetUp]
    public void Clear() => _ran.Clear();

    [Test]
    [Statement("8.6")]
    [Statement("1.5")]
    [Description("W16")]
    public async Task Nobody_sees_or_opens_a_task_of_a_stopped_instance_but_the_administrator_sees_it([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approve", Decide))));
        var id = (await bed.StartAsync("dora")).Id;
        var item = (await bed.WorklistAsync("ann")).Single();

        await bed.Admin().StopAsync(id, reason: "The customer has complained.");
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Stopped);
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        var refusal = await Should.ThrowAsync<ProcessInstanceHaltedException>(() => bed.Engine.As("ann").Worklist.OpenAsync(item.Serial).AsTask());
        (refusal.Status, refusal.Error, refusal.ProcessInstance).ShouldBe((ProcessInstanceStatus.Stopped, null, id));
        refusal.Message.ShouldContain("is Stopped");
        await Should.ThrowAsync<ProcessInstanceHaltedException>(() => bed.ActAsync("ann", item.Serial, "Approve"));
        (await bed.Engine.As(Boss).ManageWorklists().ListAsync()).ShouldHaveSingleItem();
        var none = await Should.ThrowAsync<NoSingleTaskException>(() => bed.Engine.As("ann").Worklist.SingleAsync(id).AsTask());
        none.Reason.ShouldBe(NoSingleTaskReason.Stopped);
        await bed.Admin().ResumeAsync(id);
        (await bed.WorklistAsync("ann")).Single().Status.ShouldBe(WorklistItemStatus.Available);
        await bed.ActAsync("ann", "Approve");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await bed.HistoryAsync(id)).Where(entry => entry.User == Boss).Select(entry => (entry.Kind, entry.Detail)).ShouldBe(
            [(JournalKind.ProcessStopped, "The customer has complained."), (JournalKind.ProcessResumed, null)]);
    }

    [Test]
    [Statement("8.6")]
    [Statement("5.2")]
    [Description("G2-11")]
    public async Task A_goto_of_a_stopped_instance_starts_its_target_when_the_instance_is_resumed([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("A", Decide));
            process.Activity("X", activity => Decide(activity.StartRule(DueTime.After(TimeSpan.FromHours(1)))));
        }));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.Admin().StopAsync(id);
        await bed.AdvanceAsync(TimeSpan.FromHours(2));
        await bed.Admin().GoToAsync(id, "X");
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Stopped);
        (await bed.OpenActivitiesAsync(id)).ShouldBeEmpty();
        await bed.AdvanceAsync(TimeSpan.FromHours(2));
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        await bed.Admin().ResumeAsync(id);

        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        (await bed.Engine.FindTimersAsync()).Single().DueAt.ShouldBe(WorkflowTestBed.Beginning.AddHours(5));
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        (await bed.WorklistAsync("ann")).Single().Activity.ShouldBe("X");
    }

    [Test]
    [Statement("8.6")]
    public async Task The_last_one_of_several_gotos_of_everything_counts_and_those_of_one_activity_add_up()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            process.StartsWith(process.Activity("A", Decide));
            process.StartsWith(process.Activity("B", Decide));
            process.Activity("X", Decide);
            process.Activity("Y", Decide);
            process.Activity("Z", Decide);
        }));
        var (first, second) = ((await bed.StartAsync("dora")).Id, (await bed.StartAsync("dora")).Id);
        await bed.Admin().StopAsync(first);
        await bed.Admin().StopAsync(second);

        await bed.Admin().GoToAsync(first, "X");
        await bed.Admin().GoToAsync(first, "Y");
        await bed.Admin().GoToAsync(second, "X", Expiring.Only("A"));
        await bed.Admin().GoToAsync(second, "Y", Expiring.Only("B"));
        await bed.Admin().GoToAsync(second, "Z", Expiring.Only("B"));
        await bed.Admin().ResumeAsync(first);
        await bed.Admin().ResumeAsync(second);

        (await bed.OpenActivitiesAsync(first)).ShouldBe(["Y"]);
        (await bed.OpenActivitiesAsync(second)).ShouldBe(["X", "Y", "Z"]);
    }

    [Test]
    [Statement("6.6")]
    [Statement("6.4b")]
    public async Task No_escalation_fires_in_a_stopped_instance_and_an_overdue_one_fires_when_it_is_resumed([Values] bool fromStore)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process.StartsWith(process.Activity("Approve", activity => Decide(activity
            .Escalation(
                "Remind", TimeSpan.FromHours(1), then => then.Run("Remind", context => _ran.Add($"{context.Number.Invariant()}")), Repeat.Times(4)))))));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.Admin().StopAsync(id);

        await bed.AdvanceAsync(TimeSpan.FromHours(3.5));

        _ran.ShouldBeEmpty();
        (await bed.Engine.FindTimersAsync()).ShouldBeEmpty("what is held is not looked for again and again");
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        await bed.Admin().ResumeAsync(id);
        await bed.FireDueAsync();
        _ran.ShouldBe(["3"], "one firing stands for the three that were missed");
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        _ran.ShouldBe(["3", "4"]);
    }

    [Test]
    [Statement("5.3")]
    [Statement("5.4b")]
    [Statement("8.6")]
    public async Task A_start_that_becomes_due_in_a_stopped_instance_begins_when_it_is_resumed([Values] bool ofProcess, [Values] bool fromStore)
    {
        var inAnHour = DueTime.After(TimeSpan.FromHours(1));
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            if (ofProcess)
            {
                process.StartRule(inAnHour);
            }

            process.StartsWith(process.Activity("Approve", activity => Decide(ofProcess ? activity : activity.StartRule(inAnHour))));
        }));
        var id = (await bed.StartAsync("dora")).Id;
        await bed.Admin().StopAsync(id);
        await bed.AdvanceAsync(TimeSpan.FromHours(3));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Stopped);
        if (fromStore)
        {
            await bed.RestartAsync();
        }

        await bed.Admin().ResumeAsync(id);
        await bed.FireDueAsync();

        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem();
    }

    [Test]
    [Statement("7.3")]
    public async Task A_server_item_of_a_stopped_instance_is_not_finished_and_nothing_is_stored()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process => process
            .StartsWith(process.Activity("Deliver", activity => activity.Server("Order", context => context.WaitUntilFinished())))));
        var id = (await bed.StartAsync("dora")).Id;
        var serial = (await bed.ServerItemsAsync(id)).Single();
        await bed.Admin().StopAsync(id);
        var version = (await bed.ReadAsync(id)).Version;

        await Should.ThrowAsync<ProcessInstanceHaltedException>(() => bed.FinishAsync("bank", serial));
        await Should.ThrowAsync<ProcessInstanceHaltedException>(() => bed.Engine.As("bank").OpenServerItemAsync(serial).AsTask());

        (await bed.ReadAsync(id)).Version.ShouldBe(version);
        await bed.Admin().ResumeAsync(id);
        await bed.FinishAsync("bank", serial);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    /// <summary>Each status by each command that it refuses: the message names the status, and nothing is stored.</summary>
    [Test]
    [Statement("8.6")]
    [Statement("8.6b")]
    [Description("X07, X2-12")]
    public async Task A_command_that_does_not_go_with_the_status_is_refused_with_the_status_and_changes_nothing()
    {
        var isBroken = true;
        await using var bed = await WorkflowTestBed.CreateAsync(Define(process =>
        {
            var approve = process.Activity("Approve", Decide);
            process.StartsWith(approve);
            approve.To(process.Activity("Pay", activity => activity.Server("Pay", _ =>
            {
                if (isBroken)
                {
                    throw new InvalidOperationException("no money");
                }
            })));
        }));
        var admin = bed.Admin();
        var ids = new ProcessInstanceId[5];
        for (var number = 0; number < ids.Length; number++)
        {
            ids[number] = (await bed.StartAsync("dora")).Id;
        }

        var (active, failed, stopped, completed, deleted) = (ids[0], ids[1], ids[2], ids[3], ids[4]);
        await bed.ActAsync("ann", failed.Task(1), "Approve");
        isBroken = false;
        await bed.ActAsync("ann", completed.Task(1), "Approve");
        await admin.StopAsync(stopped);
        await admin.DeleteAsync(deleted);
        var before = await ReadAllAsync(bed, ids);

        (string Command, Func<ProcessInstanceId, ValueTask> Give, ProcessInstanceId[] Refused)[] table =
        [
            ("stop", id => admin.StopAsync(id), [failed, stopped, completed, deleted]),
            ("resume", id => admin.ResumeAsync(id), [active, failed, completed, deleted]),
            ("retry", id => admin.RetryAsync(id), [active, stopped, completed, deleted]),
            ("go to", id => admin.GoToAsync(id, "Approve"), [completed, deleted]),
            ("expire activity", id => admin.ExpireActivityAsync(id, "Approve"), [failed, stopped, completed, deleted]),
            ("recompute timers", async id => await admin.RecomputeTimersAsync(id, "UTC"), [completed, deleted]),
            ("delete", id => admin.DeleteAsync(id), [deleted]),
            ("delete with history", id => admin.DeleteWithHistoryAsync(id), [deleted]),
        ];
        foreach (var (command, give, refused) in table)
        {
            foreach (var id in refused)
            {
                var status = await bed.StatusAsync(id);
                var refusal = await Should.ThrowAsync<ProcessInstanceRefusedException>(() => give(id).AsTask(), $"{command} of {status}");
                refusal.Message.ShouldContain(status.ToString(), customMessage: $"{command} of {status}");
                refusal.Statement.ShouldStartWith("8.6");
            }
        }

        var after = await ReadAllAsync(bed, ids);
        after.Select(process => (process.Status, process.Version)).ShouldBe(before.Select(process => (process.Status, process.Version)));
        after.Select(process => process.Status).ShouldBe(
        [
            ProcessInstanceStatus.Active, ProcessInstanceStatus.Error, ProcessInstanceStatus.Stopped, ProcessInstanceStatus.Completed,
            ProcessInstanceStatus.Deleted,
        ]);
    }

    private static async Task<List<ProcessInstance>> ReadAllAsync(WorkflowTestBed bed, IEnumerable<ProcessInstanceId> ids)
    {
        var all = new List<ProcessInstance>();
        foreach (var id in ids)
        {
            all.Add(await bed.ReadAsync(id));
        }

        return all;
    }

    private static void Decide(ActivityBuilder activity) =>
        activity.Destinations(to => to.Users("ann")).Client("Decide", task => task.Action("Approve"));
}
