namespace Workflow.Core.Instances;

/// <summary>An action right on one task (statement 2.9).</summary>
/// <param name="Action">The name of the action.</param>
/// <param name="Who">The user, group or role that the right is for.</param>
/// <param name="IsAllowed">Whether it allows; otherwise it denies.</param>
internal sealed record ItemActionRight(string Action, Destination Who, bool IsAllowed);
