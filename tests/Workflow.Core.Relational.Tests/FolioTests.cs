using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Management;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Relational.Tests;

/// <summary>An instance gets another folio on one engine, and another engine finds it by that.</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class FolioTests(SqlDialect dialect)
{
    private static readonly DestinationField<string> _note = new("Note");

    [Test]
    [CancelAfter(60_000)]
    public async Task A_changed_folio_is_the_one_that_instances_and_tasks_are_found_and_sorted_by(CancellationToken cancellation)
    {
        await using var database = TestDatabase.Create(dialect);
        var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
        await using var first = await EngineAsync(database, clock);
        var one = (await first.As("dora").StartAsync("Order", start => start.Folio("B"), cancellation)).Id;
        var other = (await first.As("dora").StartAsync("Order", start => start.Folio("C"), cancellation)).Id;
        await using var second = await EngineAsync(database, clock);

        await second.As("boss").ManageProcesses().ChangeFolioAsync(other, "A", cancellation: cancellation);
        await first.As("boss").ManageProcesses().ChangeFolioAsync(one, "", cancellation: cancellation);
        await first.As("boss").ManageProcesses().ChangeFolioAsync(one, "D", cancellation: cancellation);

        var system = second.AsSystem();
        (await system.FindProcessesAsync(new() { Folio = "A" }, cancellation)).Select(record => record.Id).ShouldBe([other]);
        (await system.FindProcessesAsync(new() { Folio = "D" }, cancellation)).Select(record => record.Id).ShouldBe([one]);
        (await system.FindProcessesAsync(new() { Folio = "B" }, cancellation)).ShouldBeEmpty();
        var tasks = await second.As("ann").Worklist.ListAsync(new() { Order = WorklistOrder.Folio }, cancellation);
        tasks.Select(task => (task.Serial.ProcessInstance, task.Folio)).ShouldBe([(other, "A"), (one, "D")]);
        (await second.As("ann").Worklist.ListAsync(new() { Folio = "D" }, cancellation)).ShouldHaveSingleItem();
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Activities_that_have_ended_are_read_from_the_history_of_the_database(CancellationToken cancellation)
    {
        await using var database = TestDatabase.Create(dialect);
        var clock = new ManualTimeProvider(WorkflowTestBed.Beginning);
        await using var first = await EngineAsync(database, clock);
        var id = (await first.As("dora").StartAsync("Order", cancellation: cancellation)).Id;
        await (await first.As("ann").Worklist.SingleAsync(id, cancellation: cancellation))
            .ExecuteAsync("Yes", answer => answer.Set(_note, "Fine."), cancellation);
        await using var second = await EngineAsync(database, clock);

        var activity = (await second.As("dora").ReadActivitiesAsync(id, cancellation: cancellation)).Single();

        var answer = activity.Answers.Single();
        (activity.Name, answer.User, answer.Action, answer.Fields["Note"]).ShouldBe(("Decide", "ann", "Yes", FieldValue.From("Fine.")));
        (await second.As("dora").ReadTimelineAsync(id, cancellation).Select(entry => entry.Text).ToListAsync(cancellation)).ShouldBe(
            ["dora started 'Order'.", "ann answered 'Yes' to 'Decide it' of 'Decide'.", "'Order' was completed."]);
    }

    private static async Task<WorkflowEngine> EngineAsync(TestDatabase database, ManualTimeProvider clock)
    {
        var engine = WorkflowEngine.Create(options => (options.Store, options.Clock, options.TakesUpWork) = (database.NewStore(), clock, false));
        await engine.DeployAsync(ProcessDefinition.Define("Order", process =>
        {
            process.Rights(rights => rights.Everyone(ProcessRight.Admin));
            process.StartsWith(process.Activity("Decide", activity => activity
                .Fields(_note)
                .Destinations(to => to.Users("ann"))
                .Client("Decide it", task => task.Action("Yes"))));
        }));
        return engine;
    }
}
