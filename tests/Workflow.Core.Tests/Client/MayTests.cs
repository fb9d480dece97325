using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>"May I?": the answer is that of the call itself, and nothing happens. Random states are walked through in
/// <see cref="Runtime.AskedWalkTests"/>.</summary>
[TestFixture]
[Statement("14.7e")]
public sealed class MayTests
{
    private static readonly ProcessField<decimal> _amount = new("Amount", 100m);

    private static ProcessDefinition Order(Action? code = null) => ProcessDefinition.Define("Order", process =>
    {
        process.Managed().Fields(_amount).Withdrawal();
        var approve = process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann", "bob")).PlanJustOnce(Slots.Number(1))
            .Client("Approve it", task => task
                .Action("Approve", action => action.AllowedFor(Destination.User("ann")))
                .Action("Reject", action => action.NotBatchable())));
        process.StartsWith(approve);
        approve.To(process.Activity("Pay", activity => activity.Server("Pay it", _ => code?.Invoke())));
    });

    private static async Task<(WorkflowTestBed Bed, SerialNumber Serial)> BeginAsync(Action? code = null)
    {
        var bed = await WorkflowTestBed.CreateAsync(Order(code));
        return (bed, (await bed.StartAsync("dora")).Id.Task(1));
    }

    [Test]
    [Statement("9.2")]
    public async Task A_start_is_allowed_or_denied_and_uses_up_no_number()
    {
        var (bed, serial) = await BeginAsync();
        await using var _ = bed;

        (await bed.Engine.As("dora").MayAsync(dora => dora.StartAsync("Order"))).IsAllowed.ShouldBeTrue();
        var denied = await bed.Engine.As("ann").MayAsync(ann => ann.StartAsync("Order"));
        var missing = await bed.Engine.As("dora").MayAsync(dora => dora.StartAsync("Invoice"));
        var wrong = await bed.Engine.As("dora").MayAsync(dora => dora.StartAsync("Order", start => start.Set("Colour", FieldValue.From("red"))));

        denied.Denial.ShouldBeOfType<WorkflowAccessDeniedException>().Message.ShouldBe(
            (await Should.ThrowAsync<WorkflowAccessDeniedException>(async () => await bed.Engine.As("ann").StartAsync("Order"))).Message);
        denied.Reason.ShouldBe(denied.Denial.Message);
        missing.Denial.ShouldBeOfType<ProcessDefinitionNotFoundException>();
        wrong.Denial.ShouldBeOfType<DataFieldException>();
        (await bed.Engine.As("dora").StartAsync("Order")).Id.Value.ShouldBe(serial.ProcessInstance.Value + 1);
    }

    [Test]
    [Statement("2.9")]
    public async Task Each_action_is_allowed_or_denied_with_its_reason_and_nothing_happens()
    {
        var calls = 0;
        var (bed, serial) = await BeginAsync(() => calls++);
        await using var _ = bed;
        var before = await bed.StoredBytesAsync(serial.ProcessInstance);
        var ann = (await bed.Engine.As("ann").Worklist.ListAsync()).Single();
        var bob = (await bed.Engine.As("bob").Worklist.ListAsync()).Single();

        (await ann.MayAsync(task => task.ExecuteAsync("Approve"))).IsAllowed.ShouldBeTrue();
        (await bob.MayAsync(task => task.ExecuteAsync("Approve"))).Denial.ShouldBeOfType<ActionNotAllowedException>().Statement.ShouldBe("2.9");
        (await ann.MayAsync(task => task.ExecuteAsync("Reject"))).Denial.ShouldBeOfType<WorklistItemRefusedException>();
        (await ann.MayAsync(task => task.ExecuteAsync("Pay"))).Denial.ShouldBeOfType<ActionNotAllowedException>();
        (await ann.MayAsync(task => task.ReleaseAsync())).Denial.ShouldBeOfType<WorklistItemRefusedException>();
        (await ann.MayAsync(task => task.RedirectAsync("cid"))).IsAllowed.ShouldBeTrue();
        (await ann.MayAsync(task => task.RedirectAsync("bob"))).Denial.ShouldBeOfType<WorklistItemRefusedException>();
        (await ann.MayAsync(task => task.OpenAsync())).IsAllowed.ShouldBeTrue();

        (await bed.StoredBytesAsync(serial.ProcessInstance)).ShouldBe(before);
        calls.ShouldBe(0);
        await ann.ExecuteAsync("Approve");
        calls.ShouldBe(1);
    }

    /// <summary>A call may take several commands, and the later ones see the effects of the first.</summary>
    [Test]
    public async Task A_call_that_opens_first_goes_on_with_the_open_task()
    {
        var (bed, serial) = await BeginAsync();
        await using var _ = bed;

        var may = await bed.Engine.As("ann").MayAsync(async ann =>
        {
            var task = await ann.Worklist.OpenAsync(serial);
            task.Status.ShouldBe(WorklistItemStatus.Open);
            await task.ExecuteAsync("Reject");
        });

        may.IsAllowed.ShouldBeTrue(may.Reason);
        (await bed.Engine.As("bob").Worklist.ListAsync()).Single().Status.ShouldBe(WorklistItemStatus.Available);
    }

    [Test]
    [Statement("1.8")]
    public async Task Those_who_have_no_part_in_a_task_are_told_so_and_those_who_came_too_late_are_told_why()
    {
        var (bed, serial) = await BeginAsync();
        await using var _ = bed;
        await bed.Engine.As("ann").Worklist.OpenAsync(serial);

        (await May("zoe")).Denial.ShouldBeOfType<WorklistAccessDeniedException>();
        (await May("bob")).Denial.ShouldBeOfType<WorklistItemNotFoundException>().Reason.ShouldBe(WorklistItemEnd.NoSlotLeft);
        await bed.Engine.As("ann").Worklist.ExecuteAsync(serial, "Approve");
        (await May("ann")).Denial.ShouldBeOfType<WorklistItemNotFoundException>().Reason.ShouldBe(WorklistItemEnd.Completed);

        ValueTask<Permission> May(string user) => bed.Engine.As(user).MayAsync(connection => connection.Worklist.OpenAsync(serial));
    }

    [Test]
    [Statement("9.4")]
    public async Task A_substitute_may_what_the_absent_user_may()
    {
        var (bed, serial) = await BeginAsync();
        await using var _ = bed;
        await bed.Engine.As("ann").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("eve"));

        (await bed.Engine.As("eve").MayAsync(eve => eve.Worklist.ExecuteAsync(serial, "Approve"))).IsAllowed.ShouldBeTrue();
        (await bed.Engine.As("fay").MayAsync(fay => fay.Worklist.ExecuteAsync(serial, "Approve"))).IsAllowed.ShouldBeFalse();
    }

    [Test]
    [Statement("8.6")]
    public async Task Administrators_may_what_the_status_allows()
    {
        var (bed, serial) = await BeginAsync();
        await using var _ = bed;
        var id = serial.ProcessInstance;

        (await May("boss", admin => admin.StopAsync(id))).IsAllowed.ShouldBeTrue();
        (await May("boss", admin => admin.ResumeAsync(id))).Denial.ShouldBeOfType<ProcessInstanceRefusedException>();
        (await May("boss", admin => admin.RetryAsync(id))).Denial.ShouldBeOfType<ProcessInstanceRefusedException>();
        (await May("boss", admin => admin.GoToAsync(id, "Pay"))).IsAllowed.ShouldBeTrue();
        (await May("boss", admin => admin.GoToAsync(id, "Nowhere"))).Denial.ShouldBeOfType<ProcessInstanceRefusedException>();
        (await May("boss", admin => admin.DeleteWithHistoryAsync(id))).IsAllowed.ShouldBeTrue();
        (await May("ann", admin => admin.DeleteAsync(id))).Denial.ShouldBeOfType<WorkflowAccessDeniedException>();
        (await May("boss", admin => admin.StopAsync(new ProcessInstanceId(99)))).Denial.ShouldBeOfType<ProcessInstanceNotFoundException>();
        (await bed.ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Active);

        ValueTask<Permission> May(string user, Func<ProcessManagement, ValueTask> call) =>
            bed.Engine.As(user).MayAsync(connection => call(connection.ManageProcesses()));
    }

    [Test]
    [Statement("8.7b")]
    public async Task Versions_may_be_removed_only_as_the_store_removes_them()
    {
        var (bed, _) = await BeginAsync();
        await using var _1 = bed;
        var second = ProcessDefinition.Define("Order", process => process.Version(2).Managed().StartsWith(process.Activity("Only")));
        await bed.Engine.DeployAsync(second, new DeploymentOptions { BecomesDefault = false });

        (await May("boss", admin => admin.RemoveAsync("Order", 1))).Denial.ShouldBeOfType<ProcessDefinitionInUseException>();
        (await May("boss", admin => admin.RemoveAsync("Order", 3))).Denial.ShouldBeOfType<ProcessDefinitionNotFoundException>();
        (await May("boss", admin => admin.SetDefaultAsync("Order", 3))).Denial.ShouldBeOfType<ProcessDefinitionNotFoundException>();
        (await May("ann", admin => admin.SetDefaultAsync("Order", 2))).Denial.ShouldBeOfType<WorkflowAccessDeniedException>();
        (await May("boss", admin => admin.SetDefaultAsync("Order", 2))).IsAllowed.ShouldBeTrue();
        (await bed.Engine.As("boss").ManageDefinitions().FindDefaultAsync("Order")).ShouldBe(1);
        await bed.Engine.As("boss").ManageDefinitions().SetDefaultAsync("Order", 2);
        (await May("boss", admin => admin.RemoveAsync("Order", 1))).Denial!.Message.ShouldBe((await Should.ThrowAsync<ProcessDefinitionInUseException>(
            () => bed.Engine.As("boss").ManageDefinitions().RemoveAsync("Order", 1).AsTask())).Message);

        ValueTask<Permission> May(string user, Func<DefinitionManagement, ValueTask> call) =>
            bed.Engine.As(user).MayAsync(connection => call(connection.ManageDefinitions()));
    }

    [Test]
    [Statement("9.1")]
    public async Task Seeing_an_instance_and_withdrawing_it_are_asked_about_like_everything_else()
    {
        var (bed, serial) = await BeginAsync();
        await using var _ = bed;
        var id = serial.ProcessInstance;

        (await bed.Engine.As("boss").MayAsync(boss => boss.ReadAsync(id))).IsAllowed.ShouldBeTrue();
        (await bed.Engine.As("zoe").MayAsync(zoe => zoe.ReadAsync(id))).Denial.ShouldBeOfType<WorkflowAccessDeniedException>();
        (await bed.Engine.As("dora").MayAsync(dora => dora.WithdrawAsync(id))).IsAllowed.ShouldBeTrue();
        (await bed.Engine.As("ann").MayAsync(ann => ann.WithdrawAsync(id))).Denial.ShouldBeOfType<WithdrawalDeniedException>();
        (await bed.Engine.As("ann").MayAsync(ann => ann.OutOfOffice.LeaveAsync(absence => absence.ForwardTo("bob")))).IsAllowed.ShouldBeTrue();
        (await bed.Engine.As("ann").MayAsync(ann => ann.OutOfOfficeOf("bob").ReturnAsync())).Denial.ShouldBeOfType<NotManagedException>();
        (await bed.Engine.As("ann").OutOfOffice.ReadAsync()).ShouldBeNull();
    }

    /// <summary>The call warns of a substitute who is called like a role. The question does not.</summary>
    [Test]
    [Statement("14.7e")]
    public async Task The_question_writes_nothing_into_the_log()
    {
        using var log = new LogLines();
        var directory = new StaticDestinations { { Destination.Role("Staff"), "ann", "bob" } };
        var definition = Worklists.Asking(activity => activity.Destinations(to => to.Role("Staff")).Client("Ask it", task => task.Action("Yes")));
        await using var bed = await WorkflowTestBed.CreateAsync(
            [definition], options => (options.DestinationResolver, options.LoggerFactory) = (directory, log));

        (await bed.Engine.As("ann").MayAsync(ann => ann.OutOfOffice.LeaveAsync(absence => absence.ForwardTo("Staff")))).IsAllowed.ShouldBeTrue();
        log.All.ShouldNotContain(line => line.Contains("'Staff'", StringComparison.Ordinal));

        await bed.Engine.As("ann").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("Staff"));
        log.All.ShouldContain(line => line.Contains("'Staff'", StringComparison.Ordinal));
    }

    /// <summary>A slot of somebody who has left the role is free, and the call would release it first (statement 1.9).</summary>
    [Test]
    [Statement("1.9")]
    public async Task A_slot_of_somebody_who_has_left_counts_as_free()
    {
        var directory = new StaticDestinations { { Destination.Role("Staff"), "ann", "bob" } };
        var definition = Worklists.Asking(activity => activity
            .Destinations(to => to.Role("Staff")).PlanJustOnce(Slots.Number(1)).Client("Ask it", task => task.Action("Yes")));
        await using var bed = await WorkflowTestBed.CreateAsync([definition], options => options.DestinationResolver = directory);
        var serial = (await bed.StartAsync("dora")).Id.Task(1);
        await bed.Engine.As("ann").Worklist.OpenAsync(serial);
        (await May()).Denial.ShouldBeOfType<WorklistItemNotFoundException>();
        directory.Replace(Destination.Role("Staff"), "bob");

        (await May()).IsAllowed.ShouldBeTrue();
        await bed.Engine.As("bob").Worklist.ExecuteAsync(serial, "Yes");

        ValueTask<Permission> May() => bed.Engine.As("bob").MayAsync(bob => bob.Worklist.ExecuteAsync(serial, "Yes"));
    }

    [Test]
    public async Task Mistakes_of_the_caller_and_of_the_resolver_are_no_denials()
    {
        var (bed, serial) = await BeginAsync();
        await using var _ = bed;

        await Should.ThrowAsync<ArgumentException>(async () => await bed.Engine.As("ann").MayAsync(ann => ann.Worklist.RedirectAsync(serial, " ")));
        await Should.ThrowAsync<ArgumentNullException>(async () => await bed.Engine.As("ann").MayAsync((Func<WorkflowConnection, ValueTask>)null!));
        var results = (IReadOnlyList<BatchResult>)[];
        (await bed.Engine.As("bob").MayAsync(async bob => results = await bob.Worklist.ExecuteAsync([serial], "Approve"))).IsAllowed.ShouldBeTrue();
        results.Single().Error.ShouldBeOfType<ActionNotAllowedException>();
    }
}
