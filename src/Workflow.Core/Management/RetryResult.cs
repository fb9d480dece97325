using Workflow.Core.Instances;

namespace Workflow.Core.Management;

/// <summary>The result of the retry of one of several instances (statement 8.2c).</summary>
/// <param name="ProcessInstance">The process instance.</param>
/// <param name="Error">The error with which it has failed again; null when it has not.</param>
/// <param name="Refusal">Why it was not retried; null when it was. With a <see cref="Runtime.CommandPartlyStoredException"/> it was (statement 14.7d). With an
/// exception that is no <see cref="WorkflowException"/>, of the store or a cancellation, the call stopped here, and the rest was not tried.</param>
public readonly record struct RetryResult(ProcessInstanceId ProcessInstance, ProcessError? Error, Exception? Refusal)
{
    /// <summary>Whether it was retried and has left Error.</summary>
    public bool IsDone => Error is null && Refusal is null;
}
