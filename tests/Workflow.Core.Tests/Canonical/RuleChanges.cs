using Workflow.Core.Instances;
using Workflow.Core.Rules;
using static Workflow.Core.Tests.Canonical.Change;

namespace Workflow.Core.Tests.Canonical;

/// <summary>A change of everything that a rule holds.</summary>
internal static class RuleChanges
{
    private const string Derived = "it follows from the rest of the rule";

    private static readonly Rule _one = Amount == 1;
    private static readonly Rule _two = Limit == 2;

    public static IReadOnlyList<Change> All { get; } =
    [
        InRule("Junction.kind", _one & _two, _one | _two),
        InRule("Junction.clauses", _one & _two, _two & _one),
        InRule("Negation.rule", !_one, !_two),
        InRule("NullTest.operand", Amount.IsNull, Limit.IsNull),
        InRule("NullTest.isNull", Amount.IsNull, Amount.HasValue),
        InRule("Comparison.left", Amount == Limit, Other == Limit),
        InRule("Comparison.accepted", Amount == Limit, Amount <= Limit),
        InRule("Comparison.right", Amount == Limit, Amount == Other),
        InRule("FieldComparison.field", Amount == 1, Limit == 1),
        InRule("FieldComparison.accepted", Amount == 1, Amount != 1),
        InRule("FieldComparison.right", Amount == 1, Amount == 2),
        InRule("TextComparison.field", Who == "a", Whom == "a"),
        InRule("TextComparison.accepted", Who == "a", Who != "a"),
        InRule("TextComparison.right", Who == "a", Who == "a\n"),
        InRule("ClauseProgram.tree", _one & _two, _one & Limit == 3),
        InRule("RuleList.items", Rule.List(_one).Or(_two), Rule.List(_one).Xor(_two)),
        InRule("Member.Join", Rule.List(_one).Or(_two), Rule.List(_one).And(_two)),
        InRule("Member.Rule", Rule.List(_one).Or(_two), Rule.List(_one).Or(_one)),
        InRule("NamedRule.name", Rule.Named("a", _ => true), Rule.Named("b", _ => true)),
        InRule("SlotRule.kind", Answers.AtLeast(2).Satisfy(Score == 1), Answers.AtMost(2).Satisfy(Score == 1)),
        InRule("SlotRule.count", Answers.AtLeast(2).Satisfy(Score == 1), Answers.AtLeast(3).Satisfy(Score == 1)),
        InRule("SlotRule.predicate", Answers.All.Satisfy(Score == 1), Answers.All.Satisfy(Score == 2)),
        InRule("BoundField.field", Tries == 1, Score == 1),
        InRule("Constant.Value", Answers.Total == (Number)2, Answers.Total == (Number)2m),
        InRule("Constant.IsValue", Who == (string)null!, Who! == "null"),
        InTask(
            "ActingOperand.what", task => task.Action("A", action => action.Sets(Who!, Acting.User)),
            task => task.Action("A", action => action.Sets(Who!, Acting.OnBehalfOf))),
        InRule("Choice.when", Rule.Choose(_one, 1, 2) == 1, Rule.Choose(_two, 1, 2) == 1),
        InRule("Choice.then", Rule.Choose(_one, 1, 2) == 1, Rule.Choose(_one, 3, 2) == 1),
        InRule("Choice.otherwise", Rule.Choose(_one, 1, 2) == 1, Rule.Choose(_one, 1, 3) == 1),
        InRule("NumberConversion.operand", Amount.AsNumber() == 1, Limit.AsNumber() == 1),
        InRule("Arithmetic.left", Amount.AsNumber() + 1 == 2, Limit.AsNumber() + 1 == 2),
        InRule("Arithmetic.kind", Amount.AsNumber() + 1 == 2, Amount.AsNumber() - 1 == 2),
        InRule("Arithmetic.right", Amount.AsNumber() + 1 == 2, Amount.AsNumber() + 2 == 2),
        InRule("AnswerAggregate.kind", Answers.Sum(Score) == 1, Answers.Maximum(Score) == 1),
        InRule("AnswerAggregate.field", Answers.Sum(Score) == 1, Answers.Sum(Points) == 1),
        InRule("AnswerCount.predicate", Answers.CountOf(Score == 1) == 1, Answers.CountOf(Score == 2) == 1),
        InRule("ListAggregate.kind", Workflow.Core.Rules.Numbers.Sum(Change.Numbers) == 1, Workflow.Core.Rules.Numbers.Count(Change.Numbers) == 1),
        InRule("ListAggregate.list", Workflow.Core.Rules.Numbers.Count(Texts) == 1, Workflow.Core.Rules.Numbers.Count(Others) == 1),
        InRule("StatusOperand.subject", Status.OfDestination.HasValue, Status.OfActivity.HasValue),
        InRule("Enum", Status.OfDestination == DestinationStatus.Completed, Status.OfDestination == DestinationStatus.Expired),
        InTask("TextTemplate.parts", task => task.Data($"a {Amount}"), task => task.Data($"a {Limit}")),
        None("TextTemplate.isUrl", "it follows from where the text stands"), None("TextTemplate.problem", "with one nothing is built"),
        None("ClauseProgram.steps", Derived), None("FieldComparison.value", Derived), None("FieldComparison.isEquality", Derived),
        None("TextComparison.text", Derived),
        None("TextComparison.isEqualityAccepted", Derived), None("BoundField.ordinal", Derived),
        None("ActingOperand.read", "it stands for itself by its words"), None("BoundField.Scope", Derived),
        None("NamedRule.predicate", "code stands for itself by the name of the predicate"), None("FieldRule.scope", Derived),
        None("FieldRule.ordinal", Derived),
        None("Rule.Size", Derived), None("Operand.Size", Derived), None("Field.Declaration", "a rule that is built holds bound fields"),
    ];
}
