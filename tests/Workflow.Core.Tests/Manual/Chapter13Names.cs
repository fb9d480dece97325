using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>A rule that compares with an action or outcome that does not exist is refused, wherever it stands (statement 13.4).</summary>
[TestFixture]
public sealed class Chapter13Names
{
    private static readonly ProcessField<string> Purpose = new("Purpose");

    private static TestCaseData At(string place, Action<ActivityBuilder> approve, Action<ActivityReference>? lines = null) =>
        new TestCaseData(approve, lines ?? (_ => { })).SetArgDisplayNames(place);

    private static IEnumerable<TestCaseData> Misspelled()
    {
        yield return At("a line on an outcome", _ => { }, approve => approve.On("Aproved", "Pay"));
        yield return At("a line on an outcome in another case", _ => { }, approve => approve.On("approved", "Pay"));
        yield return At("a line rule", _ => { }, approve => approve.To("Pay", Outcome.Is("Aproved")));
        yield return At("a line rule that excludes", _ => { }, approve => approve.To("Pay", Outcome.Field != "Aproved"));
        yield return At("the name on the left", _ => { }, approve => approve.To("Pay", "Aproved" == Outcome.Field));
        yield return At("part of a line rule", _ => { }, approve => approve.To("Pay", !(Purpose == "travel" | Outcome.Is("Aproved"))));
        yield return At("an item of a list", _ => { }, approve => approve.To("Pay", Rule.List(Purpose == "travel").And(Rule.List(Outcome.Is("Aproved")))));
        yield return At("a chosen name",
            _ => { }, approve => approve.To("Pay", Rule.Choose<string>(Purpose == "travel", "Approved", "Aproved") == Outcome.Field));
        yield return At("an action in a line rule", _ => { }, approve => approve.To("Pay", Answers.AtLeast(1) == "Aprove"));
        yield return At("the last action in a line rule", _ => { }, approve => approve.To("Pay", ActionResult.Field == "Aprove"));
        yield return At("an outcome's rule", activity => activity.Outcome("Third", Answers.AllSlots == "Aprove"));
        yield return At("an outcome's rule that excludes", activity => activity.Outcome("Third", Answers.AllSlots != "Aprove"));
        yield return At("a count in an outcome's rule", activity => activity.Outcome("Third", Answers.CountOf(ActionResult.Field == "Aprove") > 1));
        yield return At("the task's succeeding rule",
            activity => activity.Client("Sign", task => task.Action("Sign").SucceedingRule(Answers.AtLeast(1) == "Sing")));
        yield return At("an action of another task",
            activity => activity.Client("Sign", task => task.Action("Sign").SucceedingRule(Answers.AtLeast(1) == "Approve")));
        yield return At("a server event's succeeding rule", activity => activity.Server("Book", _ => { }, ActionResult.Field == "Aprove"));
        yield return At("the preceding rule", activity => activity.PrecedingRule(Outcome.Is("Aproved")));
        yield return At("a destination set", activity => activity.Destinations(to => to.Set("More", Outcome.Is("Aproved")).Users("cy")));
        yield return At("the number of slots", activity => activity.PlanJustOnce(Slots.Number(Rule.Choose(Outcome.Is("Aproved"), 2, 1))));
        yield return At("what a task shows",
            activity => activity.Client("Sign", task => task.Action("Sign").Data(Rule.Choose(Outcome.Is("Aproved"), "yes", "no"))));
    }

