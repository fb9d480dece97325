using System.Globalization;

namespace Workflow.Core.Runtime;

/// <summary>A command would store more of an instance's state at once than the engine allows (statement 14.8). Nothing was stored.</summary>
public sealed class ProcessInstanceTooLargeException : WorkflowException
{
    internal ProcessInstanceTooLargeException(ProcessInstanceId processInstance, long bytes, int limit)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The command would store {bytes} bytes of process instance {processInstance} at once, and the limit is {limit}. Store large content elsewhere, "
                + $"and keep a reference to it in a data field, or raise WorkflowOptions.StateLimit."))
    {
        Statement = "14.8";
        ProcessInstance = processInstance;
    }

    /// <summary>The process instance.</summary>
    public ProcessInstanceId ProcessInstance { get; }
}
