using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Manual;

/// <summary>The value that <c>Outcome</c> holds at first takes an activity further only where a line follows it.</summary>
[TestFixture]
public sealed class Chapter13InitialOutcomes
{
    private static readonly ProcessField<int> Amount = new("Amount");

    private static TestCaseData Case(string says, Action<ActivityBuilder> vote, Rule? rest, string? reason) =>
        new TestCaseData(vote, rest, reason).SetArgDisplayNames(says);

    private static IEnumerable<TestCaseData> Values()
    {
        const string Tied = "after the answers 'Approve', 'Decline' in 2 slots none of its outcomes is true, so it ";
        yield return Case("a declared outcome", vote => vote.OutcomeAtFirst("Declined"), rest: null, reason: null);
        yield return Case("a value of its own with a line", vote => vote.OutcomeAtFirst("Tied"), Outcome.Is("Tied"), reason: null);
        yield return Case("a value with a line that asks more", vote => vote.OutcomeAtFirst("Tied"), Outcome.Is("Tied") & Amount > 5, reason: null);
        yield return Case("a value with a line for any other", vote => vote.OutcomeAtFirst("Tied"), Outcome.Field != "Approved", reason: null);
        yield return Case("a value of its own without a line", vote => vote.OutcomeAtFirst("Tied"), rest: null,
            Tied + "ends without an outcome ('Tied' at first, which no line follows)");
        yield return Case("a misspelled outcome", vote => vote.OutcomeAtFirst("Declned").WhenUnresolved(WhenUnresolved.Expire), rest: null,
            Tied + "expires without an outcome ('Declned' at first, which no line follows)");
        yield return Case("a value, and a line for no value", vote => vote.OutcomeAtFirst("Tied"), Outcome.Field.IsNull,
            Tied + "ends without an outcome ('Tied' at first, which no line follows)");
        yield return Case("a declared field with a value", vote => vote.Fields(new ActivityField<string>(Outcome.Name, "Tied")), rest: null,
            Tied + "ends without an outcome ('Tied' at first, which no line follows)");
    }

    [TestCaseSource(nameof(Values))]
    [Statement("13.4")]
    public async Task A_value_that_no_line_follows_foresees_nothing(Action<ActivityBuilder> vote, Rule? rest, string? reason)
    {
        await using var engine = WorkflowEngine.Create();

        var findings = (await engine.DeployAsync(Vote(vote, rest))).Findings;

        findings.Select(finding => finding.Reason).ShouldBe(reason is null ? [] : [reason]);
        findings.ShouldAllBe(finding => finding.Id == FindingIds.OutcomesCanAllBeFalse && finding.Remedy.Contains("a line that follows this value"));
    }

    private static ProcessDefinition Vote(Action<ActivityBuilder> more, Rule? rest = null) => ProcessDefinition.Define("Approval", process =>
    {
        process.OpenToAll().Fields(Amount);
        var approve = process.Activity("Approve", activity => more(activity
            .Destinations(to => to.Users("ann", "bob"))
            .PlanPerDestination()
            .Client("Decide", task => task.Action("Approve").Action("Decline"))
            .Outcome("Approved", Answers.AtLeast(2) == "Approve")
            .Outcome("Declined", Answers.AtLeast(2) == "Decline")));
        process.StartsWith(approve);
        var next = process.Activity("Next");
        approve.On("Approved", next).On("Declined", next);
        if (rest is not null)
        {
            approve.To(next, rest, "rest");
        }
    });
}
