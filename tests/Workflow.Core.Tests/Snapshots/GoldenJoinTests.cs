using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Arrivals that joins keep are read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenJoinTests
{
    private static ProcessDefinition Define() => Joining.Define(Arrivals.OfTakenBy("Split"), (process, all) =>
    {
        // A second join counts lines, and has passed.
        var first = process.Activity("First", activity => activity.PrecedingRule(Arrivals.First));
        all[1].To(first);
        all[2].To(first);
    });

    [Test]
    [Statement("13.8")]
    [Statement("13.1")]
    public async Task Arrivals_that_version_17_has_stored_are_read_and_the_joins_go_on()
    {
        var lines = await GoldenFile.LinesAsync("17", "joining.txt", async () =>
        {
            await using var writing = await BedAsync();
            var id = (await writing.StartAsync("dora")).Id;
            await writing.DoneAsync(id, "A");
            return await GoldenFile.StoredAsync(writing, id);
        });
        await using var bed = await BedAsync();
        await GoldenFile.StoreAsync(bed, lines);
        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.ReadAsync(one)).Joins.Select(join => $"{join.Activity} {join.HasPassed}: {join}").ShouldBe([
            "J False: 1 of 3 have arrived; still to come: Split to B, Split to C",
            "First True: 1 of 1 have arrived; can come: B to First",
        ]);

        foreach (var name in (string[])["B", "C"])
        {
            var activity = (await bed.ReadAsync(one)).Activities.Single(item => item.Name == name);
            await bed.FinishAsync("bank", activity.Destinations[0].Serial);
        }

        (await bed.EndsAsync(one)).ShouldBe("ArrivalKept, ArrivalKept, Completed");
        (await bed.EndsAsync(one, "First")).ShouldBe("Completed, ArrivalDropped");
        (await bed.StatusAsync(one)).ShouldBe(ProcessInstanceStatus.Completed);
    }

    private static Task<WorkflowTestBed> BedAsync() => WorkflowTestBed.CreateAsync(Define(), options => options.SilencedFindings = FindingIds.All);
}
