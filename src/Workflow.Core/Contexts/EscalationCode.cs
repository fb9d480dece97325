namespace Workflow.Core.Contexts;

/// <summary>The code of an escalation (statement 6.7). It runs outside the engine's decisions. It is never replayed, may wait, and runs at least once for a
/// firing (statement 14.4).</summary>
/// <param name="context">The context: what the code may read, write and ask for.</param>
/// <param name="cancellation">Cancelled when the engine shuts down. A call that ends so runs again later (statement 14.4). Code that takes longer than the
/// engine allows has failed. Its token is cancelled, and the engine no longer waits for it.</param>
/// <returns>A task that ends when the code has.</returns>
public delegate ValueTask EscalationCode(EscalationContext context, CancellationToken cancellation);
