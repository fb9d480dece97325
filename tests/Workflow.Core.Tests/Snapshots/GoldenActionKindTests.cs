using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>A history with actions that redirect and release is read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenActionKindTests
{
    private static readonly ProcessField<string> _by = new("By");

    private static ProcessDefinition Define() => ProcessDefinition.Define("Kinds", process =>
    {
        process.OpenToAll().Fields(_by);
        process.StartsWith(process.Activity("Ask", activity => activity
            .Destinations(to => to.Users("ann", "bob"))
            .Client("Decide", task => task
                .Action("Approve")
                .Redirect("Pass on", to => to.Originator(), action => action.Sets(_by, Acting.User))
                .Release("Put back"))));
    });

    [Test]
    [Statement("13.8")]
    [Statement("2.11b")]
    public async Task A_history_that_version_22_has_stored_is_read()
    {
        var lines = await GoldenFile.LinesAsync("22", "action-kinds.txt", async () =>
        {
            await using var writing = await BedAsync();
            var id = (await writing.StartAsync("dora")).Id;
            await writing.Engine.As("ann").Worklist.OpenAsync(id.Task(1));
            await writing.ActAsync("ann", id.Task(1), "Put back");
            await writing.ActAsync("bob", id.Task(1), "Pass on");
            return await GoldenFile.StoredAsync(writing, id);
        });
        await using var bed = await BedAsync();
        await GoldenFile.StoreAsync(bed, lines);
        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        (await bed.NamesAsync(one, JournalKind.ActionTaken)).ShouldBe(["Put back", "Pass on"]);
        (await bed.ReadAsync(one)).Fields.Get<string>("By").ShouldBe("bob");
        (await bed.ActiveAsync(one, "Ask")).Destinations.ShouldHaveSingleItem().Destinations.Select(who => who.Name).ShouldBe(["ann", "dora"]);
    }

    private static Task<WorkflowTestBed> BedAsync() => WorkflowTestBed.CreateAsync(Define(), options => options.SilencedFindings = FindingIds.All);
}
