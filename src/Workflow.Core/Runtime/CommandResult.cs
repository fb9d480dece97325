using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>The result of a command.</summary>
/// <param name="IsStoredForLater">Whether it was stored, to be applied later (statement 7.1).</param>
/// <param name="Refusal">The reason why it was not admitted; null when it was.</param>
internal readonly record struct CommandResult(bool IsStoredForLater, Refusal? Refusal);
