namespace Workflow.Core.Runtime;

/// <summary>Marks the flow of a turn while it calls user code, so that code which asks the engine about its own instance, and would wait for itself, is told
/// so at once. Frames chain: code of one instance may start another, whose code must not come back to the first.</summary>
internal sealed class CallFrame
{
    private static readonly AsyncLocal<CallFrame?> Innermost = new();

    private readonly ProcessInstanceId _processInstance;
    private readonly CallFrame? _outer;

    private CallFrame(ProcessInstanceId processInstance, CallFrame? outer)
    {
        _processInstance = processInstance;
        _outer = outer;
    }

    /// <summary>Whether user code runs now. A flow that outlives its call sees its old frame, which then means nothing.</summary>
    public bool IsCalling { get; set; }

    /// <summary>Marks the current flow, until the asynchronous method that called this returns.</summary>
    public static CallFrame Enter(ProcessInstanceId processInstance)
    {
        var frame = new CallFrame(processInstance, Innermost.Value);
        Innermost.Value = frame;
        return frame;
    }

    /// <exception cref="WorkflowReentrancyException">The caller is code of the instance itself.</exception>
    public static void Refuse(ProcessInstanceId processInstance)
    {
        for (var frame = Innermost.Value; frame is not null; frame = frame._outer)
        {
            if (frame.IsCalling && frame._processInstance == processInstance)
            {
                throw new WorkflowReentrancyException(processInstance);
            }
        }
    }
}
