namespace Workflow.Core.Contexts;

/// <summary>The turn of an instance that calls code of the host.</summary>
internal abstract class CallingTurn(ProcessInstanceId processInstance, IActivityNames activities, ICallMark? outer)
{
    /// <summary>The instance whose code is called.</summary>
    public ProcessInstanceId ProcessInstance => processInstance;

    /// <summary>The activities of its definition.</summary>
    public IActivityNames Activities => activities;

    /// <summary>The beginning of the idempotency keys that the code receives; empty for none.</summary>
    public abstract string KeyPart { get; }

    /// <summary>Makes an object of a class of the host, and calls it, in a scope of its own (statement 7.1b).</summary>
    public abstract ValueTask CallAsync(CodeClass code, Func<object, ValueTask> call);

    /// <summary>The call that the turn itself is part of; null for none.</summary>
    public ICallMark? Outer { get; set; } = outer;
}
