using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>One stalled destination beside others that can still answer.</summary>
[TestFixture]
public sealed class Chapter00Stalls
{
    private static readonly DestinationField<bool> Good = new("Good", initial: false);

    /// <code>
    /// ► Ask (two slots, each waits; an event is done only if Good) ──► After ──►
    /// </code>
    private static ProcessDefinition Asking(WhenUnresolved policy) => ProcessDefinition.Define("Asking", process =>
    {
        process.OpenToAll();
        var ask = process.Activity("Ask", activity => activity
            .Fields(Good)
            .PlanPerSlot(Slots.Number(2))
            .Server("Wait", context => context.WaitUntilFinished(), succeedingRule: Good == true)
            .WhenUnresolved(policy));
        process.StartsWith(ask);
        ask.To(process.Activity("After"));
    });

    [Test]
    [Statement("0.3")]
    public async Task The_policy_waits_as_long_as_another_destination_can_still_end_the_activity([Values] WhenUnresolved policy)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(policy));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(new SerialNumber(id, 1));

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Active);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(["Ask"]);
        await bed.FinishAsync(new SerialNumber(id, 2), result => result.Set(Good, true));
        (await bed.CompletedAsync(id)).ShouldBe(["Ask", "After"]);
    }

    [TestCase(WhenUnresolved.ByPlan, ProcessInstanceStatus.Active, "Ask")]
    [TestCase(WhenUnresolved.Wait, ProcessInstanceStatus.Active, "Ask")]
    [TestCase(WhenUnresolved.Complete, ProcessInstanceStatus.Completed)]
    [TestCase(WhenUnresolved.Expire, ProcessInstanceStatus.Completed)]
    [TestCase(WhenUnresolved.Fail, ProcessInstanceStatus.Error, "Ask")]
    [Statement("0.3")]
    public async Task The_policy_applies_when_the_last_destination_stalls(WhenUnresolved policy, ProcessInstanceStatus status, params string[] open)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(policy));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(new SerialNumber(id, 1));
        await bed.FinishAsync(new SerialNumber(id, 2));

        (await bed.StatusAsync(id)).ShouldBe(status);
        (await bed.OpenActivitiesAsync(id)).ShouldBe(open);
    }
}
