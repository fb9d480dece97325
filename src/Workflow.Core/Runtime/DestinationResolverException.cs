namespace Workflow.Core.Runtime;

/// <summary>The host's resolver did not answer, or gave an answer that cannot be used, when a user wanted something (statement 4.8). Nothing was changed; the
/// command may be repeated.</summary>
public sealed class DestinationResolverException : WorkflowException
{
    internal DestinationResolverException(string message, Exception? cause = null)
        : base(message, cause) => Statement = "4.8";

    /// <summary>Whether the resolver did not answer in time, or is no longer asked, so that another question would wait as long.</summary>
    internal bool IsSilent { get; init; }
}
