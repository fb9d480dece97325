using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>An activity instance of which the rest goes on is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenRestTests
{
    private static ProcessDefinition Define() => ProcessDefinition.Define("Rest", process =>
    {
        process.OpenToAll();
        var work = process.Activity("Work", activity => activity
            .PlanPerSlot(Slots.Number(3))
            .Waits()
            .SucceedingRule(Answers.AtLeast(1).Satisfy(Status.OfSlot == SlotStatus.Completed))
            .KeepRest());
        process.StartsWith(work);
        work.To(process.Activity("After", activity => activity.Waits()));
    });

    [Test]
    [Statement("13.8")]
    [Statement("13.1l")]
    public async Task A_rest_that_version_19_has_stored_is_read_and_goes_on()
    {
        var lines = await GoldenFile.LinesAsync("19", "rest.txt", async () =>
        {
            await using var writing = await BedAsync();
            var id = (await writing.StartAsync("dora")).Id;
            await writing.DoneAsync(id, "Work");
            return await GoldenFile.StoredAsync(writing, id);
        });
        await using var bed = await BedAsync();
        await GoldenFile.StoreAsync(bed, lines);
        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.ActiveAsync(one)).IsRestGoingOn.ShouldBeTrue();

        foreach (var destination in (int[])[2, 3])
        {
            await bed.FinishAsync("bank", one.Task(destination));
        }

        (await bed.CompletedAsync(one)).ShouldBe(["Work"]);
        (await bed.OpenActivitiesAsync(one)).ShouldBe(["After"]);
    }

    private static Task<WorkflowTestBed> BedAsync() => WorkflowTestBed.CreateAsync(Define(), options => options.SilencedFindings = FindingIds.All);
}
