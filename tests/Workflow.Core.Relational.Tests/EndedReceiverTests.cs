using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;

namespace Workflow.Core.Relational.Tests;

/// <summary>An instance that has ended is told of the end of its sub-process, and is found as ended all the same.</summary>
/// <param name="dialect">The dialect of the database.</param>
[TestFixture(SqlDialect.Sqlite)]
[TestFixture(SqlDialect.PostgreSql)]
internal sealed class EndedReceiverTests(SqlDialect dialect)
{
    [Test]
    public async Task An_instance_that_is_deleted_or_completed_receives_a_message_and_stays_so([Values] bool isDeleted)
    {
        await using var database = TestDatabase.Create(dialect);
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.SilencedFindings = FindingIds.All;
            options.Store = database.NewStore();
            options.TakesUpWork = false;
        });
        await engine.DeployAsync([Host(), Guest()]);
        var parent = (await engine.As("dora").StartAsync("Host")).Id;
        await engine.DeliverMessagesAsync();
        if (isDeleted)
        {
            await engine.AsSystem().ManageProcesses().DeleteAsync(parent);
        }
        else
        {
            await engine.As("dora").Worklist.ExecuteAsync(new SerialNumber(parent, 2), "Move");
        }

        (await engine.DeliverMessagesAsync()).ShouldBe(2);

        var status = isDeleted ? ProcessInstanceStatus.Deleted : ProcessInstanceStatus.Completed;
        (await FindAsync(new ProcessQuery { HasEnded = false })).ShouldBeEmpty();
        (await FindAsync(new ProcessQuery { Definition = "Host", HasEnded = true })).ShouldBe([status]);
        (await FindAsync(new ProcessQuery { Definition = "Host", Status = status })).ShouldBe([status]);

        async Task<IReadOnlyList<ProcessInstanceStatus>> FindAsync(ProcessQuery query) =>
            [.. (await engine.AsSystem().FindProcessesAsync(query)).Select(record => record.Status)];
    }

    private static ProcessDefinition Host() => ProcessDefinition.Define("Host", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        var invite = process.Activity("Invite", activity => activity.StartsProcess("Invite a guest", "Guest", child => child.GoOn().EndWithParent()));
        process.StartsWith(invite);
        invite.To(process.Activity("Live", activity => activity
            .Destinations(to => to.Originator()).Client("Live", task => task.Action("Move"))));
    });

    private static ProcessDefinition Guest() => ProcessDefinition.Define("Guest", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Start));
        process.StartsWith(process.Activity("Stay", activity => activity
            .Destinations(to => to.Originator()).Client("Stay", task => task.Action("Leave"))));
    });
}
