using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Manual;

/// <summary>Findings of activities at which something arrives and nothing comes of it.</summary>
[TestFixture]
[Statement("13.4")]
[Statement("10.8b")]
public sealed class Chapter13ArrivalFindings
{
    private static readonly ProcessField<decimal> Amount = new("Amount", 0m);

    [Test]
    public async Task A_preceding_rule_that_no_data_make_true_is_found()
    {
        var finding = (await FindAsync(process => StartsWith(process, process.Activity("Pay", activity => activity.PrecedingRule(Amount > 5 & Amount < 3)))))
            .ShouldHaveSingleItem();

        (finding.Id, finding.Severity, finding.Path).ShouldBe(
            (FindingIds.PrecedingRuleNeverTrue, FindingSeverity.Warning, "activity 'Pay' / preceding rule"));
        finding.Reason.ShouldContain("is false for all data, so each arrival ends here and the activity never runs");
    }

    [Test]
    public async Task A_preceding_rule_that_some_data_make_true_is_none() =>
        (await FindAsync(process => StartsWith(process, process.Activity("Pay", activity => activity.PrecedingRule(Amount > 3 & Amount < 5))))).ShouldBeEmpty();

    [Test]
    public async Task A_preceding_rule_beside_a_join_is_looked_at_too() =>
        (await FindAsync(process =>
        {
            var pay = process.Activity("Pay", activity => activity.PrecedingRule(Arrivals.First, and: Amount > 5 & Amount < 3));
            StartsWith(process, pay);
        })).ShouldHaveSingleItem().Id.ShouldBe(FindingIds.PrecedingRuleNeverTrue);

    [Test]
    public async Task A_join_of_two_outcomes_of_which_one_run_has_one_is_found([Values] bool isAll)
    {
        var finding = (await FindAsync(process => Joined(process, isAll ? Arrivals.All : Arrivals.AtLeast(2)))).ShouldHaveSingleItem();

        (finding.Id, finding.Severity, finding.Path).ShouldBe((FindingIds.JoinNeverPasses, FindingSeverity.Warning, "activity 'Go on' / join"));
        finding.Reason.ShouldContain("it waits for 2 lines, and of those of 'Decide' not all are followed after one outcome");
    }

    [Test]
    public async Task A_join_that_one_outcome_is_enough_for_is_none([Values] bool isFirst) =>
        (await FindAsync(process => Joined(process, isFirst ? Arrivals.First : Arrivals.AllThatCanCome))).ShouldBeEmpty();

    [Test]
    public async Task A_join_of_lines_that_are_followed_together_is_none() =>
        (await FindAsync(process => Joined(
            process, Arrivals.All, (decide, join) => decide.On("Approve", join, name: "first").On("Approve", join, name: "second"))))
            .ShouldNotContain(found => found.Id == FindingIds.JoinNeverPasses);

    [Test]
    public async Task A_join_of_an_activity_that_may_run_again_is_none([Values] bool isLoop)
    {
        var findings = await FindAsync(process => Joined(process, Arrivals.All, (decide, join) =>
        {
            decide.On("Approve", join).On("Reject", join);
            if (isLoop)
            {
                decide.On("Approve", decide);
            }
            else
            {
                process.FinishRule(Amount > 5, decide);
            }
        }));

        findings.ShouldNotContain(found => found.Id == FindingIds.JoinNeverPasses);
    }

    [Test]
    [Statement("13.11")]
    public async Task A_join_of_a_process_in_which_a_task_may_be_sent_back_is_none() =>
        (await FindAsync(process => Joined(process, Arrivals.All, (decide, join) =>
        {
            var check = process.Activity("Check", activity => activity
                .Destinations(to => to.Users("bob"))
                .Client("Check it", task => task.Action("Checked").AllowSendBack()));
            decide.On("Approve", join).On("Reject", join).To(check);
        }))).ShouldNotContain(found => found.Id == FindingIds.JoinNeverPasses);

    [Test]
    public async Task Another_branch_counts_beside_the_outcomes() =>
        (await FindAsync(process =>
        {
            var decide = Deciding(process);
            var other = process.Activity("Other");
            var join = process.Activity("Go on", activity => activity.PrecedingRule(Arrivals.AtLeast(2)));
            StartsWith(process, decide);
            process.StartsWith(other);
            decide.On("Approve", join).On("Reject", join);
            other.To(join);
        })).ShouldBeEmpty();

    private static void Joined(ProcessBuilder process, Arrivals arrivals, Action<ActivityReference, ActivityReference>? lines = null)
    {
        var decide = Deciding(process);
        var join = process.Activity("Go on", activity => activity.PrecedingRule(arrivals));
        StartsWith(process, decide);
        (lines ?? ((from, to) => from.On("Approve", to).On("Reject", to)))(decide, join);
    }

    private static ActivityReference Deciding(ProcessBuilder process) => process.Activity("Decide", activity => activity
        .Destinations(to => to.Users("ann"))
        .Client("Decide it", task => task.Action("Approve").Action("Reject"))
        .Outcome("Approve", Answers.AllSlots == "Approve")
        .Outcome("Reject", Answers.AllSlots == "Reject"));

    private static void StartsWith(ProcessBuilder process, ActivityReference activity) => process.OpenToAll().Fields(Amount).StartsWith(activity);

    private static async Task<IReadOnlyList<Finding>> FindAsync(Action<ProcessBuilder> define)
    {
        await using var engine = WorkflowEngine.Create(options => options.TakesUpWork = false);
        return (await engine.DeployAsync(ProcessDefinition.Define("Order", define))).Findings;
    }
}
