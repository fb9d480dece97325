using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The engine reports a branch that ends silently.</summary>
[TestFixture]
public sealed class Chapter10Endings
{
    private static readonly ProcessField<int> Amount = new("Amount", initial: 5);

    private WarningLog _log = null!;

    [SetUp]
    public void BeginALog() => _log = new WarningLog();

    [TearDown]
    public void LetGoOfTheLog() => _log.Dispose();

    /// <code>
    ///             ┌── Bought ──► Order ►
    /// ► Vote ─────┤
    ///             └── Refused ──► Tell ►
    /// </code>
    private Task<WorkflowTestBed> VoteAsync(Action<ActivityBuilder> vote) => WorkflowTestBed.CreateAsync(
        ProcessDefinition.Define("Purchase", process =>
        {
            process.OpenToAll();
            var activity = process.Activity("Vote", activity =>
            {
                activity
                    .Destinations(to => to.Role("Managers").ResolvedToUsers())
                    .PlanPerDestination()
                    .Client("Vote on it", task => task.Action("Yes").Action("No"))
                    .Outcome("Bought", when: Answers.AtLeast(2) == "Yes")
                    .Outcome("Refused", when: Answers.AtLeast(2) == "No");
                vote(activity);
            });
            process.StartsWith(activity);
            activity.On("Bought", process.Activity("Order")).On("Refused", process.Activity("Tell"));
        }),
        options =>
        {
            options.DestinationResolver = new StaticDestinations { { Destination.Role("Managers"), "ann", "bob" } };
            options.LoggerFactory = _log;
            options.SilencedFindings = FindingIds.All;
        });

    private static async Task<IReadOnlyList<string>> ReportsAsync(WorkflowTestBed bed, ProcessInstanceId id) =>
    [
        .. (await bed.HistoryAsync(id))
            .Where(fact => fact.Kind is JournalKind.EndedWithoutOutcome or JournalKind.NoLineFollowed)
            .Select(fact => $"{fact.Kind} {fact.Name}"),
    ];

