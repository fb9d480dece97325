using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Manual;

/// <summary>A problem of a definition is told once, with a remedy that can be followed.</summary>
[TestFixture]
public sealed class Chapter13Remedies
{
    private static readonly ProcessField<int> Amount = new("Amount");
    private static readonly DestinationField<int> Score = new("Score");

    private static TestCaseData Draws(string says, Action<ProcessBuilder, string?> twice) => new TestCaseData(twice).SetArgDisplayNames(says);

    /// <summary>Everything that draws a line, twice between the same activities; the second with a name.</summary>
    private static IEnumerable<TestCaseData> TwoLines()
    {
        yield return Draws("from the start", (process, name) => process.StartsWith("Next", Amount > 1).StartsWith("Next", Amount < 1, name));
        yield return Draws("from the start to a reference", (process, name) =>
        {
            var next = process.Activity("Another");
            process.StartsWith(next, Amount > 1).StartsWith(next, Amount < 1, name);
        });
        yield return Draws("with To", (process, name) => process.Activity("Another").To("Next", Amount > 1).To("Next", Amount < 1, name));
        yield return Draws("with To and a reference", (process, name) =>
        {
            var next = process.Activity("Target");
            process.Activity("Another").To(next, Amount > 1).To(next, Amount < 1, name);
        });
        yield return Draws("with On", (process, name) => Decides(process).On("Approve", "Next", Amount > 1).On("Approve", "Next", Amount < 1, name));
        yield return Draws("with On and a reference", (process, name) =>
        {
            var next = process.Activity("Target");
            Decides(process).On("Approve", next, Amount > 1).On("Approve", next, Amount < 1, name);
        });
    }

    private static ActivityReference Decides(ProcessBuilder process) => process.Activity("Decide", activity => activity
        .Destinations(to => to.Users("ann"))
        .Client("Decide", task => task.Action("Approve"))
        .OutcomesFromActions());

    [TestCaseSource(nameof(TwoLines))]
    [Statement("13.8")]
    public void Two_lines_between_the_same_activities_are_refused_and_the_remedy_helps(Action<ProcessBuilder, string?> twice)
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => Define(process => twice(process, null))).Problems.ShouldHaveSingleItem();

        problem.Remedy.ShouldContain("name: ...");
        Should.NotThrow(() => Define(process => twice(process, "the small ones")));
    }

    private static TestCaseData Asks(string says, Rule rule) => new TestCaseData(rule).SetArgDisplayNames(says);

    private static IEnumerable<TestCaseData> WithoutAnswers()
    {
        yield return Asks("an action", Answers.AtLeast(1) == "Approve");
        yield return Asks("no action", Answers.AllSlots != "Approve");
        yield return Asks("a field", Answers.All.Satisfy(Score > 1));
        yield return Asks("a status", Answers.AllGiven);
        yield return Asks("a count", Answers.CountOf(ActionResult.Field == "Approve") > 1);
        yield return Asks("a sum", Answers.Sum(Score) > 1);
        yield return Asks("a number of answers", Answers.AtLeast(Answers.Total - 1) == "Approve");
        yield return Asks("a function within another", Answers.AtLeast(1).Satisfy(Answers.CountOf(Score > 1) > 1));
    }

    [TestCaseSource(nameof(WithoutAnswers))]
    [Statement("3.6")]
    public void A_function_over_answers_where_there_are_none_is_told_once(Rule rule)
    {
        var exception = Should.Throw<ProcessDefinitionException>(() => Define(process => process.StartsWith("Next", rule)));

        var problem = exception.Problems.ShouldHaveSingleItem();
        problem.Statement.ShouldBe("3.6");
        problem.Element.ShouldBe("line 'Start to Next'");
    }

    [Test]
    [Statement("3.6")]
    public void Other_problems_in_the_function_are_told_as_well()
    {
        var rule = Answers.AtLeast(1).Satisfy(Score > 1 & new ProcessField<int>("Missing") > 1);

        var exception = Should.Throw<ProcessDefinitionException>(() => Define(process => process.StartsWith("Next", rule)));

        exception.Problems.Select(problem => problem.Statement).ShouldBe(["3.6", "11.1"]);
    }

    private static void Define(Action<ProcessBuilder> define) => ProcessDefinition.Define("Sample", process =>
    {
        process.Fields(Amount).StartsWith(process.Activity("Work"));
        process.Activity("Next");
        define(process);
    });
}
