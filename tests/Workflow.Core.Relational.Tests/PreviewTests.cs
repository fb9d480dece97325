using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;

namespace Workflow.Core.Relational.Tests;

/// <summary>Previews on a database that other engines and the host use too (statement 13.9).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class PreviewTests(SqlDialect dialect)
{
    private readonly TaskCompletionSource _door = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Test]
    [CancelAfter(60_000)]
    public async Task A_preview_does_not_wait_for_another_engine_whose_code_runs(CancellationToken cancellation)
    {
        await using var database = TestDatabase.Create(dialect);
        await using var first = await EngineAsync(database, "Pay");
        await using var second = await EngineAsync(database, "Pay");
        var starting = first.As("dora").StartAsync("Order", cancellation: cancellation).AsTask();
        await _reached.Task.WaitAsync(cancellation);
        var id = new ProcessInstanceId(1);

        var effects = await second.As("boss").ManageProcesses().Preview.GoToAsync(id, "Close", cancellation: cancellation);

        effects.RunningCall.ShouldBe(new PreviewedCall(CodeKind.ServerEvent, "Order the transfer", "Pay", 1));
        (effects.ExpiredActivities.Single(), effects.NewTasks.Single().Activity).ShouldBe(("Pay", "Close"));
        _door.SetResult();
        (await starting).Status.ShouldBe(ProcessInstanceStatus.Completed, "its engine still had it");
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_preview_in_a_transaction_of_the_host_sees_what_the_transaction_has_changed(CancellationToken cancellation)
    {
        await using var database = TestDatabase.Create(dialect);
        await using var engine = await EngineAsync(database, "Close");
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var within = engine.Within(transaction);
        var id = (await within.As("dora").StartAsync("Order", cancellation: cancellation)).Id;
        var admin = within.As("boss").ManageProcesses();

        var effects = await admin.Preview.GoToAsync(id, "Pay", cancellation: cancellation);

        effects.FirstCall.ShouldBe(new PreviewedCall(CodeKind.ServerEvent, "Order the transfer", "Pay", 1));
        (await within.AsSystem().ReadAsync(id, cancellation)).Activities.Single().Name.ShouldBe("Close");
        await admin.GoToAsync(id, "Close", cancellation: cancellation);
        await transaction.CommitAsync(cancellation);
        (await engine.AsSystem().ReadHistoryAsync(id, cancellation: cancellation)).Count(fact => fact.Kind is JournalKind.GotoOrdered).ShouldBe(1);
    }

    private async Task<WorkflowEngine> EngineAsync(TestDatabase database, string begin)
    {
        var engine = WorkflowEngine.Create(options => (options.Store, options.TakesUpWork) = (database.NewStore(), false));
        await engine.DeployAsync(ProcessDefinition.Define("Order", process =>
        {
            process.Rights(rights => rights.Everyone(ProcessRight.Start | ProcessRight.View).Admin("boss"));
            var pay = process.Activity("Pay", activity => activity.Server("Order the transfer", async (_, cancellation) =>
            {
                _reached.TrySetResult();
                await _door.Task.WaitAsync(cancellation);
            }));
            var close = process.Activity("Close", activity => activity.Destinations(to => to.Users("ann")).Client("Close", task => task.Action("Done")));
            process.StartsWith(begin == "Pay" ? pay : close);
        }));
        return engine;
    }
}
