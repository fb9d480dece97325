using Workflow.Core.Calendars;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Manual;

/// <summary>The findings when a definition is deployed.</summary>
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

    private static IEnumerable<TestCaseData> Numbers()
    {
        const string TiedInTwo = "after the answers 'Approve', 'Decline' in 2 slots none of its outcomes is true, so it ends without an outcome";
        const string StuckInOne = "after the answer 'Approve' in 1 slot none of its outcomes is true, so it ends without an outcome";
        yield return Case("all but the originator", activity => VoteOf(activity, to => to.Users("ann", "bob", "cy").ExceptOriginator(), 2, 1));
        yield return Case("all but the originator, tied", activity => VoteOf(activity, to => to.Users("ann", "bob", "cy").ExceptOriginator(), 2, 2), TiedInTwo);
        yield return Case("and the originator", activity => VoteOf(activity, to => to.Users("ann", "bob").Originator(), 2, 1));
        yield return Case("and the originator, tied", activity => VoteOf(activity, to => to.Users("ann", "bob").Originator(), 2, 2), TiedInTwo);
        yield return Case("the originator alone", activity => VoteOf(activity, to => to.Originator(), 2, 1), StuckInOne);
        yield return Case("a set with a rule", activity => VoteOf(activity, to => Larger(to.Set("Always").Users("ann", "bob")).Users("boss"), 2, 1));
        yield return Case("a set with a rule, tied",
            activity => VoteOf(activity, to => Larger(to.Set("Always").Users("ann", "bob")).Users("boss"), 2, 2), TiedInTwo);
        yield return Case("a set with a rule that adds two at once",
            activity => VoteOf(activity, to => Larger(to.Set("Always").Users("a")).Users("b", "c"), 1, 2),
            "after the answer 'Decline' in 1 slot none of its outcomes is true, so it ends without an outcome");
        yield return Case("a set with a rule that names the same",
            activity => VoteOf(activity, to => Larger(to.Set("Always").Users("ann")).Users("ANN"), 2, 1), StuckInOne);
        yield return Case("a set with a rule for all", activity => VoteOf(activity, to => Larger(to).Users("ann", "bob", "cy"), 2, 2));
        yield return Case("all but one", activity => VoteOf(activity, to => to.Users("ann", "bob").Except("bob"), 2, 1), StuckInOne);
        yield return Case("left out of one set, and in another",
            activity => VoteOf(activity, to => to.Set("One").Users("ann", "bob").Except("bob").Set("Other").Users("bob"), 2, 1));
        yield return Case("tied, whatever two rules say",
            activity => Vote(
                activity.Destinations(to => Larger(to.Set("Small", Amount <= 1000).Users("a", "b")).Users("c", "d")).PlanJustOnce(Slots.Number(2)), 2, 2),
            "after the answers 'Approve', 'Decline' in 2 slots none of its outcomes is true, so it waits for an answer that cannot come");
        yield return Case("a number of slots that is chosen, tied",
            activity => Vote(activity.Destinations(to => to.Role("Managers")).PlanJustOnce(Slots.Number(Rule.Choose(Amount > 1000, 8, 2))), 2, 2),
            "after the answers 'Approve', 'Decline' in 2 slots none of its outcomes is true, so it waits for an answer that cannot come");
    }

    private static IEnumerable<TestCaseData> Ends()
    {
        const string Tied = "after the answers 'Approve', 'Decline' in 2 slots none of its outcomes is true, so it ";
        const string ByMembers = "the members of its role or group decide how many people are asked: ";
        yield return Case("planned once, with a rule of the task, foreseen", activity => Unanimous(activity).OutcomeAtFirst("Declined"));
        yield return Case("planned once, with a rule of the task", activity => Unanimous(activity), Tied + "ends without an outcome");
        yield return Case("perhaps more destinations than slots",
            activity => Vote(activity.Destinations(to => to.Role("Managers").ResolvedToUsers()).PlanPerDestination(Slots.Number(2)), 2, 2),
            Tied + "ends without an outcome, or waits for an answer that cannot come");
        yield return Case("as many as a role has",
            activity => Vote(activity.Destinations(to => to.Role("Managers").ResolvedToUsers()).PlanPerDestination(), 2, 1),
            ByMembers + "when 1 person is asked, after the answer 'Approve', none of its outcomes is true, so it ends without an outcome");
        yield return Case("as many as a role has, without the originator",
            activity => Vote(activity.Destinations(to => to.Role("Managers").ExceptOriginator().ResolvedToUsers()).PlanPerDestination(), 2, 1),
            ByMembers + "when 1 person is asked, after the answer 'Approve', none of its outcomes is true, so it ends without an outcome");
        yield return Case("at least two, and as many as a role has",
            activity => VoteOf(activity, to => to.Users("ann", "bob").Role("Managers").ResolvedToUsers(), 2, 2),
            ByMembers + "when 2 people are asked, after the answers 'Approve', 'Decline', none of its outcomes is true, so it ends without an outcome");
        yield return Case("as many as a role has, and two of each are needed",
            activity => Vote(activity.Destinations(to => to.Role("Managers").ResolvedToUsers()).PlanPerDestination(), 2, 2),
            ByMembers + "when 1 person is asked, after the answer 'Approve', and when 2 people are asked, after the answers 'Approve', 'Decline', "
            + "none of its outcomes is true, so it ends without an outcome");
        yield return Case("as many as a role has, with an outcome for the rest",
            activity =>
                Vote(activity.Destinations(to => to.Role("Managers").ResolvedToUsers()).PlanPerDestination(), 2, 1).Outcome("Open", when: Answers.AllGiven));
        yield return Case("waiting is wanted", activity => Vote(ForTwo(activity).PlanJustOnce(Slots.Number(2)), 2, 2).WhenUnresolved(WhenUnresolved.Wait));
        yield return Case("completing, and no line",
            activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 2).WhenUnresolved(WhenUnresolved.Complete), Tied + "ends without an outcome");
        yield return Case("expiring, and no line",
            activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 2).WhenUnresolved(WhenUnresolved.Expire), Tied + "expires without an outcome");
    }

    [TestCaseSource(nameof(Numbers))]
    [TestCaseSource(nameof(Ends))]
    [Statement("0.3")]
    [Statement("4.1")]
    [Statement("4.10")]
    [Statement("13.4")]
    public Task A_number_that_cannot_be_and_an_end_that_is_foreseen_are_no_findings(Action<ActivityBuilder> approve, string[] reasons) =>
        Outcomes_that_can_all_be_false_are_found_with_the_answers(approve, reasons);

    [TestCase(WhenUnresolved.ByPlan)]
    [TestCase(WhenUnresolved.Complete)]
    [TestCase(WhenUnresolved.Expire)]
    [Statement("0.3")]
    [Statement("13.4")]
    public async Task A_line_that_can_be_followed_without_an_outcome_handles_the_rest(WhenUnresolved policy)
    {
        (await FindAsync(WithLine(Outcome.Field.IsNull, policy, PlanOption.PerDestination))).ShouldBeEmpty();
        (await FindAsync(WithLine(Outcome.Field.IsNull & Amount > 5, policy, PlanOption.PerDestination))).ShouldBeEmpty();
        (await FindAsync(WithLine(Outcome.Is("Declined"), policy, PlanOption.PerDestination))).ShouldHaveSingleItem()
            .Id.ShouldBe(FindingIds.OutcomesCanAllBeFalse);
        (await FindAsync(WithLine(Outcome.Field.IsNull, policy, PlanOption.JustOnce))).Count.ShouldBe(policy is WhenUnresolved.ByPlan ? 1 : 0);
    }

    private static IEnumerable<TestCaseData> Unknown()
    {
        yield return Case("as many as two roles have",
            activity => Vote(activity.Destinations(to => to.Role("Managers").Role("Directors").ResolvedToUsers()).PlanPerDestination(), 2, 1),
            "only data or the resolver tell how many slots");
        yield return Case("who has acted before is left out",
            activity => VoteOf(activity.OutcomesFromActions(), to => to.Users("ann", "bob").ExceptActorsOf("Approve"), 2, 2), "only data or the resolver tell");
        yield return Case("two sets with rules, of which perhaps never both are true",
            activity => VoteOf(activity, to => Larger(to.Set("Small", Amount <= 1000).Users("a")).Users("b", "c"), 2, 2), "only data or the resolver tell");
        yield return Case("perhaps more destinations than slots",
            activity => Vote(activity.Destinations(to => to.Role("Managers").ResolvedToUsers()).PlanPerDestination(Slots.Number(2)), 2, 2)
                .OutcomeAtFirst("Declined"),
            "none of them is true, but how many destinations there are is not known");
        yield return Case("a number of slots that is chosen",
            activity => Vote(activity.Destinations(to => to.Role("Managers")).PlanJustOnce(Slots.Number(Rule.Choose(Amount > 1000, 8, 3))), 2, 2),
            "it plans more than 6 slots, the most that are tried: 8");
        yield return Case("an action for each", SignedTwice, "after the answers 'Sign', 'Sign' in 2 slots the check could not try who can give these answers");
        yield return Case("code",
            activity => Decides(ForTwo(activity), "Approve").Outcome("Approved", Rule.Named("is a holiday", _ => true)), "'is a holiday' is code");
        yield return Case("data",
            activity => Decides(ForTwo(activity), "Approve").Outcome("Approved", Answers.AllSlots == "Approve" & Amount > 5),
            "it reads the process field 'Amount'");
        yield return Case("seven slots",
            activity => Vote(activity.Destinations(to => to.Users("a", "b", "c", "d", "e", "f", "g")).PlanPerDestination(), 4, 4),
            "it plans more than 6 slots, the most that are tried: 7");
        yield return Case("five actions",
            activity => Decides(ForTwo(activity), "A", "B", "C", "D", "E").Outcome("A", Answers.AllSlots == "A"), "its task has 5 actions");
        yield return Case("no task", activity => activity.Fields(Outcome.Field).Server("Work", _ => { }).Outcome("Done", Amount > 5), "it has no task");
        yield return Case("two tasks",
            activity => Decides(ForTwo(activity), "A").Client("Again", task => task.Action("B")).Outcome("A", Answers.AllSlots == "A"), "it has several tasks");
    }

    [TestCaseSource(nameof(Unknown))]
    [Statement("13.4")]
    public async Task An_outcome_that_cannot_be_tried_is_told_with_the_reason(Action<ActivityBuilder> approve, string[] reasons)
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
            process.OpenToAll();
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
            process.OpenToAll().Fields(Amount);
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
    public async Task A_right_to_an_action_for_a_role_without_the_task_is_found(Action<ActivityBuilder> approve, string[] who)
    {
        var findings = await FindAsync(approve);

        findings.ShouldAllBe(finding => finding.Id == FindingIds.ActionRightForNobody && finding.Path == "activity 'Approve' / event 'Sign' / action 'Sign'");
        findings.ShouldAllBe(finding => finding.Severity == FindingSeverity.Warning);
        findings.Count.ShouldBe(who.Length);
        findings.Zip(who).ShouldAllBe(each => each.First.Reason.Contains(each.Second, StringComparison.Ordinal));
    }

    [Test]
    [Statement("13.4")]
    public async Task A_right_of_a_role_to_a_task_for_users_may_be_meant([Values] bool isResolved)
    {
        var finding = (await FindAsync(activity =>
            Allowed(isResolved ? activity.Destinations(to => to.Role("Managers").ResolvedToUsers()) : ForTwo(activity), Destination.Role("Bosses"))))
            .ShouldHaveSingleItem();

        finding.Id.ShouldBe(FindingIds.ActionRightForNobody);
        finding.Severity.ShouldBe(FindingSeverity.Information);
        finding.Reason.ShouldEndWith("so the right lets only those users of the task take the action who also belong to role Bosses");
    }

    [Test]
    [Statement("13.4")]
    [Statement("4.10")]
    public async Task A_right_of_a_user_whom_every_set_leaves_out_is_one_for_nobody()
    {
        var finding = (await FindAsync(activity => Allowed(
            activity.Destinations(to => to.Role("Managers").Except("bob")), Destination.User("bob"), Destination.User("ann")))).ShouldHaveSingleItem();

        finding.Id.ShouldBe(FindingIds.ActionRightForNobody);
        finding.Severity.ShouldBe(FindingSeverity.Warning);
        finding.Reason.ShouldEndWith("nobody gets the action by this right, because the destination set leaves them out no matter how the task reaches them");
        (await FindAsync(activity => Allowed(
            activity.Destinations(to => to.Role("Managers").Except("bob").Set("Named").Users("bob")), Destination.User("bob")))).ShouldBeEmpty();
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

    private static IEnumerable<TestCaseData> FieldsOfEachType()
    {
        yield return OfType(new ProcessField<bool>("Of this type"), FieldType.Boolean);
        yield return OfType(new ProcessField<DateTimeOffset>("Of this type"), FieldType.Date);
        yield return OfType(new ProcessField<decimal>("Of this type"), FieldType.Decimal);
        yield return OfType(new ProcessField<double>("Of this type"), FieldType.Double);
        yield return OfType(new ProcessField<int>("Of this type"), FieldType.Integer);
        yield return OfType(new ProcessField<long>("Of this type"), FieldType.Long);
        yield return OfType(new ProcessField<string>("Of this type"), FieldType.String);
        yield return OfType(new ProcessField<ReadOnlyMemory<byte>>("Of this type"), FieldType.Binary);
        yield return OfType(new ProcessField<DateOnly>("Of this type"), FieldType.DateOnly);
        yield return OfType(new ProcessField<TimeSpan>("Of this type"), FieldType.TimeSpan);

        static TestCaseData OfType<T>(ProcessField<T> field, FieldType type) =>
            new TestCaseData((Field)field!, field.HasValue, field.IsNull, type).SetArgDisplayNames(type.ToString());
    }

    [TestCaseSource(nameof(FieldsOfEachType))]
    [Statement("13.4")]
    public async Task Whether_a_field_has_a_value_is_no_contradiction(Field field, Rule hasValue, Rule isNull, FieldType type)
    {
        field.Shape.Type.ShouldBe(type);
        foreach (var rule in new[] { hasValue, isNull, hasValue & Who == "EU", isNull | Who == "EU" })
        {
            (await FindAsync(activity => Set(activity, rule), field)).ShouldBeEmpty();
        }

        (await FindAsync(activity => Set(activity, hasValue & isNull), field)).ShouldHaveSingleItem().Id.ShouldBe(FindingIds.DestinationSetNeverApplies);
    }

    [Test]
    [Statement("13.4")]
    public void Fields_of_each_type_are_tried() =>
        FieldsOfEachType().Select(each => (FieldType)each.Arguments[3]!).Order().ShouldBe(Enum.GetValues<FieldType>().Order());

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
        var good = ProcessDefinition.Define("Good", process => process.OpenToAll().StartsWith(process.Activity("Work")));

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
    public async Task A_finding_that_is_not_silenced_is_logged_with_its_remedy()
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
        var first = await FindAsync(Everything(), resolver: null);

        first.Select(finding => finding.Id).Distinct().ShouldBe(
        [
            FindingIds.OutcomesCanAllBeFalse, FindingIds.OutcomesNotTried, FindingIds.ActivityNotReached, FindingIds.OutcomeWithoutLine,
            FindingIds.ActionRightForNobody, FindingIds.DestinationSetNeverApplies, FindingIds.UserNamedLikeRole, FindingIds.NobodyMayStart,
            FindingIds.MilestoneNeverReached, FindingIds.PrecedingRuleNeverTrue, FindingIds.JoinNeverPasses, FindingIds.NoResolver,
            FindingIds.UnknownCalendar, FindingIds.SubProcessNotDeployed, FindingIds.SubProcessMapping, FindingIds.SubProcessCycle,
        ]);
        first.Select(finding => finding.Id).Distinct().Order(StringComparer.Ordinal).ShouldBe(FindingIds.All.Order(StringComparer.Ordinal));
        (await FindAsync(Everything(), resolver: null)).ShouldBe(first);
    }

    /// <summary>A definition in which each check finds something.</summary>
    private static ProcessDefinition Everything() => ProcessDefinition.Define("Everything", process =>
    {
        process.Fields(Amount).Rights(rights => rights.View("Bosses"));
        var tied = process.Activity(
            "Tied", activity => Vote(ForTwo(activity.StartRule(DueTime.After(Delay.WorkingDays(1)).In("Nowhere"))).PlanPerDestination(), 2, 2));
        var code = process.Activity("Code", activity => Decides(ForTwo(activity), "Approve").Outcome("Approved", Rule.Named("is a holiday", _ => true)));
        var right = process.Activity("Right", activity => Allowed(ForTwo(activity), Destination.User("cy"), Destination.Role("Bosses")));
        var set = process.Activity("Set", activity => Set(activity, Amount > 5 & Amount < 3));
        process.StartsWith(tied);
        tied.On("Approved", code);
        code.To(right);
        right.To(set);
        process.StartsWith(process.Activity("Family", activity => activity
            .StartsProcess("Nobody", "Nowhere", child => child.GoOn())
            .StartsProcess("Again", "Everything", child => child.Send(1, new ProcessField<int>("Missing")))));
        process.Activity("Alone", activity => activity.Milestone(Amount > 5 & Amount < 3));
        process.Activity("Lonely", activity => activity.PrecedingRule(Amount > 5 & Amount < 3));
        var join = process.Activity("Both", activity => activity.PrecedingRule(Arrivals.All));
        var twice = process.Activity("Twice", activity => Vote(ForTwo(activity).PlanPerDestination(), 2, 1));
        set.To(twice);
        twice.On("Approved", join).On("Declined", join);
    });

    private static ActivityBuilder Vote(ActivityBuilder activity, int approve, int decline) => Decides(activity, "Approve", "Decline")
        .Outcome("Approved", Answers.AtLeast(approve) == "Approve")
        .Outcome("Declined", Answers.AtLeast(decline) == "Decline");

    private static ActivityBuilder VoteOf(ActivityBuilder activity, Action<DestinationBuilder> to, int approve, int decline) =>
        Vote(activity.Destinations(to).PlanPerDestination(), approve, decline);

    private static DestinationBuilder Larger(DestinationBuilder to) => to.Set("Large", Amount > 1000);

    /// <summary>The only destination is completed by the rule of the task, and one of two votes decides nothing.</summary>
    private static ActivityBuilder Unanimous(ActivityBuilder activity) => ForTwo(activity).PlanJustOnce(Slots.Number(2))
        .Client("Decide", task => task.Action("Approve").Action("Decline").SucceedingRule(Answers.AllGiven))
        .Outcome("Approved", Answers.AllSlots == "Approve")
        .Outcome("Declined", Answers.AllSlots == "Decline");

    private static void SignedTwice(ActivityBuilder activity) => ForTwo(activity).PlanPerDestination()
        .Client("Decide", task => task
            .Action("Sign", action => action.AllowedFor(Destination.User("ann")))
            .Action("Countersign", action => action.AllowedFor(Destination.User("bob"))))
        .Outcome("Done", Answers.AtLeast(1) == "Sign" & Answers.AtLeast(1) == "Countersign");

    private static ProcessDefinition WithLine(Rule rule, WhenUnresolved policy, PlanOption plan) => ProcessDefinition.Define("Approval", process =>
    {
        process.OpenToAll().Fields(Amount);
        var approve = process.Activity("Approve", activity =>
        {
            ForTwo(activity).WhenUnresolved(policy);
            Vote(plan is PlanOption.JustOnce ? activity.PlanJustOnce(Slots.Number(2)) : activity.PlanPerDestination(), 2, 2);
        });
        process.StartsWith(approve);
        var next = process.Activity("Next");
        approve.On("Approved", next).On("Declined", next).To(next, rule, "rest");
    });

    private static ActivityBuilder Allowed(ActivityBuilder activity, params Destination[] who) =>
        activity.Client("Sign", task => task.Action("Sign", action => action.AllowedFor(who)));

    private static ActivityBuilder Set(ActivityBuilder activity, Rule rule) =>
        activity.Destinations(to => to.Set("Always").Users("ann").Set("More", rule).Users("bob")).Client("Sign", task => task.Action("Sign"));

    private static ProcessDefinition Island() => ProcessDefinition.Define("Island", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Work"));
        process.Activity("Nowhere");
    });

    private static Task<IReadOnlyList<Finding>> FindAsync(Action<ActivityBuilder> approve, params Field[] more) =>
        FindAsync(ProcessDefinition.Define("Approval", process =>
    {
        process.OpenToAll().Fields([Amount, Who, .. more]);
        process.StartsWith(process.Activity("Approve", approve));
    }));

    private static Task<IReadOnlyList<Finding>> FindAsync(ProcessDefinition definition) =>
        FindAsync(definition, new StaticDestinations { { Destination.Role("Managers"), "ann" } });

    private static async Task<IReadOnlyList<Finding>> FindAsync(ProcessDefinition definition, IDestinationResolver? resolver)
    {
        await using var engine = WorkflowEngine.Create(options => options.DestinationResolver = resolver ?? options.DestinationResolver);
        return (await engine.DeployAsync(definition)).Findings;
    }
}
