namespace Workflow.Core.Benchmarks;

/// <summary>The code of a step without an engine: of the shape of the engine's own <see cref="Contexts.ServerEventCode"/>.</summary>
internal delegate ValueTask RawCode(RawContext context, CancellationToken cancellation);
