using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>An activity or a process that waits for its start rule is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenStartRuleTests
{
    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Pack", activity => activity
            .StartRule(DueTime.After(TimeSpan.FromDays(3))).Destinations(to => to.Users("ann")).Client("Pack", task => task.Action("Done"))));
    });

    private static readonly ProcessDefinition _delayed = ProcessDefinition.Define("Delayed", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin)).StartRule(DueTime.After(TimeSpan.FromDays(3)));
        process.StartsWith(process.Activity("Pack", activity => activity.Destinations(to => to.Users("ann")).Client("Pack", task => task.Action("Done"))));
    });

    [Test]
    [Statement("13.8")]
    [Statement("5.3")]
    public async Task An_activity_that_version_9_has_stored_as_waiting_is_read_as_it_was()
    {
        var lines = await GoldenFile.LinesAsync("9", "waiting-for-start.txt", async () =>
        {
            await using var writing = await WorkflowTestBed.CreateAsync(_golden);
            return await GoldenFile.StoredAsync(writing, (await writing.StartAsync("dora")).Id);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        await GoldenFile.StoreAsync(bed, lines);

        var activity = (await bed.ReadAsync(new ProcessInstanceId(1))).Activities.ShouldHaveSingleItem();
        activity.StartsAt.ShouldBe(WorkflowTestBed.Beginning.AddDays(3));
        activity.Destinations.ShouldBeEmpty();
        (await bed.TranscriptAsync(new ProcessInstanceId(1)))
            .ShouldBe(GoldenFile.TranscriptIn(lines));
    }

    /// <summary>A process that has begun says still from when its age counts.</summary>
    [TestCase("waiting-process.txt", 0)]
    [TestCase("begun-process.txt", 4)]
    [Statement("13.8")]
    [Statement("5.4b")]
    public async Task A_process_that_version_10_has_stored_with_a_start_rule_is_read_as_it_was(string file, int days)
    {
        var lines = await GoldenFile.LinesAsync("10", file, async () =>
        {
            await using var writing = await WorkflowTestBed.CreateAsync(_delayed);
            var id = (await writing.StartAsync("dora")).Id;
            if (days > 0)
            {
                await writing.AdvanceAsync(TimeSpan.FromDays(days));
            }
            return await GoldenFile.StoredAsync(writing, id);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(_delayed);
        await GoldenFile.StoreAsync(bed, lines);

        var process = await bed.ReadAsync(new ProcessInstanceId(1));
        process.BeginsAt.ShouldBe(WorkflowTestBed.Beginning.AddDays(3));
        process.StartsAt.ShouldBe(days == 0 ? process.BeginsAt : null);
        process.Activities.Count.ShouldBe(days == 0 ? 0 : 1);
        (await bed.TranscriptAsync(new ProcessInstanceId(1)))
            .ShouldBe(GoldenFile.TranscriptIn(lines));
    }
}
