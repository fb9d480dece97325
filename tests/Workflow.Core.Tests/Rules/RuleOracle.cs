namespace Workflow.Core.Tests.Rules;

/// <summary>A rule in the plainest form, and what it means: written from the statements only, without the code under test.</summary>
internal abstract record RuleOracle
{
    /// <summary>The state the oracle looks at: null for no value.</summary>
    internal sealed record State(int? A, int? B, string? Text, int?[] Answers, int Total);

    internal abstract bool Holds(State state, int? answer);

    private static bool Compare(string symbol, IComparable? left, IComparable? right)
    {
        if (symbol is "==" or "!=")
        {
            var same = left is null ? right is null : right is not null && left.CompareTo(right) == 0;
            return same == (symbol == "==");
        }

        if (left is null || right is null)
        {
            return false;
        }

        var order = left is string text ? string.CompareOrdinal(text, (string)right) : left.CompareTo(right);
        return symbol switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">=" => order >= 0,
            _ => order > 0,
        };
    }

    internal sealed record AWith(string Symbol, int Value) : RuleOracle
    {
        internal override bool Holds(State state, int? answer) => Compare(Symbol, state.A, Value);
    }

    internal sealed record AWithB(string Symbol) : RuleOracle
    {
        internal override bool Holds(State state, int? answer) => Compare(Symbol, state.A, state.B);
    }

    internal sealed record TextWith(string Symbol, string Value) : RuleOracle
    {
        internal override bool Holds(State state, int? answer) => Compare(Symbol, state.Text, Value);
    }

    internal sealed record AnswerWith(string Symbol, int Value) : RuleOracle
    {
        internal override bool Holds(State state, int? answer) => Compare(Symbol, answer, Value);
    }

    internal sealed record Not(RuleOracle Of) : RuleOracle
    {
        internal override bool Holds(State state, int? answer) => !Of.Holds(state, answer);
    }

    internal sealed record Pair(string Join, RuleOracle Left, RuleOracle Right) : RuleOracle
    {
        internal override bool Holds(State state, int? answer) => Joined(Join, Left.Holds(state, answer), Right.Holds(state, answer));
    }

    internal sealed record FlatList(RuleOracle First, (string Join, RuleOracle Item)[] Rest) : RuleOracle
    {
        internal override bool Holds(State state, int? answer)
        {
            var result = First.Holds(state, answer);
            foreach (var (join, item) in Rest)
            {
                result = Joined(join, result, item.Holds(state, answer));
            }

            return result;
        }
    }

    internal sealed record OverSlots(string Function, int Count, RuleOracle Predicate) : RuleOracle
    {
        internal override bool Holds(State state, int? answer)
        {
            var satisfied = state.Answers.Count(each => Predicate.Holds(state, each));
            return Function switch
            {
                "All Slots" => state.Answers.Length == state.Total && satisfied == state.Total,
                "All Completed" => state.Answers.Length > 0 && satisfied == state.Answers.Length,
                "At Least" => satisfied >= Count,
                "At Most" => satisfied <= Count,
                _ => satisfied == 0,
            };
        }
    }

    internal sealed record Aggregate(string Function, string Symbol, int Value) : RuleOracle
    {
        internal override bool Holds(State state, int? answer)
        {
            int[] values = [.. state.Answers.Where(each => each is not null).Select(each => each!.Value)];
            decimal? result = Function switch
            {
                "Sum" => values.Sum(),
                "Count" => values.Length,
                "Minimum" => values.Length == 0 ? null : values.Min(),
                "Maximum" => values.Length == 0 ? null : values.Max(),
                _ => values.Length == 0 ? null : values.Sum(value => (decimal)value) / values.Length,
            };
            return Compare(Symbol, result, (decimal)Value);
        }
    }

    private static bool Joined(string join, bool left, bool right) => join switch
    {
        "And" => left && right,
        "Or" => left || right,
        _ => left != right,
    };
}
