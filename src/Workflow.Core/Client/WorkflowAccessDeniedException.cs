using Workflow.Core.Definitions;

namespace Workflow.Core.Client;

/// <summary>A user asked for something without the right to it. Nothing was changed (statement 14.7).</summary>
public sealed class WorkflowAccessDeniedException : WorkflowException
{
    internal WorkflowAccessDeniedException(string user, ProcessRight missing, string definition, string what)
        : base($"'{user}' may not {what}: the {missing} right on '{definition}' is missing (statement 9.1). Grant it with Rights(...) in the definition.")
    {
        User = user;
        MissingRight = missing;
        Definition = definition;
    }

    /// <summary>The user.</summary>
    public string User { get; }

    /// <summary>The right that would have been enough.</summary>
    public ProcessRight MissingRight { get; }

    /// <summary>The name of the process definition.</summary>
    public string Definition { get; }
}
