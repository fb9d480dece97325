using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter13Definitions
{
    private static readonly ProcessField<int> Amount = new("Amount");
    private static readonly ProcessField<string> AmountAsText = new("Amount");
    private static readonly ActivityField<int> Tries = new("Tries");
    private static readonly DestinationField<int> Score = new("Score");
    private static readonly ProcessField<IReadOnlyList<string>> Orders = new("Orders");

    private static TestCaseData Wrong(string says, string element, Action<ProcessBuilder> define) =>
        new TestCaseData(element, define).SetArgDisplayNames(says);

    private static IEnumerable<TestCaseData> Elements()
    {
        yield return Wrong("no activity", "Wrong", _ => { });
        yield return Wrong("a line to a missing activity", "Nowhere", process => Work(process).To("Nowhere"));
        yield return Wrong("a start at a missing activity", "Nowhere", process =>
        {
            Work(process);
            process.StartsWith("Nowhere");
        });
        yield return Wrong("two activities of one name", "Work", process =>
        {
            Work(process);
            process.Activity("Work");
        });
        yield return Wrong("two events of one name", "Call", process => Work(process, activity => activity.Server("Call", _ => { }).Waits("Call")));
        yield return Wrong("two lines of one name", "same", process =>
            Work(process.Fields(Amount)).To("Work", Amount > 1, "same").To("Work", Amount > 2, "same"));
        yield return Wrong(
            "two unnamed lines between the same activities", "Work", process => Work(process.Fields(Amount)).To("Work", Amount > 1).To("Work", Amount > 2));
        yield return Wrong("two process fields of one name", "Amount", process => Work(process.Fields(Amount, AmountAsText)));
        yield return Wrong("a field that is declared twice", "Amount", process => Work(process.Fields(Amount, Amount)));
        yield return Wrong("two destination fields of one name", "Score", process => Work(process, activity => activity.Fields(Score, Score)));
        yield return Wrong("a blank name", "", process => Work(process).To(process.Activity("  ")));
        yield return Wrong("a name that is too long", "", process =>
        {
            Work(process);
            process.Activity(new string('x', 257));
        });
        yield return Wrong("a name with a line break", "", process =>
        {
            Work(process);
            process.Activity("two\nlines");
        });
        yield return Wrong("version 0", "", process => Work(process.Version(0)));
        yield return Wrong("a process field among those of an activity", "Amount", process => Work(process, activity => activity.Fields(Amount)));
        yield return Wrong("an activity field among those of the process", "Tries", process => Work(process.Fields(Tries)));
    }

    private static IEnumerable<TestCaseData> Rules()
    {
        yield return Wrong("a line rule over a missing field", "Work", process => Work(process).To("Work", when: Amount > 1));
        yield return Wrong("a start rule over a missing field", "Work", process => process.StartsWith(process.Activity("Work"), when: Amount > 1));
        yield return Wrong("a preceding rule over a missing field", "Work", process => Work(process, activity => activity.PrecedingRule(Amount > 1)));
        yield return Wrong("a succeeding rule over a missing field", "Work", process => Work(process, activity => activity.SucceedingRule(Score > 1)));
        yield return Wrong("an event rule over a missing field", "Call", process => Work(process, activity => activity.Server("Call", _ => { }, Amount > 1)));
        yield return Wrong("a finish rule over a missing field", "finish", process => process.FinishRule(Amount > 1, Work(process)));
        yield return Wrong("slots from a missing list", "Work", process => Work(process, activity => activity.PlanPerSlot(Slots.ForEach(Orders)).Waits()));
        yield return Wrong(
            "a number of slots from a missing field", "Work", process => Work(process, activity => activity.PlanPerSlot(Slots.Number(Amount)).Waits()));
        yield return Wrong("a rule over a field of another type", "Work", process => Work(process.Fields(AmountAsText)).To("Work", when: Amount > 1));
        yield return Wrong("an activity field in a start rule", "Work", process =>
            process.StartsWith(process.Activity("Work", activity => activity.Fields(Tries)), when: Tries > 1));
        yield return Wrong("a field of another activity in a line rule", "Next", process =>
        {
            Work(process, activity => activity.Fields(Tries));
            process.Activity("Next").To("Work", when: Tries > 1);
        });
        yield return Wrong("a slot function in a start rule", "Work", process =>
            process.StartsWith(process.Activity("Work"), when: Answers.AtLeast(1).Satisfy(Status.OfSlot == SlotStatus.Completed)));
        yield return Wrong("a slot function in a finish rule", "finish", process =>
            process.FinishRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed), Work(process)));
        yield return Wrong("a task with no slot", "Work", process => Work(process, activity => activity
            .Destinations(to => to.Users("ann")).PlanJustOnce(Slots.Number(0)).Client("Decide", task => task.Action("Approve"))));
        yield return Wrong("a task for nobody", "Work", process => Work(process, activity => activity.Client("Decide", task => task.Action("Approve"))));
        yield return Wrong("a slot for each destination where there are none", "Work", process => Work(process, activity => activity
            .PlanPerSlot(Slots.PerDestination).Waits()));
    }

    private static ActivityReference Work(ProcessBuilder process, Action<ActivityBuilder>? define = null)
    {
        var work = process.Activity("Work", define ?? (_ => { }));
        process.StartsWith(work);
        return work;
    }

    [Statement("13.4")]
    [TestCaseSource(nameof(Elements))]
    [TestCaseSource(nameof(Rules))]
    public void A_definition_without_a_meaning_is_refused_with_element_statement_and_remedy(string element, Action<ProcessBuilder> define)
    {
        var refusal = Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define("Wrong", define));

        refusal.Definition.ShouldBe("Wrong");
        refusal.Problems.ShouldContain(problem => problem.ToString().Contains(element, StringComparison.Ordinal));
        foreach (var problem in refusal.Problems)
        {
            problem.Element.ShouldNotBeNullOrWhiteSpace();
            problem.Message.ShouldNotBeNullOrWhiteSpace();
            problem.Statement.ShouldMatch(@"^\d+\.\d+b?$");
            problem.Remedy.ShouldEndWith(".");
            refusal.Message.ShouldContain(problem.ToString());
        }
    }

    [Test]
    [Statement("13.8")]
    public void Names_of_the_greatest_length_can_be_used_for_activities_that_a_line_joins()
    {
        var definition = ProcessDefinition.Define("Long", process =>
            Work(process).To(process.Activity(new string('x', 256))));

        definition.Lines.Count.ShouldBe(2);
    }

    [Test]
    [Statement("13.4")]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var refusal = Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define("Wrong", process =>
        {
            var work = Work(process, activity => activity.PrecedingRule(Amount > 1).Server("Call", _ => { }).Server("Call", _ => { }));
            work.To("Nowhere").To("Elsewhere", when: Score > 1, name: "to elsewhere");
            process.Activity("Work");
        }));

        var problems = refusal.Problems.Select(problem => problem.ToString()).ToArray();
        problems.ShouldContain(problem => problem.Contains("Amount", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("'Call'", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("Nowhere", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("Elsewhere", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("'Work'", StringComparison.Ordinal) && problem.Contains("two", StringComparison.Ordinal));
        problems.ShouldBeUnique();
    }

    [Test]
    [Statement("13.8")]
    public async Task A_version_is_never_replaced_by_another_definition()
    {
        var first = ProcessDefinition.Define("Plain", process => Work(process.OpenToAll()));
        await using var bed = await WorkflowTestBed.CreateAsync(first);
        var other = ProcessDefinition.Define("Plain", process => Work(process.OpenToAll(), activity => activity.Waits()));

        await bed.Engine.DeployAsync(first);
        var refusal = await Should.ThrowAsync<ProcessDefinitionException>(async () => await bed.Engine.DeployAsync(other));
        refusal.Problems.ShouldContain(problem => problem.Statement == "13.8");

        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Completed, "the first one still holds");
    }

    [Test]
    [Statement("8.7")]
    public async Task Instances_stay_on_the_version_they_were_started_on()
    {
        static ProcessDefinition Versioned(int version) => ProcessDefinition.Define("Plain", process =>
        {
            var work = Work(process.OpenToAll().Version(version), activity => activity.Waits());
            work.To(process.Activity($"After {version}"));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(Versioned(1));
        var old = await bed.BeginAsync();
        await bed.Engine.DeployAsync(Versioned(2));

        var young = await bed.BeginAsync();
        await bed.FinishAsync(old, "Work");
        await bed.FinishAsync(young, "Work");

        (await bed.CompletedAsync(old)).ShouldBe(["Work", "After 1"]);
        (await bed.CompletedAsync(young)).ShouldBe(["Work", "After 2"]);
    }
}
