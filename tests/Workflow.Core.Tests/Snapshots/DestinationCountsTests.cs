using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>The counts that an activity instance with several destinations stores of them (statement 14.6).</summary>
[TestFixture]
internal sealed class DestinationCountsTests
{
    private static readonly ProcessInstanceId _id = new(1);
    private static readonly PartKey _activity = new(1, 0);

    /// <summary>The counts at the end of the part when one of three has said yes. These are active destinations plus one, those at work, and those that need a
    /// shared slot. After them comes one counted text: its field, the text, and the slots that hold it.</summary>
    private static readonly byte[] _counts = [3, 2, 0, 1, 13, .. "Action Result"u8, 3, .. "Yes"u8, 1];

    private static readonly (string What, int Place)[] _places =
    [
        ("active destinations", 0), ("destinations at work", 1), ("destinations that need a shared slot", 2), ("answers", _counts.Length - 1),
    ];

    private static IEnumerable<string> Names => _places.Select(place => place.What);

    [Test]
    [CancelAfter(60_000)]
    [Statement("14.6")]
    public async Task An_activity_instance_stores_what_it_counts_over_several_destinations()
    {
        await using var bed = await AnsweredAsync("ann", "bob", "cy");

        var content = await ContentAsync(bed);

        content[0].ShouldBe(PartFormat.WithCounts);
        content[^_counts.Length..].ShouldBe(_counts);
    }

    [Test]
    [CancelAfter(60_000)]
    [Statement("14.6")]
    public async Task An_activity_instance_with_one_destination_is_stored_as_before()
    {
        await using var bed = await BedAsync("ann");
        await bed.StartAsync("dora");

        (await ContentAsync(bed))[0].ShouldBe(PartFormat.Counted);
    }

    [TestCaseSource(nameof(Names))]
    [CancelAfter(60_000)]
    [Statement("14.7b")]
    public async Task A_count_that_does_not_fit_the_destinations_is_found_and_the_instance_set_aside(string what)
    {
        await using var bed = await AnsweredAsync("ann", "bob", "cy");
        var content = await ContentAsync(bed);
        content[^(_counts.Length - _places.Single(place => place.What == what).Place)] ^= 1;
        await bed.Store.CommitAsync(
            Commits.New(_id, (await bed.Store.LoadAsync(_id, default)).ShouldNotBeNull().Version, [
                new StoredPart(_activity, Piece.Sealed(content, _id, _activity))]) with { Record = null },
            CancellationToken.None);

        await Should.ThrowAsync<StoredFormatException>(() => bed.Engine.AsSystem().ReadAsync(_id).AsTask());

        (await bed.Engine.AsSystem().FindProcessesAsync(new ProcessQuery { IsSetAside = true })).ShouldHaveSingleItem().Id.ShouldBe(_id);
    }

    private static Task<WorkflowTestBed> BedAsync(params string[] users) => WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Decision", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users(users))
            .PlanPerDestination()
            .Client("Decide", task => task.Action("Yes").Action("No"))
            .Outcome("Approved", when: Answers.AtLeast(2) == "Yes")));
    }));

    /// <summary>The first user has said yes.</summary>
    private static async Task<WorkflowTestBed> AnsweredAsync(params string[] users)
    {
        var bed = await BedAsync(users);
        await bed.StartAsync("dora");
        await bed.Engine.As(users[0]).Worklist.ExecuteAsync(new SerialNumber(_id, 1), "Yes");
        return bed;
    }

    private static async Task<byte[]> ContentAsync(WorkflowTestBed bed) =>
        Piece.Opened((await bed.Store.LoadAsync(_id, CancellationToken.None)).ShouldNotBeNull().Parts.Single(part => part.Key == _activity).Content.Span);
}
