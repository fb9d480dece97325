using System.Text;

namespace Workflow.Core.Rules;

/// <summary>The explanation of a rule's result: the rule, the values that it read, and the same for its clauses.</summary>
internal sealed class RuleTrace
{
    private readonly List<RuleTraceValue> _values = [];
    private readonly List<RuleTrace> _clauses = [];

    internal RuleTrace(string text, string? answer)
    {
        Text = text;
        Answer = answer;
    }

    /// <summary>The rule or clause as text, for example <c>Amount &lt; 3000</c>.</summary>
    public string Text { get; }

    /// <summary>The answer that a clause of a slot function read, by its serial number and user, for example <c>8_10 ann</c>; null otherwise (statement
    /// 3.7).</summary>
    public string? Answer { get; }

    /// <summary>The result; null if the clause was not evaluated, since it could no longer change the result of the whole.</summary>
    public bool? Result { get; private set; }

    /// <summary>The values that it read itself, in order.</summary>
    public IReadOnlyList<RuleTraceValue> Values => _values;

    /// <summary>Its clauses, in order.</summary>
    public IReadOnlyList<RuleTrace> Clauses => _clauses;

    /// <summary>The whole tree, one line for each clause, the same in every culture.</summary>
    /// <returns>For example <c>true: Amount &lt; 3000 (Amount = 240)</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        WriteTo(text, indentation: 0);
        return text.ToString();
    }

    /// <summary>Whether it stands below a clause that names the answer already.</summary>
    internal bool IsWithinAnswer { get; init; }

    internal void Add(RuleTraceValue value) => _values.Add(value);

    internal void Add(RuleTrace clause) => _clauses.Add(clause);

    internal void End(bool result) => Result = result;

    private void WriteTo(StringBuilder text, int indentation)
    {
        text.Append(' ', indentation).Append(Result switch
        {
            true => "true: ",
            false => "false: ",
            null => "not evaluated: ",
        });
        text.Append(Answer is null ? "" : Answer + ": ").Append(Text);
        if (_values.Count > 0)
        {
            text.Append(" (").AppendJoin(", ", _values).Append(')');
        }

        foreach (var clause in _clauses)
        {
            text.Append('\n');
            clause.WriteTo(text, indentation + 2);
        }
    }
}
