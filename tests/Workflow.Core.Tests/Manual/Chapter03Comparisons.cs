using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter03Comparisons
{
    private static readonly ProcessField<string> Text = new("Text");
    private static readonly ProcessField<decimal> Amount = new("Amount");
    private static readonly ProcessField<int> Number = new("Number");
    private static readonly DestinationField<decimal> Score = new("Score");

    /// <code>
    ///     ┌── rule 1 ──► 1 ──►
    /// ►───┼── …
    ///     └── rule n ──► n ──►
    /// </code>
    private static ProcessDefinition Asking(params Rule[] rules) => ProcessDefinition.Define("Asking", process =>
    {
        process.OpenToAll().Fields(Text, Amount, Number);
        for (var place = 0; place < rules.Length; place++)
        {
            process.StartsWith(process.Activity((place + 1).ToString(CultureInfo.InvariantCulture)), when: rules[place]);
        }
    });

    [Test]
    [Statement("3.4")]
    public async Task Only_equality_has_an_answer_for_null()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(
            Text.IsNull, Text.HasValue, Text == "a", Text != "a", Amount < 1m, Amount > 1m, Amount <= 1m, Amount >= 1m, Amount == 1m, Amount != 1m));

        (await bed.StartedAsync(await bed.BeginAsync())).ShouldBe(["1", "4", "10"]);
        (await bed.StartedAsync(await bed.BeginAsync(start => start.Set(Text, "a").Set(Amount, 1m)))).ShouldBe(["2", "3", "7", "8", "9"]);
    }

    [Statement("3.4")]
    [TestCase("a", "a")]
    [TestCase("A", "b")]
    [TestCase("é", "c")]
    [TestCase("B", "b")]
    public async Task Text_is_compared_ordinally_and_case_counts(string text, string kind)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(Text == "a", Text < "a", Text > "a"));

        var started = await bed.StartedAsync(await bed.BeginAsync(start => start.Set(Text, text)));

        started.ShouldBe([kind switch { "a" => "1", "b" => "2", _ => "3" }]);
    }

    [Statement("3.4")]
    [TestCase(3, "3.0", "=")]
    [TestCase(3, "2.9", ">")]
    [TestCase(3, "3.1", "<")]
    [TestCase(-1, "0", "<")]
    [TestCase(int.MaxValue, "2147483647.5", "<")]
    public async Task Numbers_of_different_types_compare_by_value(int number, string amount, string expected)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(
            Number.AsNumber() < Amount.AsNumber(), Number.AsNumber() == Amount.AsNumber(), Number.AsNumber() > Amount.AsNumber()));

        var started = await bed.StartedAsync(await bed.BeginAsync(
            start => start.Set(Number, number).Set(Amount, decimal.Parse(amount, CultureInfo.InvariantCulture))));

        started.ShouldBe([expected switch { "<" => "1", "=" => "2", _ => "3" }]);
    }

    [Test]
    [Statement("3.4")]
    public async Task The_operators_of_a_rule_keep_the_precedence_of_the_language()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(
            Number == 1 | Number == 2 & Amount == 1m, (Number == 1 | Number == 2) & Amount == 1m, Number == 1 ^ Amount == 1m, !(Number == 1)));

        (await bed.StartedAsync(await bed.BeginAsync(start => start.Set(Number, 1).Set(Amount, 0m)))).ShouldBe(["1", "3"]);
        (await bed.StartedAsync(await bed.BeginAsync(start => start.Set(Number, 2).Set(Amount, 1m)))).ShouldBe(["1", "2", "3", "4"]);
        (await bed.StartedAsync(await bed.BeginAsync(start => start.Set(Number, 1).Set(Amount, 1m)))).ShouldBe(["1", "2"]);
    }

    /// <code>
    /// ► Ask (4 slots, each waits; done when the rule is true, expired when it never was) ──►
    /// </code>
    private static ProcessDefinition Scoring(Rule rule) => ProcessDefinition.Define("Scoring", process =>
    {
        process.OpenToAll();
        process.StartsWith(process.Activity("Ask", activity => activity
            .Fields(Score).PlanPerSlot(Slots.Number(4)).Waits().SucceedingRule(rule).WhenUnresolved(WhenUnresolved.Expire)));
    });

    private static IEnumerable<TestCaseData> Aggregates()
    {
        yield return Scored("sum of 4 + 5.9 + 0.1 >= 10", Answers.Sum(Score) >= 10m, true, 4m, 5.9m, 0.1m);
        yield return Scored("sum never 10", Answers.Sum(Score) >= 10m, false, 4m, 5.9m, 0.09m, 0m);
        yield return Scored("minimum 2 < 3", Answers.Minimum(Score) < 3m, true, 4m, 3m, 2m);
        yield return Scored("maximum 8 > 7", Answers.Maximum(Score) > 7m, true, 4m, 7m, 8m);
        yield return Scored("average 2.5", Answers.Average(Score) == 2.5m, true, 2m, 2m, 3.5m);
        yield return Scored("count 3", Answers.Count(Score) == 3, true, 1m, 1m, 1m);
    }

    private static TestCaseData Scored(string says, Rule rule, bool isTrueInTheEnd, params decimal[] scores) =>
        new TestCaseData(rule, scores, isTrueInTheEnd).SetArgDisplayNames(says);

    [Statement("3.5")]
    [TestCaseSource(nameof(Aggregates))]
    public async Task An_aggregate_is_taken_over_the_completed_slots(Rule rule, decimal[] scores, bool isTrueInTheEnd)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Scoring(rule));
        var id = await bed.BeginAsync();
        var serials = await bed.ServerItemsAsync(id);

        for (var place = 0; place < scores.Length; place++)
        {
            (await bed.CompletedAsync(id)).ShouldBeEmpty($"after {place} answers");
            await bed.FinishAsync(serials[place], finish => finish.Set(Score, scores[place]));
        }

        (await bed.CompletedAsync(id)).ShouldBe(isTrueInTheEnd ? ["Ask"] : []);
    }

    [Test]
    [Statement("3.5")]
    public async Task Over_no_values_sum_is_zero_and_the_others_are_null()
    {
        await using var sum = await WorkflowTestBed.CreateAsync(Scoring(Answers.Sum(Score) == 0m));
        await using var average = await WorkflowTestBed.CreateAsync(Scoring(Answers.Average(Score) <= 0m));

        foreach (var bed in new[] { sum, average })
        {
            var id = await bed.BeginAsync();
            await bed.FinishAsync((await bed.ServerItemsAsync(id))[0]);
            (await bed.StatusAsync(id)).ShouldBe(ReferenceEquals(bed, sum) ? ProcessInstanceStatus.Completed : ProcessInstanceStatus.Active);
        }
    }

    [Test]
    [Statement("3.6")]
    public void A_logical_function_in_a_preceding_rule_is_refused()
    {
        var refusal = Should.Throw<ProcessDefinitionException>(() => ProcessDefinition.Define("Wrong", process =>
        {
            process.StartsWith(process.Activity("Ask", activity => activity
                .Fields(Score).PrecedingRule(Answers.AtLeast(1).Satisfy(Score >= 5m)).PlanPerSlot(Slots.Number(2)).Waits()));
        }));

        refusal.Problems.ShouldContain(problem => problem.Element.Contains("Ask", StringComparison.Ordinal) && problem.Statement == "3.6");
    }
}
