using Workflow.Core.Definitions;

namespace Workflow.Core.Client;

/// <summary>Who asks: a user, or the host itself, whom nothing is denied (statement 14.7).</summary>
internal readonly record struct WorkflowPrincipal(string Name, bool IsSystem)
{
    public static WorkflowPrincipal System { get; } = new("system", IsSystem: true);

    public static WorkflowPrincipal User(string name) => new(name, IsSystem: false);

    /// <exception cref="WorkflowAccessDeniedException">The right is missing.</exception>
    public void Require(ProcessRight right, ProcessRights? rights, string definition, string what)
    {
        if (!Has(right, rights))
        {
            throw new WorkflowAccessDeniedException(Name, right, definition, what);
        }
    }

    public bool Has(ProcessRight right, ProcessRights? rights) => IsSystem || (rights is not null && rights.Allow(Name, right));
}
