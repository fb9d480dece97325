using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Termination: patterns 11 and 43.</summary>
[TestFixture]
public sealed class TerminationPatterns
{
    /// <code>
    ///            ┌──► Pack (waits) ──►
    /// ► Order ───┤
    ///            └──► Pay (waits) ──► Receipt (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Shop = ProcessDefinition.Define("Shop", process =>
    {
        process.OpenToAll();
        var order = process.Activity("Order");
        var pay = process.Activity("Pay", activity => activity.Waits());
        process.StartsWith(order);
        order.To(process.Activity("Pack", activity => activity.Waits())).To(pay);
        pay.To(process.Activity("Receipt", activity => activity.Waits()));
    });

    /// <code>
    ///            ┌──► Pack (waits) ──► Packed ──►
    /// ► Order ───┼──► Pay (waits) ──► Receipt ──►
    ///            └──► Cancellation (waits) ──► Cancelled, ends the process
    /// </code>
    private static readonly ProcessDefinition Stand = ProcessDefinition.Define("Stand", process =>
    {
        process.OpenToAll();
        var order = process.Activity("Order");
        var pack = process.Activity("Pack", activity => activity.Waits());
        var pay = process.Activity("Pay", activity => activity.Waits());
        var cancellation = process.Activity("Cancellation", activity => activity.Waits());
        process.StartsWith(order);
        order.To(pack).To(pay).To(cancellation);
        pack.To(process.Activity("Packed"));
        pay.To(process.Activity("Receipt"));
        cancellation.To(process.Activity("Cancelled", activity => activity.EndsProcess()));
    });

    [Test]
    [Pattern(11, "Implicit Termination", "Nothing to write: the instance completes when no activity is active or pending")]
    [Statement("10.8")]
    public async Task WCP11_Implicit_Termination()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Shop);
        var id = await bed.BeginAsync();

        // The end of a branch is not the end of the process, as long as another has work.
        await bed.DoneAsync(id, "Pack");
        (await bed.AtWorkAsync(id)).ShouldBe("Pay");
        await bed.DoneAsync(id, "Pay");
        (await bed.AtWorkAsync(id)).ShouldBe("Receipt");
        (await bed.CountAsync(id, JournalKind.ProcessCompleted)).ShouldBe(0);
        await bed.DoneAsync(id, "Receipt");

        await bed.ShouldBeOverAsync(id);
        (await bed.ExpiredAsync(id)).ShouldBeEmpty();
    }

    [Test]
    [Pattern(43, "Explicit Termination", "`EndsProcess()`")]
    [Statement("13.1g")]
    public async Task WCP43_Explicit_Termination()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Stand);
        var id = await bed.BeginAsync();
        var pay = await bed.SerialAsync(id, "Pay");

        // An activity that merely has no lines ends its branch only.
        await bed.DoneAsync(id, "Pack");
        (await bed.AtWorkAsync(id)).ShouldBe("Pay, Cancellation");
        await bed.DoneAsync(id, "Cancellation");

        await bed.ShouldBeOverAsync(id);
        await bed.ShouldHaveExpiredAsync(pay);
        (await bed.EndsAsync(id, "Pay")).ShouldBe(nameof(ExpiryReason.ProcessEnded));
        (await bed.StartedAsync(id)).ShouldNotContain("Receipt");
    }
}