    [Test]
    [Statement("10.8")]
    public async Task A_tied_vote_is_reported_twice_for_its_outcome_and_for_its_lines()
    {
        await using var bed = await VoteAsync(_ => { });
        var id = await bed.BeginAsync();

        await bed.ActAsync("ann", "Yes");
        (await ReportsAsync(bed, id)).ShouldBeEmpty();
        await bed.ActAsync("bob", "No");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Completed);
        (await ReportsAsync(bed, id)).ShouldBe(["EndedWithoutOutcome Vote", "NoLineFollowed Vote"]);
        _log.Warnings.Count.ShouldBe(2);
        _log.Warnings[0].ShouldContain("'Vote' ended without an outcome");
        _log.Warnings[1].ShouldContain("no line that leaves 'Vote' was true");
    }

    private static IEnumerable<TestCaseData> Reported()
    {
        yield return Case("expired without an outcome", vote => vote.WhenUnresolved(WhenUnresolved.Expire), "EndedWithoutOutcome Vote", "NoLineFollowed Vote");
        yield return Case("an outcome for the rest without a line", vote => vote.Outcome("Tied", Answers.AllGiven), "NoLineFollowed Vote");
        yield return Case("what Outcome holds at first", vote => vote.OutcomeAtFirst("Refused"));
        yield return Case("what Outcome holds at first without a line", vote => vote.OutcomeAtFirst("Tied"), "NoLineFollowed Vote");
        yield return Case("a failure", vote => vote.WhenUnresolved(WhenUnresolved.Fail));
    }

    private static TestCaseData Case(string says, Action<ActivityBuilder> vote, params string[] reports) =>
        new TestCaseData(vote, reports).SetArgDisplayNames(says);

    [TestCaseSource(nameof(Reported))]
    [Statement("10.8")]
    public async Task Each_way_to_end_a_tied_vote_is_reported_as_far_as_it_is_silent(Action<ActivityBuilder> vote, string[] reports)
    {
        await using var bed = await VoteAsync(vote);
        var id = await bed.BeginAsync();

        await bed.ActAsync("ann", "Yes");
        await bed.ActAsync("bob", "No");

        (await ReportsAsync(bed, id)).ShouldBe(reports);
    }

    [Test]
    [Statement("10.8")]
    public async Task A_skipped_activity_ends_without_an_outcome()
    {
        await using var bed = await VoteAsync(vote => vote
            .WhenNobody(NoDestinations.SkipActivity)
            .PlanPerDestination(Slots.Number(Rule.Choose(Rule.Named("none", _ => true), 0, 1))));

        (await ReportsAsync(bed, await bed.BeginAsync())).ShouldBe(["EndedWithoutOutcome Vote", "NoLineFollowed Vote"]);
        _log.Warnings[0].ShouldContain("'Vote' was skipped");
        _log.Warnings[0].ShouldContain("choose another policy with WhenNobody");
        _log.Warnings[0].ShouldNotContain("an outcome for the rest");
    }

    [Test]
    [Statement("10.8")]
    public async Task An_end_that_a_line_foresees_is_reported_and_told_that_nothing_is_missing()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Purchase", process =>
            {
                process.OpenToAll();
                var vote = process.Activity("Vote", activity => activity
                    .Destinations(to => to.Users("ann"))
                    .Client("Vote on it", task => task.Action("Yes").Action("No"))
                    .Outcome("Bought", when: Answers.AtLeast(1) == "Yes")
                    .WhenUnresolved(WhenUnresolved.Complete));
                process.StartsWith(vote);
                vote.On("Bought", process.Activity("Order")).To(process.Activity("Rework"), when: Outcome.Field.IsNull);
            }),
            options => options.LoggerFactory = _log);
        var id = await bed.BeginAsync();

        await bed.ActAsync("ann", "No");

        (await ReportsAsync(bed, id)).ShouldBe(["EndedWithoutOutcome Vote"]);
        _log.Warnings.ShouldHaveSingleItem()
            .ShouldContain("If a line takes it further, for example with the rule Outcome.Field.IsNull, nothing is missing.");
    }

    /// <code>
    /// ► First ──Amount > as told──► Second ──Amount > as told──► Third ──Amount > as told, twice──► Fourth ►
    /// </code>
    [TestCase(0, 0, 0)]
    [TestCase(9, 0, 0, "NoLineFollowed Start")]
    [TestCase(0, 9, 0, "NoLineFollowed First")]
    [TestCase(0, 0, 9, "NoLineFollowed Second")]
    [Statement("10.8")]
    public async Task A_branch_that_ends_although_there_are_lines_is_reported(int first, int second, int third, params string[] reports)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Chain", process =>
            {
                process.OpenToAll().Fields(Amount);
                var (one, two, three) = (process.Activity("First"), process.Activity("Second"), process.Activity("Third"));
                process.StartsWith(one, Amount > first);
                one.To(two, Amount > second);
                two.To(three, Amount > third, "a").To(three, Amount > third, "b");
            }),
            options => options.LoggerFactory = _log);

        (await ReportsAsync(bed, await bed.BeginAsync())).ShouldBe(reports);

        _log.Warnings.Count.ShouldBe(reports.Length);
    }

    [Test]
    [Statement("10.8")]
    public async Task Only_parallel_branches_that_end_are_reported()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Parallel", process =>
        {
            process.OpenToAll().Fields(Amount);
            var end = process.Activity("End");
            foreach (var (name, least) in new[] { ("a", 0), ("b", 9), ("c", 0), ("d", 9) })
            {
                var branch = process.Activity(name);
                process.StartsWith(branch);
                branch.To(end, Amount > 99, $"{name} never").To(end, Amount > least, $"{name} to the end").To(end, Amount > 99, $"{name} never again");
            }
        }));

        (await ReportsAsync(bed, await bed.BeginAsync())).ShouldBe(["NoLineFollowed b", "NoLineFollowed d"]);
    }
}
