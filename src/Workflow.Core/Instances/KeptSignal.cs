namespace Workflow.Core.Instances;

/// <summary>A signal that an instance keeps until an event waits for it (statement 13.1k).</summary>
/// <param name="Name">The name of the signal.</param>
/// <param name="User">The user who has sent it.</param>
/// <param name="At">When it came.</param>
/// <param name="Changes">The values that it brings.</param>
public sealed record KeptSignal(string Name, string User, DateTimeOffset At, IReadOnlyList<FieldChange> Changes);
