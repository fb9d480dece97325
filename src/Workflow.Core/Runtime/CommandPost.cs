namespace Workflow.Core.Runtime;

/// <summary>Carries out a command: on an engine, or inside a transaction of the host.</summary>
internal delegate ValueTask<CommandResult> CommandPost(Command command, CancellationToken cancellation);
