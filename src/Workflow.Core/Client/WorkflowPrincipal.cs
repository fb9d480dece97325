namespace Workflow.Core.Client;

/// <summary>Who asks: a user, or the host itself, whom nothing is denied (statement 14.7).</summary>
internal readonly record struct WorkflowPrincipal(string Name, bool IsSystem)
{
    public static WorkflowPrincipal System { get; } = new("system", IsSystem: true);

    public static WorkflowPrincipal User(string name) => new(name, IsSystem: false);
}
