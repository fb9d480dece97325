using Workflow.Core.Formats;

namespace Workflow.Core.Rules;

/// <summary>Two numbers reckoned together; null when one of them is.</summary>
internal sealed class Arithmetic : NumberOperand
{
    private readonly Operand<Number> _left;
    private readonly ArithmeticKind _kind;
    private readonly Operand<Number> _right;

    private Arithmetic(Operand<Number> left, ArithmeticKind kind, Operand<Number> right)
        : base(RuleSize.Above(left.Size, right.Size))
    {
        _left = left;
        _kind = kind;
        _right = right;
    }

    private string Symbol => _kind switch
    {
        ArithmeticKind.Plus => "+",
        ArithmeticKind.Minus => "-",
        _ => "*",
    };

    public static Arithmetic Of(Operand<Number> left, ArithmeticKind kind, Operand<Number> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new Arithmetic(left, kind, right);
    }

    internal override Operand<Number> Rebuild(RuleBinder binder) => new Arithmetic(_left.Rebuild(binder), _kind, _right.Rebuild(binder));

    internal override TextTree ToTree() => new(Symbol, _left.ToTree(), _right.ToTree());

    internal override void Write(RuleWriter writer)
    {
        WriteSide(writer, _left, isRight: false);
        writer.Append($" {Symbol} ");
        WriteSide(writer, _right, isRight: true);
    }

    private protected override bool Fetch(in RuleScope scope, out Number value)
    {
        var hasLeft = _left.Read(scope, out var left);
        var hasRight = _right.Read(scope, out var right);
        if (!hasLeft || !hasRight)
        {
            value = default;
            return false;
        }

        value = _kind switch
        {
            ArithmeticKind.Plus => Number.Add(left, right),
            ArithmeticKind.Minus => Number.Subtract(left, right),
            _ => Number.Multiply(left, right),
        };
        return true;
    }

    /// <summary>In parentheses when C# would read it otherwise.</summary>
    private void WriteSide(RuleWriter writer, Operand<Number> side, bool isRight)
    {
        var isEnclosed = side is Arithmetic inner && (_kind is ArithmeticKind.Times
            ? isRight || inner._kind is not ArithmeticKind.Times
            : isRight && inner._kind is not ArithmeticKind.Times);
        writer.Append(isEnclosed ? "(" : "").Append(side).Append(isEnclosed ? ")" : "");
    }
}
