namespace Workflow.Core.Instances;

/// <summary>A record that a user got a task from another by a redirect, and with it the other's rights to actions (statements 1.11 and 1.12).</summary>
/// <param name="User">The user who got it.</param>
/// <param name="From">The earlier user, group or role.</param>
internal sealed record Inheritance(string User, Destination From);
