using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>An exclusive group with its holder, and a member that waits, are read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenGroupTests
{
    [Test]
    [Statement("13.8")]
    [Statement("13.1f")]
    public async Task A_group_that_version_18_has_stored_is_read_and_goes_on()
    {
        var lines = await GoldenFile.LinesAsync("18", "waiting.txt", async () =>
        {
            await using var writing = await Grouping.BedAsync();
            var id = await writing.BeginAsync(start => start.Set(Grouping.IsAgain, true));
            await writing.DoneAsync(id, "Inspect");
            return await GoldenFile.StoredAsync(writing, id);
        });
        await using var bed = await Grouping.BedAsync();
        await GoldenFile.StoreAsync(bed, lines, definition: "Order");
        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.TurnsAsync(one)).ShouldBe("Repair*; Inspect: 'Repair' (3) holds the group");

        // The server items are only in the words of the store, which the file lacks.
        await bed.FinishAsync("bank", (await bed.ReadAsync(one)).Activities[0].Destinations[0].Serial);

        (await bed.TurnsAsync(one)).ShouldBe("Inspect*");
    }

    [Test]
    [Statement("14.7b")]
    [Statement("13.1f")]
    public async Task A_group_that_is_held_by_an_activity_outside_of_all_groups_is_refused()
    {
        var lines = await GoldenFile.LinesAsync("18", "waiting.txt", () => throw new InvalidOperationException("The file is there."));
        await using var bed = await WorkflowTestBed.CreateAsync(
            Orders.Define(process =>
            {
                process.Fields(Grouping.IsAgain);
                var (split, inspect) = (process.Activity("Split"), process.Activity("Inspect", activity => activity.Waits()));
                var repair = process.Activity("Repair", activity => activity.Waits());
                process.StartsWith(split);
                split.To(inspect).To(repair);
                inspect.To(inspect, when: Grouping.IsAgain == true);
            }),
            options => options.SilencedFindings = FindingIds.All);
        await GoldenFile.StoreAsync(bed, lines, definition: "Order");

        var refused = await Should.ThrowAsync<StoredFormatException>(() => bed.ReadAsync(new ProcessInstanceId(1)));

        refused.Message.ShouldContain("activity instance 3 holds a group, and its activity is in none");
    }
}
