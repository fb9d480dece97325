using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Escalations that are armed, held and failed are read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenEscalationTests
{
    /// <code>
    /// ► Approve (ann; three levels of escalations) ──►
    /// </code>
    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.Escalation("Stale", after: TimeSpan.FromDays(60), then => then.GoTo("Approve"));
        process.StartsWith(process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("ann"))
            .Client("Decide", task => task.Action("Done").Escalation("Hand over", after: TimeSpan.FromDays(7), then => then.RedirectTo("dan")))
            .Escalation("Pass up", after: TimeSpan.FromDays(2), then => then.RedirectToManager(), repeat: 3)));
    });

    [Test]
    [Statement("13.8")]
    [Statement("6.2")]
    public async Task Escalations_that_version_11_has_armed_are_read_as_they_were()
    {
        await using var bed = await ReadAsync("escalations-armed", advance: TimeSpan.FromHours(1));

        var process = await bed.ReadAsync(new ProcessInstanceId(1));
        var activity = process.Activities.ShouldHaveSingleItem();
        var beginning = WorkflowTestBed.Beginning;
        process.Escalations.ShouldBe([new ArmedEscalation("Stale", beginning.AddDays(60), 1)]);
        activity.Escalations.ShouldBe([new ArmedEscalation("Pass up", beginning.AddDays(2), 1)]);
        activity.Destinations.ShouldHaveSingleItem().Escalations.ShouldBe([new ArmedEscalation("Hand over", beginning.AddDays(7), 1)]);
    }

    /// <summary>The user has no manager, so the action has failed on the second day. Two firings were due later, and are held.</summary>
    [Test]
    [Statement("13.8")]
    [Statement("6.11")]
    [Statement("6.6")]
    public async Task A_failed_escalation_that_version_11_has_stored_is_read_as_it_was()
    {
        await using var bed = await ReadAsync("escalation-failed", advance: TimeSpan.FromDays(8));

        var process = await bed.ReadAsync(new ProcessInstanceId(1));
        process.Status.ShouldBe(ProcessInstanceStatus.Error);
        process.Error.ShouldNotBeNull().Element.ShouldBe("escalation 'Pass up' of 'Approve'");
        var activity = process.Activities.ShouldHaveSingleItem();
        activity.Escalations.ShouldBe([new ArmedEscalation("Pass up", WorkflowTestBed.Beginning.AddDays(4), 2)]);
        process.Timers.Firings.Of(TimerOwner.Of(activity)).ShouldHaveSingleItem().Status.ShouldBe(FiringStatus.Failed);
        process.Timers.IsHeld(process.Timers.Of(TimerOwner.Of(activity)).ShouldHaveSingleItem()).ShouldBeTrue();
    }

    private static async Task<WorkflowTestBed> ReadAsync(string name, TimeSpan advance)
    {
        var lines = await GoldenFile.LinesAsync("11", $"{name}.txt", async () =>
        {
            await using var writing = await WorkflowTestBed.CreateAsync(_golden, options => options.DestinationResolver = new StaticDestinations());
            var id = (await writing.StartAsync("dora")).Id;
            await writing.AdvanceAsync(advance);
            return await GoldenFile.StoredAsync(writing, id);
        });
        var bed = await WorkflowTestBed.CreateAsync(_golden, options => options.DestinationResolver = new StaticDestinations());
        await GoldenFile.StoreAsync(bed, lines);
        (await bed.TranscriptAsync(new ProcessInstanceId(1)))
            .ShouldBe(GoldenFile.TranscriptIn(lines));
        return bed;
    }
}
