using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>An instance that has changed its version is read by every later version of the library; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenVersionTests
{
    /// <summary>Its repeats, and the activity behind the first, are those of a version.</summary>
    private static ProcessDefinition Define(int version, string name, Repeat repeat) => ProcessDefinition.Define("Golden", process =>
    {
        process.Version(version).OpenToAll();
        var ask = process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Approve", task => task.Action("Done").Escalation("Nudge", TimeSpan.FromDays(1), then => then.Mails(), repeat))
            .Escalation("Remind", TimeSpan.FromDays(2), then => then.Mails(), repeat));
        process.StartsWith(ask);
        ask.To(process.Activity(name));
    });

    [Test]
    [Statement("13.8")]
    [Statement("8.8b")]
    public async Task An_instance_that_version_15_has_moved_to_another_version_is_read_and_keeps_its_repeats()
    {
        var lines = await GoldenFile.LinesAsync("15", "migrated.txt", async () =>
        {
            await using var writing = await OpenAsync();
            var written = (await writing.StartAsync("dora")).Id;
            await writing.AdvanceAsync(TimeSpan.FromDays(1));
            await writing.Engine.AsSystem().ManageProcesses().MigrateAsync(written, 2, Renames.None.Activity("Close", "File"), "The law has changed.");
            return await GoldenFile.StoredAsync(writing, written);
        });
        await using var bed = await OpenAsync();
        await GoldenFile.StoreAsync(bed, lines);

        var one = new ProcessInstanceId(1);
        (await bed.TranscriptAsync(one)).ShouldBe(GoldenFile.TranscriptIn(lines));
        var process = await bed.ReadAsync(one);
        process.DefinitionVersion.ShouldBe(2);
        var fact = (await bed.HistoryAsync(one)).Single(entry => entry.Kind is JournalKind.VersionChanged);
        (fact.Name, fact.Detail).ShouldBe(("1 to 2", "The law has changed."));
        var activity = process.Activities.ShouldHaveSingleItem();
        var hours = new KeptRepeats(4, Delay.Elapsed(TimeSpan.FromHours(3)));
        process.Timers.RepeatsOf(process.Timers.Of(TimerOwner.Of(activity)).ShouldHaveSingleItem()).ShouldBe(hours);
        process.Timers.RepeatsOf(process.Timers.Of(TimerOwner.OfEvent(activity.Destinations[0])).ShouldHaveSingleItem()).ShouldBe(hours);
    }

    private static Task<WorkflowTestBed> OpenAsync() => WorkflowTestBed.CreateAsync(
        [Define(2, "File", Repeat.Never), Define(1, "Close", Repeat.Times(3).Every(TimeSpan.FromHours(3)))]);
}
