namespace Workflow.Core.Client;

/// <summary>How a definition is deployed.</summary>
public sealed record DeploymentOptions
{
    /// <summary>Whether a version that was never deployed before becomes the one that new instances start on (statement 8.7b). True unless set. For a version that was
    /// deployed before it means nothing.</summary>
    public bool BecomesDefault { get; init; } = true;
}
