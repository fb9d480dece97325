namespace Workflow.Core.Scheduling;

/// <summary>A role or group of a task through which perhaps nobody may act.</summary>
/// <param name="Named">The role or group.</param>
/// <param name="Members">Its members, who are few; null when the resolver does not know it.</param>
internal readonly record struct DoubtfulRole(NamedRole Named, IReadOnlyList<string>? Members);
