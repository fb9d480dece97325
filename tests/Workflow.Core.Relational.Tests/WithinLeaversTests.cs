using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>A slot whose holder has left the role is released inside a transaction of the host, and with it (statements 1.9 and 13.6).</summary>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
[Parallelizable(ParallelScope.Self)]
internal sealed class WithinLeaversTests(SqlDialect dialect)
{
    [Test]
    public async Task The_slot_goes_to_the_one_who_wants_it_when_the_host_commits([Values] bool isCommitted, [Values] bool holderTries)
    {
        var directory = new StaticDestinations { { Destination.Role("Managers"), "ann", "bob" } };
        await using var database = TestDatabase.Create(dialect);
        await using var engine = WorkflowEngine.Create(options =>
        {
            (options.Store, options.DestinationResolver, options.TakesUpWork) = (database.NewStore(), directory, false);
        });
        await engine.DeployAsync(ProcessDefinition.Define("Claim", process =>
        {
            process.Rights(rights => rights.Everyone(ProcessRight.Start));
            process.StartsWith(process.Activity("Decide", activity => activity
                .PlanJustOnce(Slots.Number(1)).Destinations(to => to.Role("Managers")).Client("Decide", task => task.Action("Approve"))));
        }));
        var serial = new SerialNumber((await engine.As("dora").StartAsync("Claim")).Id, 1);
        await engine.As("ann").Worklist.OpenAsync(serial);
        directory.Replace(Destination.Role("Managers"), "bob");

        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var within = engine.Within(transaction);
            if (holderTries)
            {
                (await Should.ThrowAsync<WorklistItemNotFoundException>(async () => await within.As("ann").Worklist.ExecuteAsync(serial, "Approve")))
                    .Reason.ShouldBe(WorklistItemEnd.LeftRole);
            }

            await within.As("bob").Worklist.OpenAsync(serial);
            await (isCommitted ? transaction.CommitAsync() : transaction.RollbackAsync());
        }

        var status = (await engine.As("bob").Worklist.ListAsync(new WorklistQuery { Statuses = [.. Enum.GetValues<WorklistItemStatus>()] }))
            .ShouldHaveSingleItem().Status;
        status.ShouldBe(isCommitted ? WorklistItemStatus.Open : WorklistItemStatus.Allocated);
        await engine.As("bob").Worklist.ExecuteAsync(serial, "Approve");
    }
}
