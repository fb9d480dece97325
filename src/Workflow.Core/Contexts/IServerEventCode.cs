namespace Workflow.Core.Contexts;

/// <summary>The code of a server event as a class (statement 7.1b). The engine makes an object of it for each call, in a scope of its own, with the services
/// that its constructor names. Everything said of a <see cref="ServerEventCode"/> holds for it, too.</summary>
/// <example><code>
/// internal sealed class TransferOrder(IBank bank) : IServerEventCode
/// {
///     public async ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation) =>
///         await bank.TransferAsync(context.IdempotencyKey, context.Get(Claim.Amount), cancellation);
/// }
/// </code></example>
public interface IServerEventCode
{
    /// <summary>Does the work of the event.</summary>
    /// <param name="context">The context: what the code may read, write and ask for.</param>
    /// <param name="cancellation">Cancelled when the engine shuts down, or when the code takes longer than it may.</param>
    /// <returns>A task that ends when the code has. After that the scope of the call is disposed of.</returns>
    ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation);
}
