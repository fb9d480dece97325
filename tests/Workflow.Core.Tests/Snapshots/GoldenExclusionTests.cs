using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>The exclusions of an activity are read by every later version; see <see cref="GoldenTests"/>.</summary>
[TestFixture]
internal sealed class GoldenExclusionTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);
    private static readonly ProcessField<string> _left = new("Left", initial: "ann");

    /// <summary>The definition of the instances whose exclusions are stored.</summary>
    public static ProcessDefinition Definition => _golden;

    private static readonly ProcessDefinition _golden = ProcessDefinition.Define("Golden", process =>
    {
        process.Rights(rights => rights.Everyone(ProcessRight.Admin));
        process.StartsWith(process.Activity("Decide", activity => activity
            .Destinations(to => to.Set("Managers").Role("Managers").ExceptOriginator().Except("Björn").Set("Above").Role("Directors").Except("Björn"))
            .Client("Approve", task => task.Action("Yes"))));
    });

    /// <summary>Other waits for the bank, which changes whom Vote leaves out while the resolver is asked.</summary>
    private static readonly ProcessDefinition _asking = ProcessDefinition.Define("Golden", process =>
    {
        process.OpenToAll().Fields(_left);
        process.StartsWith(process.Activity("Other", activity => activity.Waits()));
        var first = process.Activity("First", activity => activity.Destinations(to => to.Users("eve")).Client("Begin", task => task.Action("Done")));
        process.StartsWith(first);
        first.To(process.Activity("Vote", activity => activity
            .Destinations(to => to.Set("Voters").Role("R").Except(_left).ResolvedToUsers())
            .Client("Vote", task => task.Action("Yes"))));
    });

    /// <summary>Such a planning had the version of the others at first. It has a newer one, so that a library that does not know
    /// exclusions says so and speaks of no damage.</summary>
    [TestCase("exclusions.txt", 1)]
    [TestCase("exclusions-newer.txt", 2)]
    [Statement("13.8")]
    [Statement("4.10")]
    public async Task Exclusions_of_an_earlier_version_hold_as_before(string file, byte version)
    {
        var path = Path.Combine(FolderOfThisFile(), "Golden", "1", file);
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            await File.WriteAllTextAsync(path, await StoredAsync());
        }

        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        await GoldenFile.StoreAsync(bed, await File.ReadAllLinesAsync(path));

        var activity = (await bed.ReadAsync(new ProcessInstanceId(1))).Activities.ShouldHaveSingleItem();

        var exclusions = activity.PlanningOrNull.ShouldNotBeNull().Exclusions.ShouldNotBeNull();
        exclusions.Select(exclusion => $"{exclusion.User} by {exclusion.Set} through {string.Join(", ", exclusion.Through)}")
            .ShouldBe(["ann by Managers through role Directors", "Björn by Managers through "]);
    }

    /// <summary>A question that was asked did not say at first whom its rule leaves out; then the rule is read when the answer comes.</summary>
    [TestCase("asking.txt", 1, null, "cy")]
    [TestCase("asking-with-left-out.txt", 2, "ann", "bob")]
    [CancelAfter(60_000)]
    [Statement("13.8")]
    [Statement("4.10")]
    public async Task A_question_that_an_earlier_version_has_asked_is_read_as_it_was_and_asked_again(string file, byte version, string? leftOut, string voter)
    {
        var path = Path.Combine(FolderOfThisFile(), "Golden", "1", file);
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            await File.WriteAllTextAsync(path, await AskingAsync());
        }

        var lines = await File.ReadAllLinesAsync(path);
        lines.Single(line => line.StartsWith("part 3 0 1 ", StringComparison.Ordinal))
            .ShouldStartWith(
                $"part 3 0 1 {version:00}", Case.Sensitive, "a library that does not know whom a question leaves out takes it for newer, and not for damage");
        var members = new AskedResolver(_ => ["ann", voter]);
        await using var bed = await WorkflowTestBed.CreateAsync(_asking, options => options.DestinationResolver = members);
        await GoldenFile.StoreAsync(bed, lines, hasPendingCall: true);

        var question = (await bed.ReadAsync(new ProcessInstanceId(1))).Activities.Single(activity => activity.Name == "Vote").MemberQuestion.ShouldNotBeNull();
        question.Wanted.ShouldHaveSingleItem().Destination.ShouldBe(Destination.Role("R"));
        question.LeftOut?.ShouldHaveSingleItem().Users.ShouldHaveSingleItem().Name.ShouldBe(leftOut);
        (question.LeftOut is null).ShouldBe(leftOut is null);

        await bed.RestartAsync().WaitAsync(_limit);
        (await bed.ActiveAsync(new ProcessInstanceId(1), "Vote")).Names().ShouldBe([leftOut is null ? $"ann+{voter}" : voter]);
    }

    /// <summary>An activity knows which roles were reported as unknown.</summary>
    [Test]
    [Statement("13.8")]
    [Statement("4.12")]
    public async Task Roles_that_an_earlier_version_has_reported_are_not_reported_again()
    {
        var path = Path.Combine(FolderOfThisFile(), "Golden", "1", "unknown-role.txt");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            await using var writing = await WorkflowTestBed.CreateAsync(_golden);
            var id = (await writing.StartAsync("ann")).Id;
            await writing.Engine.RunDueTimersAsync();
            await File.WriteAllTextAsync(path, await GoldenFile.StoredAsync(writing, id));
        }

        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        await GoldenFile.StoreAsync(bed, await File.ReadAllLinesAsync(path));

        var activity = (await bed.ReadAsync(new ProcessInstanceId(1))).Activities.ShouldHaveSingleItem();

        activity.PlanningOrNull.ShouldNotBeNull().Reported.ShouldBe([Destination.Role("Managers"), Destination.Role("Directors")]);
    }

    private static async Task<string> AskingAsync()
    {
        var hanging = new TaskCompletionSource();
        var resolver = new AskedResolver(async (asked, cancellation) =>
        {
            await hanging.Task.WaitAsync(_limit, cancellation);
            return AskedResolver.Answers(asked, _ => ["ann", "bob"]);
        });
        await using var bed = await WorkflowTestBed.CreateAsync(_asking, options => options.DestinationResolver = resolver);
        await bed.BeginAsync();
        var first = bed.ActAsync("eve", "Done");
        await resolver.Reached.WaitAsync(_limit);
        await bed.FinishAsync(new ProcessInstanceId(1), "Other", finish => finish.Set(_left, "bob")).WaitAsync(_limit);

        var stored = await GoldenFile.StoredAsync(bed, new ProcessInstanceId(1));

        hanging.TrySetResult();
        await first.WaitAsync(_limit);
        return stored;
    }

    private static async Task<string> StoredAsync()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(_golden);
        return await GoldenFile.StoredAsync(bed, (await bed.StartAsync("ann")).Id);
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
