using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Dates without a time and amounts of time are read by every later version, wherever a value is stored; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenCalendarTypeTests
{
    private static readonly DateOnly _day = new(2026, 12, 24);
    private static readonly TimeSpan _time = new(1, 2, 3, 4, 5);

    private static readonly ProcessField<DateOnly> _ofProcess = new("Departure");
    private static readonly ProcessField<IReadOnlyList<TimeSpan>> _legs = new("Legs");
    private static readonly ActivityField<TimeSpan> _ofActivity = new("Patience", initial: _time);
    private static readonly DestinationField<DateOnly> _ofDestination = new("Proposal");

    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Fields(_ofProcess, _legs).Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Fields(_ofActivity, _ofDestination)
            .Destinations(to => to.Users("ann", "bob", "cy", "dan", "eve", "flo")).PlanJustOnce(Slots.Number(6))
            .Client("Propose", task => task.Action("Yes"))));
    });

    [Test]
    [Statement("13.8")]
    [Statement("11.2")]
    public async Task Calendar_values_that_version_8_has_stored_are_read_as_they_were()
    {
        var lines = await GoldenFile.LinesAsync("8", "calendar-types.txt", StoredAsync);
        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        await GoldenFile.StoreAsync(bed, lines);

        var process = await bed.ReadAsync(new ProcessInstanceId(1));
        var activity = process.Activities.ShouldHaveSingleItem();
        var destination = activity.Destinations.ShouldHaveSingleItem();
        process.Fields.Get<DateOnly>("Departure").ShouldBe(_day);
        process.Fields.Get<IReadOnlyList<TimeSpan>>("Legs").ShouldBe([_time, -_time]);
        activity.Fields.Get<TimeSpan>("Patience").ShouldBe(_time);
        destination.Fields.Get<DateOnly>("Proposal").ShouldBe(_day.AddDays(1));
        destination.Slots.Single(slot => slot.User == "ann").Fields.Get<DateOnly>("Proposal").ShouldBe(_day.AddDays(1));
        (await bed.TranscriptAsync(process.Id)).ShouldBe(GoldenFile.TranscriptIn(lines));
    }

    [Test]
    [Statement("13.8")]
    public async Task Each_piece_with_such_a_value_has_the_version_that_brought_it()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        var id = await AnsweredAsync(bed);

        var parts = (await bed.Store.LoadAsync(id, CancellationToken.None)).ShouldNotBeNull().Parts;

        parts.Where(part => part.Content.Span[0] == PartFormat.WithCalendarTypes).Select(part => (PartKind)part.Content.Span[1]).Distinct().Order()
            .ShouldBe([PartKind.Header, PartKind.Activity, PartKind.Destination, PartKind.Slot]);
    }

    private static async Task<string> StoredAsync()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        return await GoldenFile.StoredAsync(bed, await AnsweredAsync(bed));
    }

    private static async Task<ProcessInstanceId> AnsweredAsync(WorkflowTestBed bed)
    {
        var id = (await bed.Engine.As("dora").StartAsync("Golden", start => start.Set(_ofProcess, _day).Set(_legs, [_time, -_time]))).Id;
        var task = await bed.Engine.As("ann").Worklist.SingleAsync(id);
        await task.ExecuteAsync("Yes", answer => answer.Set(_ofDestination, _day.AddDays(1)));
        return id;
    }
}
