namespace Workflow.Core.Definitions;

/// <summary>A process definition has no meaning, or this engine cannot execute it. Everything that is wrong is named, not the first thing only
/// (statement 13.4).</summary>
public sealed class ProcessDefinitionException : WorkflowException
{
    internal ProcessDefinitionException(string definition, string refused, IReadOnlyList<DefinitionProblem> problems)
        : base($"'{definition}' cannot be {refused}, {problems.Count.Invariant()} {(problems.Count == 1 ? "problem" : "problems")}:"
            + string.Concat(problems.Select(problem => $"\n  {problem}")))
    {
        Statement = "13.4";
        Definition = definition;
        Problems = problems;
    }

    /// <summary>The name of the process definition.</summary>
    public string Definition { get; }

    /// <summary>Everything that is wrong, in the order of the definition.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; }
}
