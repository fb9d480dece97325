using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>How a definition is deployed.</summary>
public sealed record DeploymentOptions
{
    /// <summary>Whether a version that was never deployed before becomes the one that new instances start on (statement 8.7b). True unless set. For a version
    /// that was deployed before it means nothing.</summary>
    public bool BecomesDefault { get; init; } = true;

    /// <summary>The ids of the findings that are refused beside those that <see cref="WorkflowOptions.RefusedFindings"/> names (statement 13.4). None unless
    /// set.</summary>
    public IReadOnlyCollection<string> RefusedFindings { get; init; } = [];

    /// <summary>The ids of the findings that are left out beside those that <see cref="WorkflowOptions.SilencedFindings"/> names (statement 13.4). None unless
    /// set.</summary>
    public IReadOnlyCollection<string> SilencedFindings { get; init; } = [];
}
