using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Rules;

/// <summary>Thousands of generated rules over generated states, against an oracle of their own.</summary>
[Statement("3.4")]
[Statement("3.7")]
internal sealed class GeneratedRuleTests
{
    private static readonly ProcessField<int> A = new("A");
    private static readonly ActivityField<int> B = new("B");
    private static readonly ProcessField<string> Text = new("Text");
    private static readonly DestinationField<int> Answer = new("Answer");

    private static readonly Gen<string> Symbols = Gen.Elements("==", "!=", "<", "<=", ">=", ">");
    private static readonly Gen<string> Joins = Gen.Elements("And", "Or", "Xor");
    private static readonly Gen<int> Small = Gen.Choose(0, 3);
    private static readonly Gen<int?> Maybe = Gen.Frequency((4, Small.Select(value => (int?)value)), (1, Gen.Constant<int?>(null)));

    private static readonly Gen<RuleOracle.State> States =
        from a in Maybe
        from b in Maybe
        from text in Gen.Elements("a", "A", "b", "", null)
        from total in Gen.Choose(0, 4)
        from completed in Gen.Choose(0, total)
        from answers in Gen.ArrayOf(Maybe, completed)
        select new RuleOracle.State(a, b, text, answers, total);

    [Test]
    [Statement("3.4")]
    [Statement("3.7")]
    [Statement("13.3")]
    public void Evaluation_and_trace_agree_with_the_oracle()
    {
        var cases = from state in States from rule in Rules(depth: 4, insideFunction: false) select (state, rule);
        var configuration = Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(20260105, 1);

        Prop.ForAll(cases.ToArbitrary(), each => Check(each.state, each.rule)).Check(configuration);
    }

    private static void Check(RuleOracle.State state, RuleOracle oracle)
    {
        var world = WorldOf(state);
        var bound = world.Bind(RuleOf(oracle));

        var result = bound.Evaluate(world.Line());
        var trace = bound.Explain(world.Line());

        result.ShouldBe(oracle.Holds(state, answer: null), bound.ToString());
        trace.Result.ShouldBe(result, bound.ToString());
        trace.Text.ShouldBe(bound.ToString());
    }

    private static RuleWorld WorldOf(RuleOracle.State state)
    {
        var world = new RuleWorld(A, B, Text, Answer).Plan(state.Total, state.Total);
        if (state.A is { } a)
        {
            world.Set(A, a);
        }

        if (state.B is { } b)
        {
            world.Set(B, b);
        }

        if (state.Text is { } text)
        {
            world.Set(Text, text);
        }

        for (var index = 0; index < state.Answers.Length; index++)
        {
            if (state.Answers[index] is { } answer)
            {
                world.Answer(index, "somebody", Answer, answer);
            }
            else
            {
                world.Answer(index, "somebody", ActionResult.Field, "Done");
            }
        }

        return world;
    }

    private static Gen<RuleOracle> Rules(int depth, bool insideFunction)
    {
        var leaf = insideFunction ? Gen.Frequency((3, AnswerLeaves()), (1, Leaves())) : Leaves();
        if (depth == 0)
        {
            return leaf;
        }

        var smaller = Rules(depth - 1, insideFunction);
        var joined = from word in Joins from left in smaller from right in smaller select (RuleOracle)new RuleOracle.Pair(word, left, right);
        var negated = smaller.Select(RuleOracle (rule) => new RuleOracle.Not(rule));
        var list = from first in smaller
                   from count in Gen.Choose(0, 3)
                   from rest in Gen.ArrayOf(from word in Joins from item in smaller select (word, item), count)
                   select (RuleOracle)new RuleOracle.FlatList(first, rest);
        return insideFunction
            ? Gen.Frequency((3, leaf), (3, joined), (1, negated), (1, list))
            : Gen.Frequency((2, leaf), (3, joined), (1, negated), (2, list), (2, Functions()), (1, Aggregates()));
    }

