using Workflow.Core.Instances;

namespace Workflow.Core.Client;

/// <summary>A process instance is in Error or Stopped, and nobody can act on it (statements 1.5, 7.3 and 8.6). An administrator retries it once the cause is
/// mended, or resumes it. Nothing was changed.</summary>
public sealed class ProcessInstanceHaltedException : WorkflowException
{
    internal ProcessInstanceHaltedException(ProcessInstanceId processInstance, ProcessError? error)
        : base(error is null
            ? $"Process instance {processInstance} is Stopped, so nobody can act on it. Let an administrator resume it, and try again."
            : $"Process instance {processInstance} is in Error, so nobody can act on it. Mend the cause, and let an administrator "
                + $"retry it. The error is: {error.Element}: {error.Message}")
    {
        Statement = "8.6";
        ProcessInstance = processInstance;
        Error = error;
    }

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance { get; }

    /// <summary>The status: <see cref="ProcessInstanceStatus.Error"/> or <see cref="ProcessInstanceStatus.Stopped"/>.</summary>
    public ProcessInstanceStatus Status => Error is null ? ProcessInstanceStatus.Stopped : ProcessInstanceStatus.Error;

    /// <summary>Why it is in Error; null when it is Stopped.</summary>
    public ProcessError? Error { get; }
}
