namespace Workflow.Core.Contexts;

/// <summary>Decides what becomes of an exception (statement 8.3). It runs in place, must not block, and decides the same for the same data (statement
/// 14.1).</summary>
/// <param name="failure">What failed, and the data that it had.</param>
/// <returns>Whether the process instance goes on without what failed.</returns>
/// <example><code>failure => failure.Exception is TimeoutException ? ExceptionDecision.Continue : ExceptionDecision.Error</code></example>
public delegate ExceptionDecision ExceptionHandler(FailureContext failure);