    [TestCaseSource(nameof(Misspelled))]
    [Statement("13.4")]
    public void A_comparison_with_a_name_that_does_not_exist_is_refused(Action<ActivityBuilder> approve, Action<ActivityReference> lines)
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => Approval(approve, lines)).Problems.ShouldHaveSingleItem();

        problem.Statement.ShouldBe("13.4");
        problem.Message.ShouldContain("compares with");
    }

    [TestCase("Aproved", "Approved")]
    [TestCase("approved", "Approved")]
    [TestCase("Decline", "Declined")]
    [Statement("13.4")]
    public void The_nearest_name_is_proposed(string wrong, string nearest)
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => Approval(_ => { }, approve => approve.On(wrong, "Pay"))).Problems.ShouldHaveSingleItem();

        problem.Element.ShouldBe($"line 'Approve on {wrong} to Pay'");
        problem.Message.ShouldContain($"'{wrong}'");
        problem.Remedy.ShouldStartWith($"Did you mean '{nearest}'? There are: 'Approved', 'Declined'. Case counts. ");
    }

    [Test]
    [Statement("13.4")]
    public void A_name_that_resembles_none_is_answered_with_all_there_are()
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => Approval(_ => { }, approve => approve.On("Paid", "Pay"))).Problems.ShouldHaveSingleItem();

        problem.Remedy.ShouldBe("There are: 'Approved', 'Declined'. Case counts. To add it, declare Outcome(\"Paid\", when: ...); "
            + "where code decides, let the code set a data field that this rule reads.");
    }

    [Test]
    [Statement("13.4")]
    public void A_name_of_an_action_is_told_how_to_be_added()
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => Approval(_ => { }, approve => approve.To("Pay", Answers.AtLeast(1) == "Defer")))
            .Problems.ShouldHaveSingleItem();

        problem.Remedy.ShouldBe("There are: 'Note', 'Approve', 'Decline'. Case counts. To add it, declare Action(\"Defer\") for the task.");
        Should.NotThrow(() => Approval(
            activity => activity.Client("Sign", task => task.Action("Defer")), approve => approve.To("Pay", Answers.AtLeast(1) == "Defer")));
    }

    /// <code>
    /// ► Approve (Approve | Wait; escalates if it costs much) ──Escalated──► Board ►
    /// </code>
    [TestCase(5, "Approve")]
    [TestCase(5_000, "Approve Board")]
    [Statement("2.5")]
    [Statement("13.4")]
    public async Task An_outcome_that_code_decides_is_declared_with_a_rule_that_reads_what_the_code_sets(int amount, string path)
    {
        var (cost, isEscalated) = (new ProcessField<int>("Cost", amount), new ActivityField<bool>("Is escalated", initial: false));
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Escalating", process =>
        {
            process.Managed().Fields(cost);
            var approve = process.Activity("Approve", activity => activity
                .Fields(isEscalated)
                .Destinations(to => to.Users("ann"))
                .PlanPerDestination()
                .Client("Decide", task => task.Action("Approve"))
                .Server("Look at the cost", context => context.Set(isEscalated, context.Get(cost) > 1_000))
                .Outcome("Escalated", when: isEscalated == true)
                .Outcome("Approved", when: Answers.AtLeast(1) == "Approve"));
            process.StartsWith(approve);
            approve.On("Escalated", process.Activity("Board"));
        }));
        var id = await bed.BeginAsync();

        await bed.ActAsync("ann", "Approve");

        (await bed.PathAsync(id)).ShouldBe(path);
    }

    [Test]
    [Statement("13.4")]
    public void A_line_on_an_outcome_of_an_activity_without_outcomes_is_told_so()
    {
        var exception = Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define("Silent", process =>
        {
            var approve = process.Activity("Approve", activity => activity
                .Destinations(to => to.Users("ann")).Client("Decide", task => task.Action("Approve")));
            process.StartsWith(approve);
            approve.On("Approve", process.Activity("Pay"));
        }));

        exception.Problems.ShouldHaveSingleItem().Remedy.ShouldContain("OutcomesFromActions()");
    }

    private static IEnumerable<TestCaseData> Known()
    {
        yield return At("the initial value of Outcome", activity => activity.OutcomeAtFirst("Expired"), approve => approve.On("Expired", "Pay"));
        yield return At("a declared initial value",
            activity => activity.Fields(new ActivityField<string>(Outcome.Name, "Expired")), approve => approve.On("Expired", "Pay"));
        yield return At("what an action sets",
            activity => activity.Client("Sign", task => task.Action("Sign", action => action.Sets(Outcome.Field, "Signed"))), approve => approve.On("Signed",
            "Pay"));
        yield return At("an action that updates", _ => { }, approve => approve.To("Pay", Answers.All == "Note"));
        yield return At("an outcome from an action", activity => activity.OutcomesFromActions(), approve => approve.On("Approve", "Pay"));
        yield return At("no value", _ => { }, approve => approve.To("Pay", Outcome.Field == (string?)null));
        yield return At("another field", _ => { }, approve => approve.To("Pay", Outcome.Field == Purpose));
        yield return At("another field's text", _ => { }, approve => approve.To("Pay", Purpose == "Aproved"));
        yield return At("an order", _ => { }, approve => approve.To("Pay", Outcome.Field < "B"));
        yield return At("an action of another task",
            activity => activity.Client("Sign", task => task.Action("Sign")), approve => approve.To("Pay", Answers.AtLeast(1) == "Approve"));
    }

    [TestCaseSource(nameof(Known))]
    [Statement("13.4")]
    public void A_comparison_with_what_can_be_there_is_built(Action<ActivityBuilder> approve, Action<ActivityReference> lines) =>
        Should.NotThrow(() => Approval(approve, lines));

    [Test]
    [Statement("13.4")]
    public void Fields_of_these_names_that_no_task_and_no_outcome_writes_hold_any_text() => Should.NotThrow(() => ProcessDefinition.Define("By hand", process =>
    {
        var work = process.Activity("Work", activity => activity
            .Fields(Outcome.Field, ActionResult.Field)
            .Server("Decide", context => context.Set(Outcome.Field, "done")));
        process.StartsWith(work);
        work.On("done", process.Activity("Next"), and: ActionResult.Field == "anything");
    }));

    /// <code>
    /// ► Approve (Note | Approve ► Approved | Decline ► Declined) ──as told──► Pay ►
    /// </code>
    private static ProcessDefinition Approval(Action<ActivityBuilder> approve, Action<ActivityReference> lines) =>
        ProcessDefinition.Define("Approval", process =>
    {
        process.OpenToAll().Fields(Purpose);
        var approval = process.Activity("Approve", activity =>
        {
            activity
                .Destinations(to => to.Users("ann", "bob"))
                .Client("Decide", task => task.Update("Note").Action("Approve").Action("Decline"))
                .Outcome("Approved", Answers.AtLeast(2) == "Approve")
                .Outcome("Declined", Answers.AtLeast(1) == "Decline");
            approve(activity);
        });
        process.Activity("Pay");
        process.StartsWith(approval);
        lines(approval);
    });
}
