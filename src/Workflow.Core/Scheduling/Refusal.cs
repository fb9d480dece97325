using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Why an input was not admitted. Nothing has changed. The caller's side makes the exception of it that its users know.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Exception">The exception, where there is nothing to add to it.</param>
/// <param name="Error">Why the instance is in Error.</param>
/// <param name="Stored">The finish that is stored already.</param>
internal sealed record Refusal(RefusalKind Kind, WorkflowException? Exception = null, ProcessError? Error = null, ParkedFinish? Stored = null);
