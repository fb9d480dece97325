using Workflow.Core.Analysis;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Planning;

/// <summary>Every question has an answer without a rule, names its element when its rule throws, and explains itself by what it asks.</summary>
public sealed class QuestionTests
{
    private static readonly Rule Broken = Rule.Named("is broken", _ => throw new InvalidOperationException("No calendar."));

    [Test]
    [Statement("0.2")]
    public void A_task_without_outcomes_is_over_when_all_slots_are_completed()
    {
        var (definition, activity) = Of(_ => { });

        OfTask(definition, activity, "Yes").IsTrue().ShouldBeFalse();
        OfTask(definition, activity, "Yes", "No").IsTrue().ShouldBeTrue();
        OfTask(definition, activity, "Yes").Explain().ToString().ShouldBe("false: all slots are completed (slots = 2, completed = 1)");
    }

    [Test]
    [Statement("2.7")]
    public void In_plan_just_once_a_task_with_outcomes_is_over_when_one_is_true()
    {
        var (definition, activity) = Of(at => at
            .Outcome("Both", when: Answers.AtLeast(2) == "Yes")
            .Outcome("One refuses", when: Answers.AtLeast(1) == "No")
            .Outcome("Three", when: Answers.AtLeast(3) == "Yes"));

        OfTask(definition, activity, "Yes").IsTrue().ShouldBeFalse();
        OfTask(definition, activity, "No").IsTrue(out var outcome).ShouldBeTrue();
        outcome.ShouldNotBeNull().Name.ShouldBe("One refuses");
        var trace = OfTask(definition, activity, "No").Explain();
        trace.Result.ShouldBe(true);
        trace.Clauses.Select(clause => clause.Result).ShouldBe([false, true, null]);
    }

    [Test]
    [Statement("2.7")]
    public void Per_destination_a_task_with_outcomes_is_over_with_its_answer()
    {
        var (definition, activity) = Of(at => at.PlanPerDestination().Outcome("Both", when: Answers.AtLeast(2) == "Yes"));

        OfTask(definition, activity, "No").IsTrue().ShouldBeTrue();
        OfTask(definition, activity, "No").Explain().ToString().ShouldBe("true: always, without a rule");
    }

    [Test]
    [Statement("2.6")]
    public void An_activity_with_outcomes_is_over_with_the_first_that_is_true()
    {
        var (definition, activity) = Of(at => at.Outcome("One", when: Answers.AtLeast(1) == "Yes").Outcome("Any", when: Answers.AtLeast(1) == "Yes"));

        Question.OfActivity(activity, Destination(definition, activity, "Yes")).IsTrue(out var outcome).ShouldBeTrue();
        outcome.ShouldNotBeNull().Name.ShouldBe("One");
        Question.OfActivity(activity, Destination(definition, activity, "No")).IsTrue(out outcome).ShouldBeFalse();
        outcome.ShouldBeNull();
    }

    [Test]
    [Statement("10.9")]
    public void A_process_without_a_finish_rule_does_not_go_on()
    {
        var (definition, activity) = Of(_ => { });
        var process = TrialInstance.WithoutAnswers(definition, activity).Process;

        Question.OfFinish(rule: null, process).IsTrue().ShouldBeFalse();
        Question.OfFinish(rule: null, process).Explain().ToString().ShouldBe("false: never, without a rule");
    }

    [Test]
    [Statement("0.2")]
    public void An_activity_without_a_rule_and_outcomes_is_always_true()
    {
        var (definition, activity) = Of(_ => { });
        var destination = Destination(definition, activity, "Yes");

        Question.OfLine(definition.StartLines[0], destination.Activity.Process).IsTrue().ShouldBeTrue();
        Question.OfLine(activity.OutgoingLines[0], destination.Activity, activity).IsTrue().ShouldBeTrue();
        Question.OfArrival(activity, destination.Activity.Process).IsTrue().ShouldBeTrue();
        Question.OfActivity(activity, destination).IsTrue().ShouldBeTrue();
        Question.OfServerEvent(activity.EventArray[1], activity, destination).IsTrue().ShouldBeTrue();
    }

    [Test]
    [Statement("8.1")]
    public void A_rule_that_throws_is_named_by_its_element()
    {
        var (definition, activity) = Of(at => at.PrecedingRule(Broken).Outcome("Broken", when: Broken));
        var destination = Destination(definition, activity, "Yes");
        var process = destination.Activity.Process;

        ElementOf(() => Question.OfArrival(activity, process).IsTrue()).ShouldBe("preceding rule of 'Decide'");
        ElementOf(() => Question.OfActivity(activity, destination).IsTrue()).ShouldBe("outcome 'Broken' of 'Decide'");
        ElementOf(() => Question.OfActivity(activity, destination).Explain()).ShouldBe("outcome 'Broken' of 'Decide'");
        Question.OfLine(definition.StartLines[0], process).Element.ShouldBe("line rule of 'Start to Decide'");
        Question.OfLine(activity.OutgoingLines[0], destination.Activity, activity).Element.ShouldBe("line rule of 'Decide to Pay'");
        Question.OfDestinations(activity, destination.Activity).Element.ShouldBe("destination rule of 'Decide'");
        Question.OfServerEvent(activity.EventArray[1], activity, destination).Element.ShouldBe("succeeding rule of event 'Note' of 'Decide'");
        Question.OfActivity(activity, destination).Element.ShouldBe("succeeding rule of 'Decide'");
        Question.OfText("URL", (ClientEventDefinition)activity.EventArray[0], activity, destination).Element.ShouldBe("URL of task 'Decide it' of 'Decide'");
        Question.OfFinish(rule: null, process).Element.ShouldBe("finish rule");
    }

    private static string ElementOf(Action ask)
    {
        var failure = Should.Throw<RuleFailure>(ask);
        failure.InnerException.ShouldNotBeNull().Message.ShouldBe("No calendar.");
        return failure.Element;
    }

    private static Question OfTask(ProcessDefinition definition, ActivityDefinition activity, params string[] answers) =>
        Question.OfTask((ClientEventDefinition)activity.EventArray[0], activity, Destination(definition, activity, answers));

    private static ActivityInstanceDestination Destination(ProcessDefinition definition, ActivityDefinition activity, params string[] answers) =>
        TrialInstance.WithAnswers(definition, activity, slots: 2, users: 2, answers, areDestinationsSeen: true);

    private static (ProcessDefinition Definition, ActivityDefinition Activity) Of(Action<ActivityBuilder> change)
    {
        var definition = ProcessDefinition.Define("Decision", process =>
        {
            var decide = process.Activity("Decide", activity =>
            {
                activity.Destinations(to => to.Users("ann", "bob")).Client("Decide it", task => task.Action("Yes").Action("No")).Server("Note", _ => { });
                change(activity);
            });
            process.StartsWith(decide);
            decide.To(process.Activity("Pay"));
        });
        return (definition, definition.ActivityArray[0]);
    }
}
