namespace Workflow.Core.Scheduling;

/// <summary>A role or group whose members may act on a task.</summary>
/// <param name="Activity">The number of the activity instance.</param>
/// <param name="Name">The name of the activity.</param>
/// <param name="Role">The role or group.</param>
internal readonly record struct NamedRole(int Activity, string Name, Destination Role);