    private static Gen<RuleOracle> Leaves() => Gen.OneOf(
        from symbol in Symbols from value in Small select (RuleOracle)new RuleOracle.AWith(symbol, value),
        from symbol in Symbols select (RuleOracle)new RuleOracle.AWithB(symbol),
        from symbol in Symbols from value in Gen.Elements("a", "A", "b", "") select (RuleOracle)new RuleOracle.TextWith(symbol, value));

    private static Gen<RuleOracle> AnswerLeaves() =>
        from symbol in Symbols from value in Small select (RuleOracle)new RuleOracle.AnswerWith(symbol, value);

    private static Gen<RuleOracle> Functions() =>
        from function in Gen.Elements("All Slots", "All Completed", "At Least", "At Most", "None")
        from count in Gen.Choose(1, 4)
        from asked in AnswerLeaves()
        from more in Rules(depth: 1, insideFunction: true)
        from word in Joins
        select (RuleOracle)new RuleOracle.OverSlots(function, count, new RuleOracle.Pair(word, asked, more));

    private static Gen<RuleOracle> Aggregates() =>
        from function in Gen.Elements("Sum", "Count", "Minimum", "Maximum", "Average")
        from symbol in Symbols
        from value in Small
        select (RuleOracle)new RuleOracle.Aggregate(function, symbol, value);

    private static Rule RuleOf(RuleOracle oracle) => oracle switch
    {
        RuleOracle.AWith(var symbol, var value) => Compared(A, symbol, value),
        RuleOracle.AWithB(var symbol) => ComparedOperands(A, symbol, B),
        RuleOracle.TextWith(var symbol, var value) => Compared(Text, symbol, value),
        RuleOracle.AnswerWith(var symbol, var value) => Compared(Answer, symbol, value),
        RuleOracle.Not(var rule) => !RuleOf(rule),
        RuleOracle.Pair("And", var left, var right) => RuleOf(left) & RuleOf(right),
        RuleOracle.Pair("Or", var left, var right) => RuleOf(left) | RuleOf(right),
        RuleOracle.Pair(_, var left, var right) => RuleOf(left) ^ RuleOf(right),
        RuleOracle.FlatList(var first, var rest) => rest.Aggregate(Rule.List(RuleOf(first)), (list, each) => each.Join switch
        {
            "And" => list.And(RuleOf(each.Item)),
            "Or" => list.Or(RuleOf(each.Item)),
            _ => list.Xor(RuleOf(each.Item)),
        }),
        RuleOracle.OverSlots(var function, var count, var predicate) => FunctionOf(function, count).Satisfy(RuleOf(predicate)),
        RuleOracle.Aggregate(var function, var symbol, var value) => Compared(AggregateOf(function), symbol, (Number)value),
        _ => throw new ArgumentOutOfRangeException(nameof(oracle)),
    };

    private static SlotFunction FunctionOf(string function, int count) => function switch
    {
        "All Slots" => Answers.AllSlots,
        "All Completed" => Answers.AllCompleted,
        "At Least" => Answers.AtLeast(count),
        "At Most" => Answers.AtMost(count),
        _ => Answers.None,
    };

    private static NumberOperand AggregateOf(string function) => function switch
    {
        "Sum" => Answers.Sum(Answer),
        "Count" => Answers.Count(Answer),
        "Minimum" => Answers.Minimum(Answer),
        "Maximum" => Answers.Maximum(Answer),
        _ => Answers.Average(Answer),
    };

    private static Rule Compared<T>(Operand<T> left, string symbol, T right) => symbol switch
    {
        "==" => left == right,
        "!=" => left != right,
        "<" => left < right,
        "<=" => left <= right,
        ">=" => left >= right,
        _ => left > right,
    };

    private static Rule ComparedOperands<T>(Operand<T> left, string symbol, Operand<T> right) => symbol switch
    {
        "==" => left == right,
        "!=" => left != right,
        "<" => left < right,
        "<=" => left <= right,
        ">=" => left >= right,
        _ => left > right,
    };
}
