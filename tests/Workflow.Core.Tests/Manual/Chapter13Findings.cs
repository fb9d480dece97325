using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;
using Workflow.Core.Tests.Architecture;
using Workflow.Core.Tests.Scenarios;

namespace Workflow.Core.Tests.Manual;

/// <summary>What deploying a definition finds in it.</summary>
[TestFixture]
public sealed class Chapter13Findings
{
    private static readonly ProcessField<int> Amount = new("Amount");
    private static readonly ProcessField<string> Who = new("Who");
    private static readonly ActivityField<bool> IsUrgent = new("Is urgent", initial: false);

    private static TestCaseData Case(string says, Action<ActivityBuilder> approve, params string[] found) =>
        new TestCaseData(approve, found).SetArgDisplayNames(says);

    private static ActivityBuilder ForTwo(ActivityBuilder activity) => activity.Destinations(to => to.Users("ann", "bob"));

    private static ActivityBuilder Decides(ActivityBuilder activity, params string[] actions) =>
        activity.Client("Decide", task => Array.ForEach(actions, action => task.Action(action)));

    private static IEnumerable<TestCaseData> Outcomes()
    {
        yield return Case("a tied vote",
            activity => Vote(ForTwo(activity).PlanPerDestination(), approve: 2, decline: 2),
            "after the answers 'Approve', 'Decline' in 2 slots none of its outcomes is true, so it ends without an outcome");
        yield return Case("a tied vote in turn",
            activity => Vote(ForTwo(activity).PlanPerDestinationInTurn(), 2, 2),
            "after the answers 'Approve', 'Decline' in 2 slots none of its outcomes is true, so it ends without an outcome");
        yield return Case("a tied vote planned once",
            activity => Vote(ForTwo(activity).PlanJustOnce(Slots.Number(2)), 2, 2),
            "after the answers 'Approve', 'Decline' in 2 slots none of its outcomes is true, so it waits for an answer that cannot come");
        yield return Case("fewer slots than destinations", activity => Vote(ForTwo(activity).PlanPerDestination(Slots.Number(1)), 2, 1),
            "after the answer 'Approve' in 1 slot none of its outcomes is true, so it waits for an answer that cannot come");
        yield return Case("more slots than destinations", activity => Vote(ForTwo(activity).PlanJustOnce(Slots.Number(4)), 3, 2),
            "after the answers 'Approve', 'Approve' in 4 slots none of its outcomes is true, so it waits for an answer that cannot come");
        yield return Case("every destination, of which some have no slot",
            activity => Decides(ForTwo(activity).PlanPerDestination(Slots.Number(1)), "Approve", "Decline")
                .Outcome("Approved", Answers.All == "Approve").Outcome("Declined", Answers.AtLeast(1) == "Decline"),
            "after the answer 'Approve' in 1 slot none of its outcomes is true, so it waits for an answer that cannot come");
        yield return Case("a vote that cannot tie", activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 1));
        yield return Case("one destination for a role",
            activity => Vote(activity.Destinations(to => to.Role("Managers")).PlanPerDestination(), 2, 1),
            "after the answer 'Approve' in 1 slot none of its outcomes is true, so it ends without an outcome");
        yield return Case("as many as the role has",
            activity => Vote(activity.Destinations(to => to.Role("Managers").ResolvedToUsers()).PlanPerDestination(), 2, 1),
            "after the answer 'Approve' in 1 slot none of its outcomes is true, so it ends without an outcome");
        yield return Case("outcomes from actions, and two slots",
            activity => Decides(ForTwo(activity).PlanPerDestination(), "Approve", "Decline").OutcomesFromActions(),
            "after the answers 'Approve', 'Decline' in 2 slots none of its outcomes is true, so it ends without an outcome");
        yield return Case("outcomes from actions, and one slot", activity => Decides(ForTwo(activity), "Approve", "Decline").OutcomesFromActions());
        yield return Case("an outcome for the rest", activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 2).Outcome("Undecided", Answers.AllGiven));
        yield return Case("an outcome without a rule", activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 2).Outcome("Undecided"));
        yield return Case("what Outcome holds at first", activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 2).OutcomeAtFirst("Declined"));
        yield return Case("a failure that is wanted", activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 2).WhenUnresolved(WhenUnresolved.Fail));
        yield return Case("an early answer that ends it",
            activity => Decides(ForTwo(activity).PlanPerDestination(), "Approve", "Decline").Outcome("First", Answers.AtMost(1) == "Approve"));
        yield return Case("in turn nothing ends it early",
            activity => Decides(ForTwo(activity).PlanPerDestinationInTurn(), "Approve", "Decline").Outcome("First", Answers.AtMost(1) == "Approve"),
            "after the answers 'Approve', 'Approve' in 2 slots none of its outcomes is true, so it ends without an outcome");
        yield return Case("six slots and four actions",
            activity => Decides(activity.Destinations(to => to.Users("a", "b", "c", "d", "e", "f")).PlanPerDestination(), "A", "B", "C", "D")
            .Outcome("Most A", Answers.AtLeast(4) == "A").Outcome("Some other", Answers.CountOf(ActionResult.Field != "A") >= 4),
            "after the answers 'A', 'A', 'A', 'B', 'B', 'B' in 6 slots none of its outcomes is true, so it ends without an outcome");
        yield return Case("the last answer decides",
            activity => Decides(ForTwo(activity).PlanPerDestinationInTurn(), "Approve", "Decline").Outcome("Approved", ActionResult.Field == "Approve"),
            "after the answers 'Approve', 'Decline' in 2 slots none of its outcomes is true, so it ends without an outcome");
        yield return Case("a number of slots that is chosen",
            activity => Vote(ForTwo(activity).PlanPerDestination(Slots.Number(Rule.Choose(Amount > 1000, 3, 2))), 2, 1));
        yield return Case("a list of rules",
            activity => Decides(ForTwo(activity).PlanPerDestination(), "Approve",
            "Decline").Outcome("Any", Rule.List(Answers.AllGiven).And(Rule.List(!(Answers.AtLeast(1) == "Approve")).Xor(Answers.AtLeast(1) == "Approve"))));
    }

    [TestCaseSource(nameof(Outcomes))]
    [Statement("13.4")]
    public async Task Outcomes_that_can_all_be_false_are_found_with_the_answers(Action<ActivityBuilder> approve, string[] reasons)
    {
        var findings = await FindAsync(approve);

        findings.Select(finding => finding.Reason).ShouldBe(reasons);
        findings.ShouldAllBe(finding => finding.Id == FindingIds.OutcomesCanAllBeFalse && finding.Severity == FindingSeverity.Warning);
        findings.ShouldAllBe(finding => finding.Path == "activity 'Approve'");
    }

    private static IEnumerable<TestCaseData> Unknown()
    {
        yield return Case("code",
            activity => Decides(ForTwo(activity), "Approve").Outcome("Approved", Rule.Named("is a holiday", _ => true)), "'is a holiday' is code");
        yield return Case("data",
            activity => Decides(ForTwo(activity), "Approve").Outcome("Approved", Answers.AllSlots == "Approve" & Amount > 5),
            "it reads the process field 'Amount'");
        yield return Case("seven slots",
            activity => Vote(activity.Destinations(to => to.Users("a", "b", "c", "d", "e", "f", "g")).PlanPerDestination(), 4, 4),
            "it plans more than 6 slots");
        yield return Case("five actions",
            activity => Decides(ForTwo(activity), "A", "B", "C", "D", "E").Outcome("A", Answers.AllSlots == "A"), "its task has 5 actions");
        yield return Case("no task", activity => activity.Fields(Outcome.Field).Server("Work", _ => { }).Outcome("Done", Amount > 5), "it has no task");
        yield return Case("two tasks",
            activity => Decides(ForTwo(activity), "A").Client("Again", task => task.Action("B")).Outcome("A", Answers.AllSlots == "A"), "it has several tasks");
    }

    [TestCaseSource(nameof(Unknown))]
    [Statement("13.4")]
    public async Task What_cannot_be_tried_is_told_with_the_reason(Action<ActivityBuilder> approve, string[] reasons)
    {
        var finding = (await FindAsync(approve)).ShouldHaveSingleItem();

        finding.Id.ShouldBe(FindingIds.OutcomesNotTried);
        finding.Severity.ShouldBe(FindingSeverity.Information);
        finding.Reason.ShouldContain(reasons[0]);
    }

    [Test]
    [Statement("13.4")]
    public async Task Code_that_cannot_change_the_result_hinders_nothing()
    {
        var code = Rule.Named("is a holiday", _ => throw new InvalidOperationException("called"));

        (await FindAsync(activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 1).Outcome("Late", code))).ShouldBeEmpty();
        var tied = await FindAsync(activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 2).Outcome("Late", code & (Answers.AtLeast(2) == "Approve")));
        tied.ShouldHaveSingleItem().Id.ShouldBe(FindingIds.OutcomesCanAllBeFalse);
    }

    [Test]
    [Statement("13.4")]
    public async Task An_activity_that_no_line_leads_to_is_found()
    {
        var findings = await FindAsync(ProcessDefinition.Define("Islands", process =>
        {
            var start = process.Activity("Start");
            process.StartsWith(start);
            start.To(process.Activity("Next"));
            process.Activity("Alone").To("Behind").To("Next");
            process.Activity("Behind").To("Alone");
            process.Activity("Nowhere");
            process.FinishRule(Rule.Named("never", _ => false), process.Activity("Finish").To(process.Activity("After")));
        }));

        findings.ShouldAllBe(finding => finding.Id == FindingIds.ActivityNotReached);
        findings.Select(finding => $"{finding.Path}: {finding.Reason}").ShouldBe(
        [
            "activity 'Alone': only activities that are never reached have lines to it, so it never runs",
            "activity 'Behind': only activities that are never reached have lines to it, so it never runs",
            "activity 'Nowhere': no line leads to it, so it never runs",
        ]);
    }

    private static TestCaseData Lines(string says, Action<ActivityReference, ActivityReference> draw, params string[] paths) =>
        new TestCaseData(draw, paths).SetArgDisplayNames(says);

    private static IEnumerable<TestCaseData> OutcomeLines()
    {
        const string Declined = "activity 'Approve' / outcome 'Declined'";
        yield return Lines("no line at all", (_, _) => { });
        yield return Lines("a line on each", (approve, next) => approve.On("Approved", next).On("Declined", next));
        yield return Lines("one is missing", (approve, next) => approve.On("Approved", next), Declined);
        yield return Lines("a line without a rule", (approve, next) => approve.On("Approved", next).To(next));
        yield return Lines("a line over data", (approve, next) => approve.On("Approved", next).To(next, Amount > 5));
        yield return Lines("a line on the other outcome and data", (approve, next) => approve.On("Approved", next, and: Amount > 5), Declined);
        yield return Lines("two lines on one outcome by data",
            (approve, next) => approve.On("Declined", next, and: Amount > 5).To(next, Outcome.Is("Declined") & Amount <= 5, "small"),
            "activity 'Approve' / outcome 'Approved'");
        yield return Lines("all but one", (approve, next) => approve.To(next, Outcome.Field != "Declined"), Declined);
        yield return Lines("not the other one", (approve, next) => approve.On("Approved", next).To(next, !Outcome.Is("Approved"), "other"));
        yield return Lines("only without an outcome",
            (approve, next) => approve.To(next, Outcome.Field.IsNull), "activity 'Approve' / outcome 'Approved'", Declined);
        yield return Lines("by code", (approve, next) => approve.To(next, Rule.Named("sometimes", _ => true)));
        yield return Lines("by answers", (approve, next) => approve.To(next, Answers.AtLeast(1) == "Approve"));
    }

    [TestCaseSource(nameof(OutcomeLines))]
    [Statement("13.4")]
    public async Task An_outcome_that_no_line_follows_is_found(Action<ActivityReference, ActivityReference> draw, string[] paths)
    {
        var findings = await FindAsync(ProcessDefinition.Define("Approval", process =>
        {
            process.Fields(Amount);
            var approve = process.Activity("Approve", activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 1));
            var next = process.Activity("Next");
            process.StartsWith(approve).StartsWith(next);
            draw(approve, next);
        }));

        findings.ShouldAllBe(finding => finding.Id == FindingIds.OutcomeWithoutLine);
        findings.Select(finding => finding.Path).ShouldBe(paths);
    }

    private static IEnumerable<TestCaseData> Rights()
    {
        yield return Case("a role that is there",
            activity => Allowed(activity.Destinations(to => to.Role("Managers").Role("Bosses")), Destination.Role("BOSSES")));
        yield return Case("a role that is not there",
            activity => Allowed(activity.Destinations(to => to.Role("Managers")), Destination.Role("Bosses")), "role Bosses");
        yield return Case("a group of the name of a role",
            activity => Allowed(activity.Destinations(to => to.Role("Managers")), Destination.Group("Managers")), "group Managers");
        yield return Case("a role from data",
            activity => Allowed(activity.Destinations(to => to.Role(Who)), Destination.Role("Bosses")));
        yield return Case("a user who may be a member", activity => Allowed(activity.Destinations(to => to.Role("Managers")), Destination.User("cy")));
        yield return Case("a user who may be the originator", activity => Allowed(activity.Destinations(to => to.Originator()), Destination.User("cy")));
        yield return Case("a user who is not there", activity => Allowed(ForTwo(activity), Destination.User("cy"), Destination.User("ANN")), "user cy");
        yield return Case("anyone may act",
            activity => ForTwo(activity).Client("Sign", task => task.AllowAnyUser().Action("Sign", action => action.AllowedFor(Destination.Role("Bosses")))));
        yield return Case("denied",
            activity => ForTwo(activity).Client("Sign", task => task.Action("Sign", action => action.DeniedFor(Destination.Role("Trainees")))));
    }

    [TestCaseSource(nameof(Rights))]
    [Statement("13.4")]
    public async Task A_right_to_an_action_for_whom_the_task_is_not_is_found(Action<ActivityBuilder> approve, string[] who)
    {
        var findings = await FindAsync(approve);

        findings.ShouldAllBe(finding => finding.Id == FindingIds.ActionRightForNobody && finding.Path == "activity 'Approve' / event 'Sign' / action 'Sign'");
        findings.Count.ShouldBe(who.Length);
        findings.Zip(who).ShouldAllBe(each => each.First.Reason.Contains(each.Second, StringComparison.Ordinal));
    }

    private static IEnumerable<TestCaseData> Sets()
    {
        const string Path = "activity 'Approve' / destination set 'More'";
        yield return Case("data", activity => Set(activity, Amount > 5));
        yield return Case("code", activity => Set(activity, Rule.Named("never", _ => false)));
        yield return Case("what is written", activity => Set(activity.Fields(IsUrgent), Rule.Choose(IsUrgent == true, 1, 2) == 3 & Amount > 5), Path);
        yield return Case("an activity field at first", activity => Set(activity.Fields(IsUrgent), IsUrgent == true), Path);
        yield return Case("an activity field at first, and data", activity => Set(activity.Fields(IsUrgent), IsUrgent == true & Amount > 5), Path);
        yield return Case("an activity field at first, or data", activity => Set(activity.Fields(IsUrgent), IsUrgent == true | Amount > 5));
        yield return Case("a contradiction", activity => Set(activity, Amount > 5 & Amount < 3), Path);
        yield return Case("another contradiction", activity => Set(activity, !(Amount >= 5 | Amount.IsNull) & (Amount == 5 | Amount == 7)), Path);
        yield return Case("a contradiction of texts", activity => Set(activity, Who == "a" & Who != "a" & Amount > 1), Path);
        yield return Case("a contradiction in a list", activity => Set(activity, Rule.List(Amount > 5).Or(Amount == 5).And(Amount <= 4)), Path);
        yield return Case("a contradiction with an activity field",
            activity => Set(activity.Fields(IsUrgent), (IsUrgent == true | Amount > 5) & Amount < 3), Path);
        yield return Case("no contradiction between two values", activity => Set(activity, Amount > 5 & Amount < 7));
        yield return Case("no contradiction of texts", activity => Set(activity, Who != "a" & Who != "b" & Who.HasValue));
        yield return Case("two fields that are compared", activity => Set(activity, Amount.AsNumber() < Amount.AsNumber()));
        yield return Case("the outcome before there is one", activity => Set(activity.OutcomesFromActions(), Outcome.Is("Sign")), Path);
    }

    [TestCaseSource(nameof(Sets))]
    [Statement("13.4")]
    public async Task A_destination_set_that_never_applies_is_found(Action<ActivityBuilder> approve, string[] paths)
    {
        var findings = await FindAsync(approve);

        findings.ShouldAllBe(finding => finding.Id == FindingIds.DestinationSetNeverApplies);
        findings.Select(finding => finding.Path).ShouldBe(paths);
    }

    [Test]
    [Statement("13.4")]
    public async Task A_finding_that_the_host_refuses_refuses_the_deployment_and_nothing_is_stored([Values] bool byEngine)
    {
        string[] refused = [FindingIds.ActivityNotReached, FindingIds.OutcomeWithoutLine];
        await using var engine = WorkflowEngine.Create(options => options.RefusedFindings = byEngine ? refused : []);
        var good = ProcessDefinition.Define("Good", process => process.StartsWith(process.Activity("Work")));

        var exception = await Should.ThrowAsync<ProcessDefinitionException>(
            async () => await engine.DeployAsync([good, Island()], new DeploymentOptions { RefusedFindings = byEngine ? [] : refused }));

        exception.Message.ShouldContain("'Island' cannot be deployed, 1 problem");
        var problem = exception.Problems.ShouldHaveSingleItem();
        problem.Element.ShouldBe("activity 'Nowhere'");
        problem.Message.ShouldContain(FindingIds.ActivityNotReached);
        problem.Statement.ShouldBe("13.4");
        await Should.ThrowAsync<WorkflowException>(async () => await engine.AsSystem().StartAsync("Good"));
        await Should.ThrowAsync<WorkflowException>(async () => await engine.AsSystem().StartAsync("Island"));
    }

    [Test]
    [Statement("13.4")]
    public async Task A_finding_that_the_host_silences_is_neither_returned_nor_logged([Values] bool byEngine)
    {
        string[] silenced = [FindingIds.ActivityNotReached];
        using var log = new WarningLog();
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.LoggerFactory = log;
            options.SilencedFindings = byEngine ? silenced : [];
        });

        var deployment = await engine.DeployAsync(Island(), new DeploymentOptions { SilencedFindings = byEngine ? [] : silenced });

        deployment.Findings.ShouldBeEmpty();
        log.Warnings.ShouldBeEmpty();
    }

    [Test]
    [Statement("13.4")]
    public async Task What_is_not_silenced_is_logged_with_its_remedy()
    {
        using var log = new WarningLog();
        await using var engine = WorkflowEngine.Create(options => options.LoggerFactory = log);

        var finding = (await engine.DeployAsync(Island())).Findings.ShouldHaveSingleItem();

        log.Warnings.ShouldHaveSingleItem().ShouldBe(
            $"'Island' version 1, {finding.Path}: {finding.Reason} (activity-not-reached). {finding.Remedy}");
        finding.ToString().ShouldBe($"{finding.Path}: {finding.Reason} (activity-not-reached). {finding.Remedy}");
    }

    [Test]
    [Statement("13.4")]
    public async Task An_id_that_does_not_exist_is_refused_with_the_nearest_one()
    {
        Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options => options.RefusedFindings = ["activity-not-reacht"]))
            .Message.ShouldContain("Did you mean 'activity-not-reached'?");
        await using var engine = WorkflowEngine.Create();
        (await Should.ThrowAsync<ArgumentException>(async () => await engine.DeployAsync(Island(), new DeploymentOptions { SilencedFindings = ["outcome"] })))
            .Message.ShouldContain("SilencedFindings names 'outcome'");
    }

    [Test]
    [Statement("13.4")]
    public void Every_id_is_described_in_the_manual()
    {
        var manual = File.ReadAllText(Path.Combine(SourceTree.Repository, "src", "SEMANTICS.md"));
        var constants = typeof(FindingIds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToList();

        FindingIds.All.ShouldBe(constants);
        constants.ShouldAllBe(id => manual.Contains($"| `{id}` |", StringComparison.Ordinal));
    }

    [Test]
    [Statement("13.4")]
    public async Task The_same_definition_has_the_same_findings_in_the_same_order()
    {
        var first = await FindAsync(Island());

        (await FindAsync(Island())).ShouldBe(first);
    }

    private static ActivityBuilder Vote(ActivityBuilder activity, int approve, int decline) => Decides(activity, "Approve", "Decline")
        .Outcome("Approved", Answers.AtLeast(approve) == "Approve")
        .Outcome("Declined", Answers.AtLeast(decline) == "Decline");

    private static ActivityBuilder Allowed(ActivityBuilder activity, params Destination[] who) =>
        activity.Client("Sign", task => task.Action("Sign", action => action.AllowedFor(who)));

    private static ActivityBuilder Set(ActivityBuilder activity, Rule rule) =>
        activity.Destinations(to => to.Set("Always").Users("ann").Set("More", rule).Users("bob")).Client("Sign", task => task.Action("Sign"));

    private static ProcessDefinition Island() => ProcessDefinition.Define("Island", process =>
    {
        process.StartsWith(process.Activity("Work"));
        process.Activity("Nowhere");
    });

    private static Task<IReadOnlyList<Finding>> FindAsync(Action<ActivityBuilder> approve) => FindAsync(ProcessDefinition.Define("Approval", process =>
    {
        process.OpenToAll().Fields(Amount, Who);
        process.StartsWith(process.Activity("Approve", approve));
    }));

    private static async Task<IReadOnlyList<Finding>> FindAsync(ProcessDefinition definition)
    {
        await using var engine = WorkflowEngine.Create();
        return (await engine.DeployAsync(definition)).Findings;
    }
}
