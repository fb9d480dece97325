using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Manual;

/// <summary>A statement of a definition that could never have an effect is refused when it is built.</summary>
[TestFixture]
public sealed class Chapter14NoEffect
{
    private static readonly ProcessField<int> Amount = new("Amount");
    private static readonly ActivityField<string> Note = new("Note");

    [Test]
    [Statement("2.2")]
    [Statement("14.9")]
    public void An_action_cannot_set_the_answer_that_the_engine_writes([Values] bool updates)
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => Deciding(
            task => _ = updates
                ? task.Update("Note", action => action.Sets(ActionResult.Field, "Noted"))
                : task.Action("Note", action => action.Sets(ActionResult.Field, "Noted")))).Problems.ShouldHaveSingleItem();

        problem.Element.ShouldBe("action 'Note' of event 'Decide' of activity 'Approve'");
        problem.Message.ShouldContain("the engine writes the name of the action afterwards");
        problem.Remedy.ShouldContain("set a data field of your own");
    }

    [Test]
    [Statement("13.4")]
    public void A_value_that_an_action_sets_is_no_name_of_an_answer() => Should.Throw<ProcessDefinitionException>(() => Deciding(
        task => task.Action("Sign", action => action.Sets(ActionResult.Field, "Aprove")),
        activity => activity.Outcome("Approved", Answers.AtLeast(1) == "Aprove")))
        .Problems.Select(problem => problem.Statement).ShouldBe(["2.2", "13.4"], ignoreOrder: true);

    [Test]
    [Statement("2.2")]
    [Statement("14.9")]
    public void An_action_cannot_set_one_field_twice()
    {
        var problem = Should.Throw<ProcessDefinitionException>(
            () => Deciding(task => task.Action("Sign", action => action.Sets(Amount, 1).Sets(Note, "signed").Sets(Amount, 2)))).Problems.ShouldHaveSingleItem();

        problem.Element.ShouldBe("action 'Sign' of event 'Decide' of activity 'Approve'");
        problem.Message.ShouldContain("'Amount' twice");
    }

    [Test]
    [Statement("2.2")]
    public void Two_actions_can_set_one_field() => Should.NotThrow(() => Deciding(
        task => task.Action("Sign", action => action.Sets(Amount, 1)).Action("Refuse", action => action.Sets(Amount, 2))));

    private static TestCaseData AtFirst(string says, Action<ActivityBuilder> more, string message) =>
        new TestCaseData(more, message).SetArgDisplayNames(says);

    private static IEnumerable<TestCaseData> InitialOutcomes()
    {
        yield return AtFirst("without outcomes", activity => activity.OutcomeAtFirst("Expired"), "and it has no outcomes");
        yield return AtFirst("with a succeeding rule",
            activity => activity.OutcomeAtFirst("Expired").SucceedingRule(Answers.AllGiven), "and it has no outcomes");
        yield return AtFirst("beside a declared field", activity => activity.Fields(Outcome.Field).OutcomeAtFirst("Expired"), "and so does the field");
        yield return AtFirst("beside a declared field, and with outcomes",
            activity => activity.OutcomeAtFirst("Expired").OutcomesFromActions().Fields(new ActivityField<string>(Outcome.Name, "Open")),
            "and so does the field");
    }

    [TestCaseSource(nameof(InitialOutcomes))]
    [Statement("2.4")]
    [Statement("14.9")]
    public void An_initial_outcome_that_nothing_would_hold_is_refused(Action<ActivityBuilder> more, string message)
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => Deciding(more: more)).Problems.ShouldHaveSingleItem();

        problem.Element.ShouldBe("the activity 'Approve'");
        problem.Message.ShouldContain(message);
        problem.Remedy.ShouldContain("out");
    }

    private static ProcessDefinition Deciding(Action<ClientEventBuilder>? task = null, Action<ActivityBuilder>? more = null) =>
        ProcessDefinition.Define("Deciding", process =>
    {
        process.Fields(Amount);
        var approve = process.Activity("Approve", activity =>
        {
            activity.Fields(Note).Destinations(to => to.Users("ann")).Client("Decide", decide =>
            {
                decide.Action("Approve");
                task?.Invoke(decide);
            });
            more?.Invoke(activity);
        });
        process.StartsWith(approve);
    });
}
