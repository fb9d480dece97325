using System.Globalization;
using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>The timers of an instance are read by every later version, and fire; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenTimerTests
{
    private static readonly ProcessInstanceId _id = new(1);

    /// <summary>Version 4 has the timers beside what they are for. From version 6 on their owner has them.</summary>
    private static readonly string[] _versions = ["4", "6"];

    /// <summary>
    /// <code>
    /// ►─┬─► Decide [ann, bob; just once] (both sleep) ►
    ///   └─► Vote [role Managers, kept synchronized; per destination] ►
    /// </code>
    /// </summary>
    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Users("ann", "bob")).PlanJustOnce(Slots.Number(2)).Client("Approve", task => task.Action("Yes"))));
        process.StartsWith(process.Activity("Vote", activity => activity
            .Destinations(to => to.Role("Managers").ResolvedToUsers(keepSynchronized: true)).PlanPerDestination().Client("Vote", task => task.Action("Yes"))));
    });

    [Test]
    [CancelAfter(60_000)]
    [Statement("13.8")]
    [Statement("1.10")]
    [Statement("4.9")]
    public async Task Timers_that_a_version_has_stored_fire([ValueSource(nameof(_versions))] string version)
    {
        var path = Path.Combine(FolderOfThisFile(), "Golden", version, "timers.txt");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, await StoredAsync());
        }

        var managers = Managers("cy");
        await using var bed = await BedAsync(managers);
        var lines = await File.ReadAllLinesAsync(path);
        await GoldenFile.StoreAsync(bed, lines);

        (await TimersAsync(bed)).ShouldBe(
            ["Approve 1 of 1/1/2, due after 60 minutes", "Approve 2 of 1/1/2, due after 120 minutes", "Vote 1 of 2/0/0, due after 10 minutes"]);
        managers.Replace(Destination.Role("Managers"), ["cy", "dan"]);
        (await bed.AdvanceAsync(TimeSpan.FromMinutes(10))).ShouldBe(1);
        (await ActivityAsync(bed, "Vote")).Destinations.SelectMany(destination => destination.People).Select(who => who.Name).ShouldBe(["cy", "dan"]);
        (await SleepersAsync(bed)).ShouldBe(["ann", "bob"]);

        await bed.AdvanceAsync(TimeSpan.FromMinutes(50));
        (await SleepersAsync(bed)).ShouldBe(["bob"]);
        await bed.AdvanceAsync(TimeSpan.FromHours(1));
        (await SleepersAsync(bed)).ShouldBeEmpty();
        (await bed.Store.FindTimersAsync(new TimerQuery(), CancellationToken.None)).ShouldHaveSingleItem().Kind.ShouldBe(ProcessTimerKind.Roles);
    }

    private static StaticDestinations Managers(params string[] names) => new() { { Destination.Role("Managers"), names } };

    private static Task<WorkflowTestBed> BedAsync(StaticDestinations managers) =>
        WorkflowTestBed.CreateAsync(_golden, options => options.DestinationResolver = managers);

    private static async Task<ActivityInstance> ActivityAsync(WorkflowTestBed bed, string name) =>
        (await bed.ReadAsync(_id)).Activities.Single(activity => activity.Name == name);

    private static async Task<IEnumerable<string>> SleepersAsync(WorkflowTestBed bed) =>
        (await ActivityAsync(bed, "Decide")).Destinations.Single().WorklistHeader!.Sleeps.Select(sleep => sleep.User);

    /// <summary>The timers that the owners in the instance have.</summary>
    private static async Task<IEnumerable<string>> TimersAsync(WorkflowTestBed bed)
    {
        var process = await bed.ReadAsync(_id);
        var timers = process.TimersOrNull.ShouldNotBeNull();
        return PlantedTimers.AtWork(process).SelectMany(owner => timers.Of(owner)).Select(timer => string.Create(
            CultureInfo.InvariantCulture,
            $"{timer.Element} {timer.Occurrence} of {timer.ActivityInstance}/{timer.Destination}/{timer.EventInstance}, "
            + $"due after {(timer.DueAt - WorkflowTestBed.Beginning).TotalMinutes} minutes")).Order(StringComparer.Ordinal);
    }

    /// <summary>An instance as it is stored now, and its timers.</summary>
    private static async Task<string> StoredAsync()
    {
        await using var bed = await BedAsync(Managers("cy"));
        await bed.StartAsync("dora");
        await (await bed.Engine.As("ann").Worklist.SingleAsync(_id)).SleepAsync(TimeSpan.FromHours(1));
        await (await bed.Engine.As("bob").Worklist.SingleAsync(_id)).SleepAsync(TimeSpan.FromHours(2));
        var timers = await bed.Store.FindTimersAsync(new TimerQuery(), CancellationToken.None);
        return string.Concat(timers.Select(GoldenWords.Of)) + await GoldenFile.StoredAsync(bed, _id);
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
