using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests;

/// <summary>Administrators mend, on another engine, what has failed on one.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class ManagementTests(SqlDialect dialect)
{
    private bool _isBroken = true;
    private int _reminders;

    [Test]
    [CancelAfter(60_000)]
    public async Task An_instance_that_failed_on_one_engine_is_retried_on_another_and_goes_on(CancellationToken cancellation)
    {
        await using var database = TestDatabase.Create(dialect);
        var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
        var id = await FailAsync(database, clock, cancellation);
        clock.Advance(TimeSpan.FromDays(2));
        await using (var idle = await EngineAsync(database, clock))
        {
            await idle.RunDueTimersAsync(cancellation);
            _reminders.ShouldBe(0, "it is held");
        }

        _isBroken = false;
        await using (var second = await EngineAsync(database, clock))
        {
            await second.As("boss").ManageProcesses().RetryAsync(id, reason: "It is mended.", cancellation: cancellation);
            (await second.FindTimersAsync(new TimerQuery(), cancellation)).Count.ShouldBe(1, "the escalation that was held is looked for again");
        }

        await using var third = await EngineAsync(database, clock);
        await third.RunDueTimersAsync(cancellation);
        _reminders.ShouldBe(1);
        await (await third.As("ann").Worklist.SingleAsync(id, "Approve", cancellation)).ExecuteAsync("Done", cancellation: cancellation);
        (await third.AsSystem().ReadAsync(id, cancellation)).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_instance_that_failed_on_one_engine_goes_elsewhere_on_another(CancellationToken cancellation)
    {
        await using var database = TestDatabase.Create(dialect);
        var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
        var id = await FailAsync(database, clock, cancellation);
        await using (var second = await EngineAsync(database, clock))
        {
            await second.As("boss").ManageProcesses().GoToAsync(id, "Close", cancellation: cancellation);
        }

        await using var third = await EngineAsync(database, clock);
        var process = await third.AsSystem().ReadAsync(id, cancellation);
        (process.Status, process.Error).ShouldBe((ProcessInstanceStatus.Active, null));
        process.Activities.ShouldHaveSingleItem().Name.ShouldBe("Close");
        (await third.FindTimersAsync(new TimerQuery(), cancellation)).ShouldBeEmpty();
        var facts = await third.AsSystem().ReadHistoryAsync(id, cancellation: cancellation);
        facts.ShouldContain(fact => fact.Kind == JournalKind.GotoOrdered && fact.User == "boss");
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_instance_that_one_engine_stopped_is_resumed_by_another_and_deleted_by_a_third(CancellationToken cancellation)
    {
        await using var database = TestDatabase.Create(dialect);
        var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
        var id = await FailAsync(database, clock, cancellation);
        _isBroken = false;
        await using (var second = await EngineAsync(database, clock))
        {
            var admin = second.As("boss").ManageProcesses();
            await admin.RetryAsync(id, cancellation: cancellation);
            await admin.StopAsync(id, cancellation: cancellation);
            await admin.GoToAsync(id, "Close", Expiring.Only("Pay"), cancellation: cancellation);
        }

        clock.Advance(TimeSpan.FromDays(2));
        await using (var third = await EngineAsync(database, clock))
        {
            (await third.RecoverAsync(cancellation)).ShouldBe(0);
            await third.RunDueTimersAsync(cancellation);
            _reminders.ShouldBe(0);
            (await third.AsSystem().FindProcessesAsync(new() { Status = ProcessInstanceStatus.Stopped }, cancellation)).Single().Id.ShouldBe(id);
            await third.As("boss").ManageProcesses().ResumeAsync(id, cancellation: cancellation);
            await third.RunDueTimersAsync(cancellation);
            _reminders.ShouldBe(1, "what was overdue fires");
            (await third.As("ann").Worklist.ListAsync(cancellation: cancellation)).Select(item => item.Activity).Order().ShouldBe(["Approve", "Close"]);
            await third.As("boss").ManageProcesses().DeleteAsync(id, cancellation: cancellation);
        }

        await using var fourth = await EngineAsync(database, clock);
        (await fourth.As("ann").Worklist.ListAsync(cancellation: cancellation)).ShouldBeEmpty();
        (await fourth.FindTimersAsync(new TimerQuery(), cancellation)).ShouldBeEmpty();
        (await fourth.AsSystem().ReadAsync(id, cancellation)).Status.ShouldBe(ProcessInstanceStatus.Deleted);
        var other = await fourth.As("dora").StartAsync("Order", cancellation: cancellation);
        await fourth.As("boss").ManageProcesses().DeleteWithHistoryAsync(other.Id, cancellation);
        (await fourth.AsSystem().FindProcessesAsync(cancellation: cancellation)).Select(record => record.Id).ShouldBe([id]);
    }

    /// <code>
    ///     ┌──► Pay (fails) ───────────────────────┐
    /// ►───┤                                        ►
    ///     └──► Approve (ann; reminded after a day) ┘     Close (ann)
    /// </code>
    private async Task<WorkflowEngine> EngineAsync(TestDatabase database, ManualTimeProvider clock)
    {
        var engine = WorkflowEngine.Create(options =>
            (options.Store, options.Clock, options.TakesUpWork) = (database.NewStore(), clock, false));
        await engine.DeployAsync(ProcessDefinition.Define("Order", process =>
        {
            process.Rights(rights => rights.Everyone(ProcessRight.Admin));
            process.StartsWith(process.Activity("Approve", activity => activity
                .Destinations(to => to.Users("ann"))
                .Client("Approve", task => task.Action("Done"))
                .Escalation("Remind", TimeSpan.FromDays(1), then => then.Run("Remind", _ => _reminders++))));
            process.StartsWith(process.Activity("Pay", activity => activity.Server("Pay", _ =>
            {
                if (_isBroken)
                {
                    throw new InvalidOperationException("no money");
                }
            })));
            process.Activity("Close", activity => activity.Destinations(to => to.Users("ann")).Client("Close", task => task.Action("Done")));
        }));
        return engine;
    }

    private async Task<ProcessInstanceId> FailAsync(TestDatabase database, ManualTimeProvider clock, CancellationToken cancellation)
    {
        (_isBroken, _reminders) = (true, 0);
        await using var first = await EngineAsync(database, clock);
        var started = await first.As("dora").StartAsync("Order", cancellation: cancellation);
        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        (await first.AsSystem().ReadAsync(started.Id, cancellation)).Error.ShouldNotBeNull().Details.ShouldNotBeEmpty();
        return started.Id;
    }
}
