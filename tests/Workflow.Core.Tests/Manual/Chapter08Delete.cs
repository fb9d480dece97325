using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Orders;

namespace Workflow.Core.Tests.Manual;

/// <summary>Administrators delete instances, with their history or without.</summary>
[TestFixture]
public sealed class Chapter08Delete
{
    private bool _isBroken;

    [Test]
    [Statement("8.6b")]
    [Description("X2-12")]
    public async Task Nothing_of_a_deleted_instance_is_left_but_its_history(
        [Values(ProcessInstanceStatus.Active, ProcessInstanceStatus.Error, ProcessInstanceStatus.Stopped)] ProcessInstanceStatus status,
        [Values] bool fromStore)
    {
        await using var bed = await CreateAsync();
        var id = await BringToAsync(bed, status);
        var task = (await bed.Engine.As(Boss).ManageWorklists().ListAsync()).Single().Serial;
        var item = (await bed.ServerItemsAsync(id)).Single();
        if (status is ProcessInstanceStatus.Error)
        {
            await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().StopAsync(id).AsTask());
        }

        if (fromStore)
        {
            await bed.RestartAsync();
        }

        await bed.Admin().DeleteAsync(id, reason: "It was a test.");

        var process = await bed.ReadAsync(id);
        (process.Status, process.Error, process.EndedAt).ShouldBe((ProcessInstanceStatus.Deleted, null, bed.Clock.GetUtcNow()));
        process.Activities.ShouldBeEmpty();
        process.Escalations.ShouldBeEmpty();
        (await bed.Engine.FindTimersAsync()).ShouldBeEmpty();
        (await bed.Engine.As(Boss).ManageWorklists().ListAsync()).ShouldBeEmpty();
        (await bed.WorklistAsync("ann")).ShouldBeEmpty();
        (await bed.ServerItemsAsync(id)).ShouldBeEmpty();
        var gone = await Should.ThrowAsync<WorklistItemNotFoundException>(() => bed.Engine.As("ann").Worklist.OpenAsync(task).AsTask());
        gone.Reason.ShouldBe(WorklistItemEnd.Expired);
        WorklistItemNotFoundException.Number.ShouldBe(26030);
        await Should.ThrowAsync<ServerItemExpiredException>(() => bed.FinishAsync("bank", item));
        var history = await bed.Engine.As("dora").ReadHistoryAsync(id);
        var fact = history.Single(entry => entry.Kind is JournalKind.ProcessDeleted);
        (fact.Name, fact.Detail, fact.User).ShouldBe(("Order", "It was a test.", Boss));
        history.Where(entry => entry.Kind is JournalKind.ActivityExpired).Select(entry => entry.Detail).ShouldAllBe(detail => detail == "Deleted");
        (await bed.Engine.As(Boss).FindProcessesAsync(new ProcessQuery { Status = ProcessInstanceStatus.Deleted })).Single().Id.ShouldBe(id);
        (await bed.Engine.As(Boss).FindProcessesAsync(new ProcessQuery { Status = ProcessInstanceStatus.Completed })).ShouldBeEmpty();
        (await bed.AdvanceAsync(TimeSpan.FromDays(30))).ShouldBe(0);
        (await Should.ThrowAsync<ProcessInstanceRefusedException>(() => bed.Admin().DeleteAsync(id).AsTask())).Message.ShouldContain("Deleted already");
    }

    [Test]
    [Statement("8.6b")]
    public async Task A_completed_instance_is_deleted_and_keeps_the_instant_of_its_end()
    {
        await using var bed = await CreateAsync();
        var id = await BringToAsync(bed, ProcessInstanceStatus.Completed);
        var ended = (await bed.ReadAsync(id)).EndedAt.ShouldNotBeNull();
        await bed.AdvanceAsync(TimeSpan.FromDays(1));

        await bed.Admin().DeleteAsync(id);

        var process = await bed.ReadAsync(id);
        (process.Status, process.EndedAt).ShouldBe((ProcessInstanceStatus.Deleted, ended));
    }

    [Test]
    [Statement("8.6b")]
    public async Task An_instance_that_has_not_begun_is_deleted_with_its_start()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Order", process => process
            .OpenToAll().Rights(rights => rights.Admin(Boss)).StartRule(DueTime.After(TimeSpan.FromDays(1)))
            .StartsWith(process.Activity("Ask", activity => activity.Destinations(to => to.Users("ann")).Client("Ask", task => task.Action("Yes"))))));
        var id = (await bed.StartAsync("dora")).Id;

        await bed.Admin().DeleteAsync(id);

        (await bed.AdvanceAsync(TimeSpan.FromDays(2))).ShouldBe(0);
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Deleted);
    }

    [Test]
    [Statement("8.6b")]
    public async Task A_deletion_with_the_history_leaves_nothing_but_the_keys_of_its_commands()
    {
        await using var bed = await CreateAsync();
        var started = await bed.Engine.As("dora").Once("start-1").StartAsync("Order");
        var other = (await bed.StartAsync("dora")).Id;

        await bed.Engine.As(Boss).Once("delete-1").ManageProcesses().DeleteWithHistoryAsync(started.Id);

        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => bed.ReadAsync(started.Id));
        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => bed.HistoryAsync(started.Id));
        (await bed.Engine.As(Boss).FindProcessesAsync()).Select(record => record.Id).ShouldBe([other]);
        (await bed.WorklistAsync("ann")).ShouldHaveSingleItem().ProcessInstance.ShouldBe(other);
        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => bed.Admin().DeleteWithHistoryAsync(started.Id).AsTask());
        await bed.Engine.As(Boss).Once("delete-1").ManageProcesses().DeleteWithHistoryAsync(started.Id);
        var again = await bed.Engine.As("dora").Once("start-1").StartAsync("Order");
        again.ShouldBe(new StartedProcess(started.Id, ProcessInstanceStatus.Deleted), "the start that is sent again starts nothing");
    }

    [Test]
    [Statement("8.6b")]
    [Statement("8.7b")]
    public async Task The_history_of_a_deleted_instance_is_purged_as_that_of_a_completed_one_and_its_version_is_free()
    {
        await using var bed = await CreateAsync();
        var id = await BringToAsync(bed, ProcessInstanceStatus.Active);
        var versions = bed.Engine.AsSystem().ManageDefinitions();
        await bed.Engine.DeployAsync(Define(version: 2));
        await Should.ThrowAsync<ProcessDefinitionInUseException>(() => versions.RemoveAsync("Order", 1).AsTask());

        await bed.Admin().DeleteAsync(id);

        await versions.RemoveAsync("Order", 1);
        (await bed.Engine.PurgeAsync(bed.Clock.GetUtcNow().AddSeconds(1))).ShouldBe(1);
        await Should.ThrowAsync<ProcessInstanceNotFoundException>(() => bed.ReadAsync(id));
    }

    private Task<WorkflowTestBed> CreateAsync()
    {
        _isBroken = false;
        return WorkflowTestBed.CreateAsync(Define(version: 1));
    }

    /// <code>
    ///     ┌──► Approve (ann; escalation after a week)
    /// ►───┼──► Deliver (waits to be finished)
    ///     └──► Check (may throw)
    /// </code>
    private ProcessDefinition Define(int version) => ProcessDefinition.Define("Order", process =>
    {
        process.OpenToAll().Rights(rights => rights.Admin(Boss)).Version(version)
            .Escalation("Late", TimeSpan.FromDays(9), then => then.Run("Late", _ => { }));
        process.StartsWith(process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Decide", task => task.Action("Approve"))
            .Escalation("Give up", TimeSpan.FromDays(7), then => then.ExpireActivity())));
        process.StartsWith(process.Activity("Deliver", activity => activity.Server("Order", context => context.WaitUntilFinished())));
        process.StartsWith(process.Activity("Check", activity => activity.Server("Check", _ =>
        {
            if (_isBroken)
            {
                throw new InvalidOperationException("no money");
            }
        })));
    });

    private async Task<ProcessInstanceId> BringToAsync(WorkflowTestBed bed, ProcessInstanceStatus status)
    {
        _isBroken = status is ProcessInstanceStatus.Error;
        var id = (await bed.StartAsync("dora")).Id;
        if (status is ProcessInstanceStatus.Stopped)
        {
            await bed.Admin().StopAsync(id);
        }
        else if (status is ProcessInstanceStatus.Completed)
        {
            await bed.FinishAsync("bank", (await bed.ServerItemsAsync(id)).Single());
            await bed.ActAsync("ann", "Approve");
        }

        (await bed.StatusAsync(id)).ShouldBe(status);
        return id;
    }
}
