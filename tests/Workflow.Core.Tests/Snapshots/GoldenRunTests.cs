using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>An instance in which an activity has run is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenRunTests
{
    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        var prepare = process.Activity("Prepare", activity => activity.Server("Read the receipts", _ => { }));
        var approve = process.Activity("Approve", activity => activity.Waits());
        process.StartsWith(prepare);
        prepare.To(approve);
        approve.To(process.Activity("Pay", activity => activity.Server("Pay", _ => { })));
    });

    /// <summary>Before version 16 only the history tells what has run.</summary>
    [Test]
    [Statement("13.8")]
    [Statement("13.11")]
    public async Task An_instance_is_sent_back_to_what_has_run_before_and_after_it_was_stored([Values("4", "16")] string version)
    {
        var lines = await GoldenFile.LinesAsync(version, "one-has-run.txt", async () =>
        {
            await using var writing = await WorkflowTestBed.CreateAsync(_golden);
            return await GoldenFile.StoredAsync(writing, (await writing.StartAsync("dora")).Id);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        await GoldenFile.StoreAsync(bed, lines);

        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        var admin = bed.Engine.AsSystem().ManageProcesses();
        await Should.ThrowAsync<ProcessInstanceRefusedException>(() => admin.SendBackAsync(one, "Pay").AsTask());
        (await admin.Preview.SendBackAsync(one, "Prepare")).StartedActivities[0].ShouldBe("Prepare");
        await admin.GoToAsync(one, "Approve");
        await bed.RestartAsync();
        admin = bed.Engine.AsSystem().ManageProcesses();

        await admin.SendBackAsync(one, "Prepare");

        (await bed.OpenActivitiesAsync(one)).ShouldBe(["Approve"]);
        await Should.ThrowAsync<ProcessInstanceRefusedException>(() => admin.SendBackAsync(one, "Pay").AsTask());
    }
}
