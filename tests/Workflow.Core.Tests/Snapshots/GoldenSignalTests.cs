using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Signals that are kept, and an event that waits for one, are read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenSignalTests
{
    private static readonly ProcessField<DateOnly> _day = new("Day");

    private static ProcessDefinition Define() => ProcessDefinition.Define("Signals", process =>
    {
        process.OpenToAll().Fields(_day);
        process.StartsWith(process.Activity("Pay", activity => activity.Signal("Paid").Signal("Then", "Shipped").Signal("At last", "Shipped")));
    });

    [Test]
    [Statement("13.8")]
    [Statement("13.1k")]
    public async Task Signals_that_version_20_has_stored_are_read_and_taken()
    {
        var lines = await GoldenFile.LinesAsync("20", "signals.txt", async () =>
        {
            await using var writing = await BedAsync();
            var id = (await writing.StartAsync("dora")).Id;
            await writing.Engine.As("bank").SignalAsync(id, "Shipped", values => values.Set(_day, new DateOnly(2026, 1, 7)), SignalKind.Kept);
            await writing.Engine.As("carrier").SignalAsync(id, "Shipped", kind: SignalKind.Kept);
            await writing.Engine.As("bank").SignalAsync(id, "Lost");
            return await GoldenFile.StoredAsync(writing, id);
        });
        await using var bed = await BedAsync();
        await GoldenFile.StoreAsync(bed, lines);
        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.ReadAsync(one)).KeptSignals.Select(signal => $"{signal.Name} of {signal.User}: {signal.Changes.Count.Invariant()}")
            .ShouldBe(["Shipped of bank: 1", "Shipped of carrier: 0"]);

        (await bed.Engine.As("bank").SignalAsync(one, "Paid")).ShouldBe(SignalReceipt.Received);

        var process = await bed.ReadAsync(one);
        (process.Status, process.KeptSignals.Count).ShouldBe((ProcessInstanceStatus.Completed, 0));
        process.Fields.Get<DateOnly>("Day").ShouldBe(new DateOnly(2026, 1, 7));
    }

    private static Task<WorkflowTestBed> BedAsync() => WorkflowTestBed.CreateAsync(Define(), options => options.SilencedFindings = FindingIds.All);
}
