namespace Workflow.Core.Definitions;

/// <summary>The reason why a definition is refused (statement 13.4).</summary>
/// <param name="Element">The element, for example <c>activity 'Pay'</c>.</param>
/// <param name="Message">The message: what is wrong.</param>
/// <param name="Statement">The number of the statement it offends.</param>
/// <param name="Remedy">The advice: what to do.</param>
public sealed record DefinitionProblem(string Element, string Message, string Statement, string Remedy)
{
    /// <summary>The whole in one sentence.</summary>
    /// <returns>Element, message and remedy.</returns>
    public override string ToString() => $"{Element}: {Message}. {Remedy}";
}
