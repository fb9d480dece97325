using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Patterns;

/// <summary>Triggers: patterns 23 and 24.</summary>
[TestFixture]
public sealed class TriggerPatterns
{
    private static readonly ProcessField<int> Paid = new("Paid", initial: 0);

    /// <code>
    /// ► Pack (waits) ──► Call the driver (waits for the signal "Driver is free") ──► Ship (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Parcel = ProcessDefinition.Define("Parcel", process =>
    {
        process.OpenToAll();
        var pack = process.Activity("Pack", activity => activity.Waits());
        var call = process.Activity("Call the driver", activity => activity.Signal("Wait for the driver", "Driver is free"));
        process.StartsWith(pack);
        pack.To(call);
        call.To(process.Activity("Ship", activity => activity.Waits()));
    });

    /// <code>
    /// ► Pack (waits) ──► First half (waits for the signal "Paid") ──► Second half (waits for the signal "Paid") ──► Ship (waits) ──►
    /// </code>
    private static readonly ProcessDefinition Order = ProcessDefinition.Define("Order", process =>
    {
        process.OpenToAll().Fields(Paid);
        var pack = process.Activity("Pack", activity => activity.Waits());
        var first = process.Activity("First half", activity => activity.Signal("Paid"));
        var second = process.Activity("Second half", activity => activity.Signal("Paid"));
        process.StartsWith(pack);
        pack.To(first);
        first.To(second);
        second.To(process.Activity("Ship", activity => activity.Waits()));
    });

    [Test]
    [Pattern(23, "Transient Trigger", "`activity.Signal(…)`, and `SignalAsync`")]
    [Statement("13.1k")]
    public async Task WCP23_Transient_Trigger()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Parcel);
        var id = await bed.BeginAsync();
        var other = await bed.BeginAsync();

        // Nothing waits for the driver yet, so the signal is lost.
        (await bed.Engine.As("driver").SignalAsync(id, "Driver is free")).ShouldBe(SignalReceipt.Dropped);
        await bed.DoneAsync(id, "Pack");
        await bed.DoneAsync(other, "Pack");
        (await bed.AtWorkAsync(id)).ShouldBe("Call the driver");

        // It is received where something waits, and only in the instance to which it is sent.
        (await bed.Engine.As("driver").SignalAsync(id, "Driver is ill")).ShouldBe(SignalReceipt.Dropped);
        (await bed.AtWorkAsync(id)).ShouldBe("Call the driver");
        (await bed.Engine.As("driver").SignalAsync(id, "Driver is free")).ShouldBe(SignalReceipt.Received);
        (await bed.AtWorkAsync(id)).ShouldBe("Ship");
        (await bed.AtWorkAsync(other)).ShouldBe("Call the driver");
        await bed.DoneAsync(id, "Ship");
        await bed.ShouldBeOverAsync(id);
    }

    [Test]
    [Pattern(24, "Persistent Trigger", "`activity.Signal(…)`, and `SignalAsync` with `SignalKind.Kept`; or a server item, finished by its serial number")]
    [Statement("13.1k")]
    public async Task WCP24_Persistent_Trigger()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Order);
        var id = await bed.BeginAsync();

        // Nothing waits for the money yet, so the signal is kept with its values, also by a host that begins anew.
        (await bed.Engine.As("bank").SignalAsync(id, "Paid", values => values.Set(Paid, 50), SignalKind.Kept)).ShouldBe(SignalReceipt.Kept);
        (await bed.ReadAsync(id)).Fields.Get(Paid).ShouldBe(0);
        await bed.DoneAsync(id, "Pack");

        // It counts once: the second half still waits.
        (await bed.AtWorkAsync(id)).ShouldBe("Second half");
        (await bed.ReadAsync(id)).Fields.Get(Paid).ShouldBe(50);
        (await bed.ReadAsync(id)).KeptSignals.ShouldBeEmpty();

        // Where something waits, a kept signal is received at once, and nothing of it is left.
        (await bed.Engine.As("bank").SignalAsync(id, "Paid", values => values.Set(Paid, 100), SignalKind.Kept)).ShouldBe(SignalReceipt.Received);
        (await bed.AtWorkAsync(id)).ShouldBe("Ship");
        (await bed.ReadAsync(id)).KeptSignals.ShouldBeEmpty();
        await bed.DoneAsync(id, "Ship");
        await bed.ShouldBeOverAsync(id);
    }
}
