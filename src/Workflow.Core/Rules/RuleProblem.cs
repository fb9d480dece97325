namespace Workflow.Core.Rules;

/// <summary>The reason why a rule has no meaning in its place.</summary>
/// <param name="Message">The message: what is wrong.</param>
/// <param name="Statement">The number of the statement it offends.</param>
/// <param name="Remedy">The advice: what to do.</param>
internal sealed record RuleProblem(string Message, string Statement, string Remedy);
