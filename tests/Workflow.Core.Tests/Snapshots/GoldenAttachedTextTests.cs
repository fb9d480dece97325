using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Records;
using Workflow.Core.Snapshots;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>A text that is attached to an instance is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenAttachedTextTests
{
    private static readonly ProcessInstanceId One = new(1);

    private static Task<WorkflowTestBed> BedAsync() => WorkflowTestBed.CreateAsync(
        ProcessDefinition.Define("Payment", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Pay", activity => activity.Waits("Order")));
        }),
        options => options.SilencedFindings = FindingIds.All);

    [Test]
    [Statement("13.8")]
    [Statement("13.13")]
    public async Task A_text_that_version_25_has_stored_is_read()
    {
        var lines = await GoldenFile.LinesAsync("25", "attached.txt", async () =>
        {
            await using var writing = await BedAsync();
            await writing.StartAsync("dora", start => start.Folio("Order 8").Attach("tenant 7"));
            return await GoldenFile.StoredAsync(writing, One);
        });
        await using var bed = await BedAsync();
        await GoldenFile.StoreAsync(bed, lines, definition: "Payment");
        (await bed.TranscriptAsync(One)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.ReadAsync(One)).AttachedText.ShouldBe("tenant 7");

        await bed.FinishAsync("bank", One.Task(1));

        var process = await bed.ReadAsync(One);
        (process.Status, process.AttachedText).ShouldBe((ProcessInstanceStatus.Completed, "tenant 7"));
    }

    [Test]
    [Statement("13.8")]
    [Statement("13.13")]
    public async Task The_start_of_a_sub_process_that_version_25_has_stored_is_read_with_its_text()
    {
        var start = new SubProcessStart("Child", 1, "", "dora", DueAt: null, [], new ParentProcess(One.Task(1), "Pay", "Order", 1) { Returned = [] })
        {
            AttachedText = "tenant 7",
        };
        var writer = new PartWriter();
        var piece = MessageWriter.Write(writer, One, new FamilyMessage.Started(new ProcessInstanceId(2), start));
        var written = $"{Convert.ToHexString(writer.Memory(piece).Span)}\n";
        var lines = await GoldenFile.LinesAsync("25", "message.txt", () => Task.FromResult(written));

        var read = MessageReader.Read(new ProcessMessage(One, 1, new ProcessInstanceId(2), Convert.FromHexString(lines[0])));

        read.ShouldBeOfType<FamilyMessage.Started>().Start.AttachedText.ShouldBe("tenant 7");
        written.Trim().ShouldBe(lines[0]);
    }
}
