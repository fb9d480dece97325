using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

[Statement("3.4")]
[SetCulture("tr-TR")]
internal sealed class RuleTextTests
{
    private static readonly ProcessField<decimal> Amount = new("Amount");
    private static readonly ProcessField<double> Rate = new("Rate");
    private static readonly ProcessField<string> Purpose = new("Purpose");
    private static readonly ProcessField<bool> IsUrgent = new("Is urgent");
    private static readonly ProcessField<DateTimeOffset> Due = new("Due");
    private static readonly ProcessField<IReadOnlyList<int>> Rounds = new("Rounds");
    private static readonly DestinationField<string> Vote = new("Vote");

    private static IEnumerable<TestCaseData> Rules()
    {
        var (a, b, c) = (Amount > 1m, Amount > 2m, Amount > 3m);
        yield return new TestCaseData(Amount < 3_000.50m, "Amount < 3000.50");
        yield return new TestCaseData(3m <= Amount, "3 <= Amount");
        yield return new TestCaseData(Rate >= 0.1, "Rate >= 0.1");
        yield return new TestCaseData(Purpose != "IĞDIR", "Purpose != \"IĞDIR\"");
        yield return new TestCaseData(IsUrgent == true, "Is urgent == true");
        yield return new TestCaseData(Due > new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.FromHours(1)), "Due > 2026-01-05T12:00:00+01:00");
        yield return new TestCaseData(Rounds == (IReadOnlyList<int>)[1, 2], "Rounds == [1, 2]");
        yield return new TestCaseData(Amount.IsNull, "Amount is null");
        yield return new TestCaseData(Amount.HasValue, "Amount is not null");
        yield return new TestCaseData(a & b | c, "Amount > 1 & Amount > 2 | Amount > 3");
        yield return new TestCaseData(a & (b | c), "Amount > 1 & (Amount > 2 | Amount > 3)");
        yield return new TestCaseData(a ^ b & c, "Amount > 1 ^ Amount > 2 & Amount > 3");
        yield return new TestCaseData((a ^ b) & c, "(Amount > 1 ^ Amount > 2) & Amount > 3");
        yield return new TestCaseData(a & (b & c), "Amount > 1 & (Amount > 2 & Amount > 3)");
        yield return new TestCaseData(a & b & c, "Amount > 1 & Amount > 2 & Amount > 3");
        yield return new TestCaseData(!a | !(b & c), "!(Amount > 1) | !(Amount > 2 & Amount > 3)");
        yield return new TestCaseData(
            Rule.List(a).Or(b & c).Xor(Rule.List(c).And(a)),
            "{ Amount > 1 Or (Amount > 2 & Amount > 3) Xor { Amount > 3 And Amount > 1 } }");
        yield return new TestCaseData(Rule.Named("is a holiday", _ => true) & a, "[is a holiday] & Amount > 1");
        yield return new TestCaseData(Rounds.Sum() - Rounds.Count() * 2 > 1.5, "Rounds.Sum() - Rounds.Count() * 2 > 1.5");
        yield return new TestCaseData((Rounds.Sum() - 1) * (Rounds.Count() + 2) == 3, "(Rounds.Sum() - 1) * (Rounds.Count() + 2) == 3");
        yield return new TestCaseData(Answers.AtLeast(2) == "Approve", "At Least 2 (Action Result == \"Approve\")");
        yield return new TestCaseData(Answers.CountOf(Vote == "yes") * 2 > Answers.Total, "Answers.CountOf(Vote == \"yes\") * 2 > Answers.Total");
        yield return new TestCaseData(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed), "All Slots (Status.OfSlot == Completed)");
        yield return new TestCaseData(Status.OfActivity == ActivityInstanceStatus.Expired, "Status.OfActivity == Expired");
    }

    [TestCaseSource(nameof(Rules))]
    [Statement("3.4")]
    public void A_rule_is_written_with_the_operators_of_csharp(Rule rule, string text)
    {
        rule.ToString().ShouldBe(text);
    }

    /// <summary>So a field that is put into a text by concatenation stands there as a template names it, and is replaced or refused.</summary>
    [Test]
    [Statement("1.1")]
    public void An_operand_is_written_as_a_template_names_it()
    {
        (Amount.ToString(), $"{Purpose}", "a" + Vote).ShouldBe(("{Amount}", "{Purpose}", "a{Vote}"));
        $"{Rounds.Count() * 2}".ShouldBe("{Rounds.Count() * 2}");
    }
}
