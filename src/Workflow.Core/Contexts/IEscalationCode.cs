namespace Workflow.Core.Contexts;

/// <summary>The code of an escalation as a class (statement 7.1b). The engine makes an object of it for each call, in a scope of its own, with the services
/// that its constructor names. Everything said of an <see cref="EscalationCode"/> holds for it, too.</summary>
public interface IEscalationCode
{
    /// <summary>Does the work of the escalation.</summary>
    /// <param name="context">The context: what the code may read, write and ask for.</param>
    /// <param name="cancellation">Cancelled when the engine shuts down, or when the code takes longer than it may.</param>
    /// <returns>A task that ends when the code has. After that the scope of the call is disposed of.</returns>
    ValueTask ExecuteAsync(EscalationContext context, CancellationToken cancellation);
}
