using Workflow.Core.Contexts;

namespace Workflow.Core.Runtime;

/// <summary>Wraps the code of every server event and escalation; see <see cref="WorkflowOptions.CodeInterceptor"/>.</summary>
/// <param name="context">The things that the code sees and asks for: a <see cref="ServerEventContext"/> or an <see cref="EscalationContext"/>.</param>
/// <param name="code">Calls the code.</param>
/// <param name="cancellation">The token for the code.</param>
/// <returns>A task that ends when the work is done.</returns>
public delegate ValueTask CodeInterceptor(CodeContext context, Func<CancellationToken, ValueTask> code, CancellationToken cancellation);
