using System.Runtime.CompilerServices;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>Every later version must read the stored form of a released one. The files beside this class hold instances in a version of the stored form, with
/// the transcript that they must show. They are never rewritten; a new form gets a folder of its own. With UPDATE=1 a missing file is written.</summary>
[TestFixture]
internal sealed class GoldenTests
{
    private static readonly ProcessField<decimal> _amount = new("Amount");
    private static readonly ProcessField<IReadOnlyList<string>> _tags = new("Tags");
    private static readonly DestinationField<string> _remark = new("Remark");

    /// <summary>
    /// <code>
    /// ►─┬─► Decide [role Managers; per destination]: two of three ──► Archive ►
    ///   └─► Pay (waits for the bank) ──► Check (fails when the amount is negative) ►
    /// </code>
    /// </summary>
    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Fields(_amount, _tags);
        var decide = process.Activity("Decide", activity => activity
            .Fields(_remark)
            .Destinations(to => to.Role("Managers").ResolvedToUsers())
            .PlanPerDestination()
            .Client("Approve", task => task.Action("Yes").Action("No"))
            .Outcome("Approved", when: Answers.AtLeast(2) == "Yes"));
        var archive = process.Activity("Archive", activity => activity.Server("File", _ => { }));
        var pay = process.Activity("Pay", activity => activity.Server("Order", context => context.WaitUntilFinished("order 7")));
        var check = process.Activity("Check", activity => activity.Server("Compare", context =>
        {
            if (context.Get(_amount) < 0)
            {
                throw new InvalidOperationException("The amount is negative.");
            }
        }));
        process.StartsWith(decide).StartsWith(pay);
        decide.On("Approved", archive);
        pay.To(check);
    });

    private static readonly string[] _names = ["waiting", "answered", "in error", "completed"];

    /// <summary>The versions of most pieces in each folder.</summary>
    private static readonly string[] _versions = ["1", "3", "4", "7"];

    /// <summary>Those in which a piece is bound to its place.</summary>
    private static readonly string[] _placed = ["3", "4", "7"];

    [Test]
    [Statement("13.8")]
    public async Task The_stored_form_of_each_version_is_read_as_it_was(
        [ValueSource(nameof(_versions))] string version, [ValueSource(nameof(_names))] string name)
    {
        var lines = await GoldenFile.LinesAsync(version, $"{name.Replace(' ', '-')}.txt", () => StoredAsync(name));
        await using var bed = await WorkflowTestBed.CreateAsync(_golden, Configure);
        await GoldenFile.StoreAsync(bed, lines);

        var transcript = await bed.TranscriptAsync(new ProcessInstanceId(1));

        transcript.ShouldBe(GoldenFile.TranscriptIn(lines));
    }

    [Test]
    [Statement("13.8")]
    [Statement("7.3")]
    public async Task An_instance_stored_by_each_version_continues([ValueSource(nameof(_versions))] string version)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(FolderOfThisFile(), "Golden", version, "answered.txt"));
        await using var bed = await WorkflowTestBed.CreateAsync(_golden, Configure);
        await GoldenFile.StoreAsync(bed, lines);

        (await bed.Engine.AsSystem().FinishAsync(SerialNumber.Parse("1_1"))).ShouldBe(FinishReceipt.Applied);

        (await bed.OpenActivitiesAsync(new ProcessInstanceId(1))).ShouldBe(["Decide"]);
    }

    /// <summary>An instance with a part of every kind.</summary>
    [Test]
    [CancelAfter(60_000)]
    [Statement("13.8")]
    public async Task Parts_of_every_kind_that_a_version_has_stored_are_read_and_go_on([ValueSource(nameof(_placed))] string version)
    {
        var lines = await GoldenFile.LinesAsync(version, "every-kind.txt", async () =>
        {
            await using var writing = await WorkflowTestBed.CreateAsync(EveryKind.Definition);
            return await GoldenFile.StoredAsync(writing, await EveryKind.StartAsync(writing.Engine));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(EveryKind.Definition);
        var id = new ProcessInstanceId(1);
        await GoldenFile.StoreAsync(bed, lines, definition: "Every");

        (await bed.TranscriptAsync(id)).ShouldBe(GoldenFile.TranscriptIn(lines));
        await EveryKind.VoteAsync(bed.Engine, id, "v3");
        await EveryKind.VoteAsync(bed.Engine, id, "v4");

        (await bed.ReadAsync(id)).FindDestination(2).ShouldNotBeNull().Slots.Select(slot => slot.User).ShouldBe(["v1", "v2", "v3", "v4"]);
    }

    private static void Configure(Core.Runtime.WorkflowOptions options) =>
        options.DestinationResolver = new StaticDestinations { { Destination.Role("Managers"), "ann", "bob", "cy" } };

    /// <summary>An instance as it is stored, and what it must show.</summary>
    private static async Task<string> StoredAsync(string name)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_golden, Configure);
        var system = bed.Engine.AsSystem();
        var golden = (await system.StartAsync(
            "Golden", start => start.Folio("Train to Lisbon").Set(_amount, name == "in error" ? -2.5m : 240m).Set(_tags, ["a", "b"]))).Id;
        var ann = bed.Engine.As("ann");
        var serial = (await ann.Worklist.SingleAsync(golden)).Serial;
        await ann.Worklist.OpenAsync(serial);
        await (await bed.Engine.As("bob").Worklist.SingleAsync(golden)).DelegateAsync(Destination.User("dan"), ["Yes"]);
        await (await bed.Engine.As("cy").Worklist.SingleAsync(golden)).SleepAsync(TimeSpan.FromDays(3));
        if (name is "answered" or "completed")
        {
            await ann.Worklist.ExecuteAsync(serial, "Yes", answer => answer.Set(_remark, "fine"));
        }

        if (name is "in error" or "completed")
        {
            await system.FinishAsync((await bed.ServerItemsAsync(golden)).Single());
        }

        if (name is "completed")
        {
            await (await bed.Engine.As("dan").Worklist.SingleAsync(golden)).ExecuteAsync("Yes");
        }

        return await GoldenFile.StoredAsync(bed, golden);
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
