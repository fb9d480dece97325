using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>A history with changes of the folio is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenFolioTests
{
    private static ProcessDefinition Define() => ProcessDefinition.Define("Folios", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Number", activity => activity.Server("Draw", context => context.SetFolio("Order 7")).Waits()));
    });

    [Test]
    [Statement("13.8")]
    [Statement("13.11")]
    public async Task A_history_that_version_26_has_stored_is_read()
    {
        var lines = await GoldenFile.LinesAsync("26", "folios.txt", async () =>
        {
            await using var writing = await BedAsync();
            var id = (await writing.StartAsync("dora", start => start.Folio("New"))).Id;
            await writing.Engine.AsSystem().ManageProcesses().ChangeFolioAsync(id, "Order 8", reason: "There were two.");
            return await GoldenFile.StoredAsync(writing, id);
        });
        await using var bed = await BedAsync();
        await GoldenFile.StoreAsync(bed, lines);
        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.NamesAsync(one, JournalKind.FolioChanged)).ShouldBe(["Order 7", "Order 8"]);
        (await bed.ReadAsync(one)).Folio.ShouldBe("Order 8");
    }

    private static Task<WorkflowTestBed> BedAsync() => WorkflowTestBed.CreateAsync(Define(), options => options.SilencedFindings = FindingIds.All);
}
