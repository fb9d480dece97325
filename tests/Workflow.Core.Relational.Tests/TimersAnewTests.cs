using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;
using Workflow.Core.Tests.Support;

namespace Workflow.Core.Relational.Tests;

/// <summary>An engine that knows other holidays works out anew what another engine has armed (statement 5.9). The clock begins on Monday 2026-01-05 at
/// 08:00.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class TimersAnewTests(SqlDialect dialect)
{
    private static readonly Delay _day = Delay.WorkingDays(1).In("Office");

    [Test]
    [CancelAfter(60_000)]
    public async Task Timers_of_every_kind_get_the_instants_of_the_other_hours_and_are_found_by_them(CancellationToken cancellation)
    {
        await using var database = TestDatabase.Create(dialect);
        var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
        List<ProcessInstanceId> ids;
        await using (var first = await EngineAsync(database, clock))
        {
            ids =
            [
                (await first.As("dora").StartAsync("Trip", cancellation: cancellation)).Id,
                (await first.As("dora").StartAsync("Late trip", cancellation: cancellation)).Id,
            ];
        }

        await using var second = await EngineAsync(database, clock, 6);
        var admin = second.As("boss").ManageProcesses();
        var previews = await admin.Preview.RecomputeTimersOfAllAsync("Office", cancellation: cancellation);
        var results = await admin.RecomputeTimersOfAllAsync("Office", cancellation: cancellation);

        results.Select(result => result.ProcessInstance).ShouldBe(ids);
        results.SelectMany(result => OfficeHours.Words(result.Timers)).ShouldBe(
        [
            "Late 01-06 09:00 to 01-07 09:00", "Pack 01-06 09:00 to 01-07 09:00", "Remind 01-06 09:00 to 01-07 09:00", "Nudge 01-06 09:00 to 01-07 09:00",
            "Late trip 01-06 09:00 to 01-07 09:00",
        ]);
        previews.SelectMany(preview => preview.Timers).ShouldBe(results.SelectMany(result => result.Timers));
        (await second.FindTimersAsync(new TimerQuery(), cancellation)).Select(timer => timer.DueAt.Day).ShouldBe([7, 7, 7, 7, 7]);
        var begins = new ProcessQuery { StartedFrom = WorkflowTestBed.Beginning.AddDays(2) };
        (await second.AsSystem().FindProcessesAsync(begins, cancellation)).Single().Id.ShouldBe(ids[1]);
        (await admin.RecomputeTimersOfAllAsync("Office", cancellation: cancellation)).ShouldAllBe(result => !result.Timers.Any(timer => timer.IsMoved));
        await using var third = await EngineAsync(database, clock, 6);
        clock.Set(WorkflowTestBed.Beginning.AddDays(2));
        (await third.RunDueTimersAsync(cancellation)).ShouldBe(0, "the opening is an hour later");
        clock.Advance(TimeSpan.FromHours(1));
        (await third.RunDueTimersAsync(cancellation)).ShouldBe(5);
    }

    private static async Task<WorkflowEngine> EngineAsync(TestDatabase database, ManualTimeProvider clock, params int[] holidays)
    {
        var engine = WorkflowEngine.Create(options =>
        {
            (options.Store, options.Clock, options.TakesUpWork) = (database.NewStore(), clock, false);
            options.SilencedFindings = FindingIds.All;
            options.WorkingHours.Add(new OfficeHours().With(holidays));
        });
        await engine.DeployAsync(
            [
                ProcessDefinition.Define("Trip", process =>
                {
                    process.Rights(rights => rights.Start("dora").Admin("boss")).Escalation("Late", _day, then => then.Mails());
                    process.StartsWith(process.Activity("Pack", activity => activity.StartRule(DueTime.After(_day)).Server("Pack", _ => { })));
                    process.StartsWith(process.Activity("Approve", activity => activity
                        .Escalation("Remind", _day, then => then.Mails())
                        .Destinations(to => to.Users("ann"))
                        .Client("Approve", task => task.Action("Done").Escalation("Nudge", _day, then => then.Mails()))));
                }),
                ProcessDefinition.Define("Late trip", process =>
                {
                    process.Rights(rights => rights.Start("dora").Admin("boss")).StartRule(DueTime.After(_day));
                    process.StartsWith(process.Activity("Wait", activity => activity.Server("Wait", context => context.WaitUntilFinished())));
                }),
            ]);
        return engine;
    }
}
