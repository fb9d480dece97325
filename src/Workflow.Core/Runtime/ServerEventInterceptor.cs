using Workflow.Core.Contexts;

namespace Workflow.Core.Runtime;

/// <summary>Wraps the code of every server event; see <see cref="WorkflowOptions.ServerEventInterceptor"/>.</summary>
/// <param name="context">The things that the code sees and asks for.</param>
/// <param name="code">The code of the event.</param>
/// <param name="cancellation">The token for the code.</param>
/// <returns>A task that ends when the event's work is done.</returns>
public delegate ValueTask ServerEventInterceptor(ServerEventContext context, ServerEventCode code, CancellationToken cancellation);
