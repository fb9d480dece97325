using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Which findings a host refuses, and which it does not want to hear of (statement 13.4).</summary>
internal sealed class FindingPolicy(IEnumerable<string> refused, IEnumerable<string> silenced)
{
    private readonly string[] _refused = [.. refused];
    private readonly string[] _silenced = [.. silenced];

    /// <summary>Analyses a definition. A finding that is refused and silenced is refused.</summary>
    /// <returns>The findings that are neither refused nor silenced.</returns>
    /// <exception cref="ProcessDefinitionException">There are findings that the host refuses; all of them are named.</exception>
    public IReadOnlyList<Finding> Apply(ProcessDefinition definition)
    {
        var findings = DefinitionAnalysis.Of(definition);
        var problems = findings.Where(finding => _refused.Contains(finding.Id, StringComparer.Ordinal)).Select(Problem).ToList();
        if (problems.Count > 0)
        {
            throw new ProcessDefinitionException(definition.Name, "deployed", problems);
        }

        return [.. findings.Where(finding => !_silenced.Contains(finding.Id, StringComparer.Ordinal))];
    }

    private static DefinitionProblem Problem(Finding finding) =>
        new(finding.Path, $"{finding.Reason}; this host refuses the finding {finding.Id}", "13.4", finding.Remedy);
}
