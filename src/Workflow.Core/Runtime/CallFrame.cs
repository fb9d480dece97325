namespace Workflow.Core.Runtime;

/// <summary>Marks the flow of a turn while it calls code of the host, so that code which acts on its own instance, and would wait for itself, is told so at once.
/// Frames chain: code of one instance may start another, whose code must not come back to the first.</summary>
internal sealed class CallFrame
{
    private static readonly AsyncLocal<CallFrame?> Innermost = new();

    private readonly TurnWaits _engine;
    private CallFrame? _outer;
    private volatile bool _isCalling;

    private CallFrame(ProcessInstanceId processInstance, TurnWaits engine, CallFrame? outer)
    {
        ProcessInstance = processInstance;
        _engine = engine;
        _outer = outer;
    }

    /// <summary>The instance whose code is called.</summary>
    public ProcessInstanceId ProcessInstance { get; }

    /// <summary>Whether code runs now. A flow that outlives its call sees its old frame, which then means nothing.</summary>
    public bool IsCalling => _isCalling;

    /// <summary>Which of the calls that share the frame it is: what an earlier one has left running counts for nothing in a later one.</summary>
    public int Call { get; private set; }

    /// <summary>Marks the current flow for one call, until the next one is entered or the asynchronous method that called this returns.</summary>
    public static CallFrame Enter(ProcessInstanceId processInstance, TurnWaits engine)
    {
        var frame = new CallFrame(processInstance, engine, Calling(Innermost.Value));
        for (var one = frame; one is not null; one = one._outer)
        {
            // Code that starts the next instance and does not wait for it would otherwise make an endless chain.
            one._outer = Calling(one._outer);
        }

        Innermost.Value = frame;
        return frame;
    }

    /// <summary>The innermost call, in an engine, that the current flow is part of; null when it is part of none.</summary>
    public static CallFrame? CallingIn(TurnWaits engine)
    {
        var frame = Innermost.Value;
        while (frame is not null && !(frame.IsCalling && frame._engine == engine))
        {
            frame = frame._outer;
        }

        return frame;
    }

    /// <exception cref="WorkflowReentrancyException">The caller is code of the instance itself.</exception>
    public static void Refuse(ProcessInstanceId processInstance, TurnWaits engine)
    {
        for (var frame = Innermost.Value; frame is not null; frame = frame._outer)
        {
            if (frame.IsCalling && frame._engine == engine && frame.ProcessInstance == processInstance)
            {
                throw new WorkflowReentrancyException(processInstance);
            }
        }
    }

    /// <summary>The innermost of a chain of frames that is calling.</summary>
    private static CallFrame? Calling(CallFrame? frame)
    {
        while (frame is { IsCalling: false })
        {
            frame = frame._outer;
        }

        return frame;
    }

    public void Begin()
    {
        Call++;
        _isCalling = true;
    }

    public void End() => _isCalling = false;

    /// <summary>For which instances the code waits, as a sentence with a space in front; empty for none.</summary>
    public string WaitsFor() => _engine.WaitsOf(this);
}
