namespace Workflow.Core.Rules;

/// <summary>A value that a rule read.</summary>
/// <param name="Operand">The operand that was read, for example <c>Amount</c>.</param>
/// <param name="Value">Its value as text, the same in every culture; <c>null</c> for none.</param>
internal sealed record RuleTraceValue(string Operand, string Value)
{
    /// <summary>Both.</summary>
    /// <returns>For example <c>Amount = 240</c>.</returns>
    public override string ToString() => $"{Operand} = {Value}";
}
