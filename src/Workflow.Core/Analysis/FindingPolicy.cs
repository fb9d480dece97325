using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Which findings a host refuses, and which it does not want to hear of (statement 13.4).</summary>
internal sealed class FindingPolicy(IEnumerable<string> refused, IEnumerable<string> silenced, IReadOnlyList<DefinitionCheck> ofHost)
{
    private readonly string[] _refused = [.. refused];
    private readonly string[] _silenced = [.. silenced];

    /// <summary>Analyses a definition.</summary>
    /// <returns>The findings that are not silenced; and the refusal when there are some that the host refuses, in which all of them are named. A finding that
    /// is refused and silenced is refused.</returns>
    public (IReadOnlyList<Finding> Told, ProcessDefinitionException? Refusal) Judge(ProcessDefinition definition)
    {
        var findings = DefinitionAnalysis.Of(definition, ofHost);
        DefinitionProblem[] problems = [.. findings.Where(IsRefused).Select(Problem)];
        return (
            [.. findings.Where(finding => IsRefused(finding) || !_silenced.Contains(finding.Id, StringComparer.Ordinal))],
            problems.Length == 0 ? null : new ProcessDefinitionException(definition.Name, "deployed", problems));
    }

    private bool IsRefused(Finding finding) => _refused.Contains(finding.Id, StringComparer.Ordinal);

    private static DefinitionProblem Problem(Finding finding) =>
        new(finding.Path, $"{finding.Reason}; this host refuses the finding {finding.Id}", "13.4", finding.Remedy);
}
