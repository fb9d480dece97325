using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter04SurplusSlots
{
    /// <code>
    /// ► Work (for ann and bob, three slots, each waits; done when all slots are) ──► After ──►
    /// </code>
    private static ProcessDefinition Working(WhenUnresolved policy) => ProcessDefinition.Define("Working", process =>
    {
        process.OpenToAll();
        var work = process.Activity("Work", activity => activity
            .Destinations(to => to.Users("ann", "bob"))
            .PlanPerDestination(Slots.Number(3))
            .Waits()
            .SucceedingRule(Answers.AllGiven)
            .WhenUnresolved(policy));
        process.StartsWith(work);
        work.To(process.Activity("After"));
    });

    [TestCase(WhenUnresolved.ByPlan, ProcessInstanceStatus.Completed)]
    [TestCase(WhenUnresolved.Wait, ProcessInstanceStatus.Active)]
    [TestCase(WhenUnresolved.Fail, ProcessInstanceStatus.Error)]
    [Statement("4.14")]
    public async Task A_slot_too_many_leaves_the_rule_false_and_the_policy_decides(WhenUnresolved policy, ProcessInstanceStatus status)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Working(policy));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(new SerialNumber(id, 1));
        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        await bed.FinishAsync(new SerialNumber(id, 2));

        (await bed.StatusAsync(id)).ShouldBe(status);
    }
}
