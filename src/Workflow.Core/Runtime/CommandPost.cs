using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>Moves an instance by a command: on an engine, or inside a transaction of the host.</summary>
internal delegate ValueTask<(bool IsStored, Refusal? Refusal)> CommandPost(ProcessInstanceId id, Command command, CancellationToken cancellation);
