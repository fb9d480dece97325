namespace Workflow.Core.Instances;

/// <summary>A finish that came while the server event's code was still running: stored and acknowledged, applied when the code has returned asynchronous
/// (statement 7.1).</summary>
/// <param name="User">The user who finished.</param>
/// <param name="At">When.</param>
/// <param name="Changes">The field values that came with it, by name, in the order given.</param>
/// <param name="Answer">The answer; null for an event that takes none (statement 7.3b).</param>
internal sealed record ParkedFinish(string User, DateTimeOffset At, IReadOnlyList<FieldChange> Changes, string? Answer = null);
