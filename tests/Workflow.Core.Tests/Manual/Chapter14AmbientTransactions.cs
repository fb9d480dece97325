using System.Transactions;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The stores in databases have tests of their own for the same, in Workflow.Core.Relational.Tests.</summary>
[TestFixture]
public sealed class Chapter14AmbientTransactions
{
    private static readonly ProcessDefinition Waiting = ProcessDefinition.Define("Waiting", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Work", activity => activity.Waits()));
    });

    [Test]
    [Statement("14.7b")]
    [Statement("13.6")]
    public async Task A_command_that_was_answered_is_stored_when_the_scope_around_it_is_not_completed()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Waiting);
        ProcessInstanceId id;

        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            id = await bed.BeginAsync();
        }

        (await bed.Engine.AsSystem().ReadAsync(id)).Status.ShouldBe(ProcessInstanceStatus.Active);
    }
}
