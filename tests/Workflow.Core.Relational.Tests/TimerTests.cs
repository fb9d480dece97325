using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests;

/// <summary>Timers of several owners, over the store: an engine finds and fires what another has armed.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class TimerTests(SqlDialect dialect)
{
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(10);

    /// <summary>
    /// <code>
    /// ►─┬─► Decide [ann, bob; just once] (both sleep) ►
    ///   └─► Vote [role Managers, kept synchronized] ►
    /// </code>
    /// </summary>
    private static readonly ProcessDefinition _definition = ProcessDefinition.Define("Decision", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann", "bob")).PlanJustOnce(Slots.Number(2)).Client("Approve 😀", task => task.Action("Yes"))));
        process.StartsWith(process.Activity("Vote", activity => activity
            .Destinations(to => to.Role("Managers").ResolvedToUsers(keepSynchronized: true)).Client("Vote", task => task.Action("Yes"))));
    });

    [Test]
    [CancelAfter(60_000)]
    public async Task Timers_of_several_owners_are_found_and_fired_by_another_engine(CancellationToken cancellation)
    {
        await using var database = TestDatabase.Create(dialect);
        var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
        var staff = new StaticDestinations { { Destination.Role("Managers"), "cy" } };
        ProcessInstanceId id;
        await using (var first = await EngineAsync(database, clock, staff))
        {
            id = (await first.As("dora").StartAsync("Decision", cancellation: cancellation)).Id;
            await (await first.As("ann").Worklist.SingleAsync(id, cancellation: cancellation)).SleepAsync(TimeSpan.FromHours(1), cancellation);
            await (await first.As("bob").Worklist.SingleAsync(id, cancellation: cancellation)).SleepAsync(TimeSpan.FromHours(2), cancellation);
        }

        await using var second = await EngineAsync(database, clock, staff);
        var timers = await second.FindTimersAsync(new TimerQuery { ProcessInstance = id }, cancellation);

        timers.Select(timer => (timer.Kind, timer.Element, timer.Occurrence, timer.DueAt - clock.GetUtcNow())).ShouldBe(
        [
            (ProcessTimerKind.Roles, "Vote", 1, _interval),
            (ProcessTimerKind.Sleep, "Approve 😀", 1, TimeSpan.FromHours(1)),
            (ProcessTimerKind.Sleep, "Approve 😀", 2, TimeSpan.FromHours(2)),
        ]);
        timers.Select(timer => (timer.ActivityInstance > 0, timer.Destination > 0, timer.EventInstance > 0)).ShouldBe(
            [(true, false, false), (true, true, true), (true, true, true)]);
        staff.Replace(Destination.Role("Managers"), ["dan"]);
        clock.Advance(_interval);
        (await second.RunDueTimersAsync(cancellation)).ShouldBe(1);
        (await second.As("dan").Worklist.ListAsync(cancellation: cancellation)).Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromMinutes(50));
        (await second.RunDueTimersAsync(cancellation)).ShouldBe(2);
        (await second.As("ann").Worklist.ListAsync(cancellation: cancellation)).Count.ShouldBe(1);
        (await second.As("bob").Worklist.ListAsync(cancellation: cancellation)).ShouldBeEmpty();

        await (await second.As("dan").Worklist.SingleAsync(id, cancellation: cancellation)).ExecuteAsync("Yes", cancellation: cancellation);
        await second.As("ann").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Yes", cancellation: cancellation);
        await second.As("bob").Worklist.ExecuteAsync(new SerialNumber(id, 1), "Yes", cancellation: cancellation);

        (await second.AsSystem().ReadAsync(id, cancellation)).Status.ShouldBe(ProcessInstanceStatus.Completed);
        (await second.FindTimersAsync(new TimerQuery(), cancellation)).ShouldBeEmpty();
    }

    private static async Task<WorkflowEngine> EngineAsync(TestDatabase database, ManualTimeProvider clock, StaticDestinations staff)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            (options.Store, options.Clock, options.TakesUpWork, options.DestinationResolver) = (database.NewStore(), clock, false, staff);
            options.RoleInterval = _interval;
        });
        await engine.DeployAsync(_definition);
        return engine;
    }
}
