using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Activities that wait for their milestone, and milestones that are still to be asked, are read by every later version; see
/// <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenMilestoneTests
{
    private bool _isBroken = true;

    [Test]
    [Statement("13.8")]
    [Statement("13.1j")]
    public async Task A_milestone_that_version_18_has_stored_before_it_was_asked_is_read_and_asked()
    {
        var lines = await GoldenFile.LinesAsync("18", "milestone.txt", async () =>
        {
            await using var writing = await BedAsync();
            var id = await writing.BeginAsync();
            await writing.SetAsync(id, isOpen: true);
            return await GoldenFile.StoredAsync(writing, id);
        });
        await using var bed = await BedAsync();
        await GoldenFile.StoreAsync(bed, lines, definition: "Order");
        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.TurnsAsync(one)).ShouldStartWith("Object: its milestone is not reached");

        _isBroken = false;
        await bed.Admin().RetryAsync(one);

        (await bed.TurnsAsync(one)).ShouldBe("Object; Office");
        (await bed.MilestoneFactsAsync(one)).ShouldBe("MilestoneAwaited Object; MilestoneReached Object");
    }

    private Task<WorkflowTestBed> BedAsync() => Staging.BedAsync(more: (process, all) => all[1].To(
        process.Activity("Never"), Rule.Named("broken", _ => _isBroken ? throw new InvalidOperationException("broken") : false)));
}
