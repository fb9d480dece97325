using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>Compares two operands of one type (statement 3.4).</summary>
internal sealed class Comparison<T> : Rule
{
    private readonly Operand<T> _left;
    private readonly Order _accepted;
    private readonly Operand<T> _right;

    private Comparison(Operand<T> left, Order accepted, Operand<T> right)
        : base(RuleSize.Above(left.Size, right.Size))
    {
        _left = left;
        _accepted = accepted;
        _right = right;
    }

    internal override RuleRank Rank => RuleRank.Comparison;

    private bool IsEquality => _accepted is Order.Equal or Order.NotEqual;

    /// <exception cref="ArgumentException">Values of this type have no order (statement 3.4).</exception>
    public static Comparison<T> Of([NotNull] Operand<T>? left, Order accepted, [NotNull] Operand<T>? right)
    {
        RefuseNull(left, nameof(left));
        RefuseNull(right, nameof(right));
        if (accepted is not (Order.Equal or Order.NotEqual) && !ValueOrder.Exists<T>())
        {
            throw new ArgumentException(
                $"'{RuleWriter.Of(left)}' and '{RuleWriter.Of(right)}' cannot be compared with {Symbol(accepted)}: values of type {typeof(T).Name} have no "
                    + $"order. Use == or !=.",
                nameof(left));
        }

        return new Comparison<T>(left, accepted, right);
    }

    /// <summary>The comparison of bound operands. Most clauses compare a field with a value written in the rule, so this has a short way of its own.</summary>
    public static Rule Bind(RuleBinder binder, Operand<T> left, Order accepted, Operand<T> right)
    {
        if (accepted is Order.Equal or Order.NotEqual)
        {
            CheckNames(binder, left, right);
            CheckNames(binder, right, left);
        }

        return Bound(left.Rebuild(binder), accepted, right.Rebuild(binder));
    }

    private static Rule Bound(Operand<T> left, Order accepted, Operand<T> right) => (left, right) switch
    {
        (BoundField<string> field, Constant<string> { IsValue: true } text) when accepted is Order.Equal or Order.NotEqual =>
            new TextComparison(field, accepted, text),
        (BoundField<T> field, Constant<T> value) when typeof(T).IsValueType => new FieldComparison<T>(field, accepted, value),
        _ => new Comparison<T>(left, accepted, right),
    };

    public static TextTree Tree(Operand<T> left, Order accepted, Operand<T> right) => new(Symbol(accepted), left.ToTree(), right.ToTree());

    public static void Write(RuleWriter writer, Operand<T> left, Order accepted, Operand<T> right) =>
        writer.Append(left).Append($" {Symbol(accepted)} ").Append(right);

    internal override Rule Rebuild(RuleBinder binder) => Bind(binder, _left, _accepted, _right);

    internal override TextTree ToTree() => Tree(_left, _accepted, _right);

    internal override void Write(RuleWriter writer) => Write(writer, _left, _accepted, _right);

    internal override bool Decide(in RuleScope scope)
    {
        var hasLeft = _left.Read(scope, out var left);
        var hasRight = _right.Read(scope, out var right);
        return (_accepted & OrderOf(hasLeft, left, hasRight, right)) != 0;
    }

    /// <summary>A field that holds names of actions or outcomes is compared with names that are written in the rule.</summary>
    private static void CheckNames(RuleBinder binder, Operand<T> read, Operand<T> named)
    {
        if (read.FieldRead is not { } field)
        {
            return;
        }

        foreach (var text in named.WrittenTexts)
        {
            binder.CompareWith(field, text);
        }
    }

    /// <summary>Null equals null; otherwise it stands in no order to anything (statement 3.4).</summary>
    private Order OrderOf(bool hasLeft, T left, bool hasRight, T right)
    {
        if (hasLeft && hasRight)
        {
            return IsEquality ? ValueOrder.Sameness(left, right) : ValueOrder.Of(left, right);
        }

        return IsEquality && hasLeft == hasRight ? Order.Equal : Order.Unordered;
    }

    private static void RefuseNull([NotNull] Operand<T>? operand, string name)
    {
        if (operand is null)
        {
            throw new ArgumentNullException(
                name, "A rule compares with an operand that is null. To ask whether there is a value, write field.IsNull or field.HasValue.");
        }
    }

    private static string Symbol(Order accepted) => accepted switch
    {
        Order.Less => "<",
        Order.LessOrEqual => "<=",
        Order.Equal => "==",
        Order.GreaterOrEqual => ">=",
        Order.Greater => ">",
        _ => "!=",
    };
}
