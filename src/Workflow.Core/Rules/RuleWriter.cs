using System.Text;

namespace Workflow.Core.Rules;

/// <summary>Writes a rule as text, the same in every culture, with the parentheses that C# would need.</summary>
internal sealed class RuleWriter
{
    private readonly StringBuilder _text = new();

    public RuleWriter Append(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>A rule as part of another: in parentheses when it binds less tightly.</summary>
    public RuleWriter Append(Rule rule, RuleRank within)
    {
        var isEnclosed = rule.Rank > within;
        _text.Append(isEnclosed ? "(" : "");
        rule.Write(this);
        _text.Append(isEnclosed ? ")" : "");
        return this;
    }

    public RuleWriter Append<T>(Operand<T> operand)
    {
        operand.Write(this);
        return this;
    }

    public static string Of(Rule rule)
    {
        if (rule.Size.IsTooLarge)
        {
            return TooLarge(rule.Size);
        }

        var writer = new RuleWriter();
        rule.Write(writer);
        return writer.ToString();
    }

    public static string Of<T>(Operand<T> operand)
    {
        if (operand.Size.IsTooLarge)
        {
            return TooLarge(operand.Size);
        }

        var writer = new RuleWriter();
        operand.Write(writer);
        return writer.ToString();
    }

    public override string ToString() => _text.ToString();

    private static string TooLarge(RuleSize size) => $"(a rule of {size.Nodes.Invariant()} nodes)";
}
