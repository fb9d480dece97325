using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>The result of a command.</summary>
/// <param name="Effect">Its effect, if it was admitted.</param>
/// <param name="Refusal">The reason why it was not admitted; null when it was.</param>
internal readonly record struct CommandResult(CommandEffect Effect, Refusal? Refusal);
