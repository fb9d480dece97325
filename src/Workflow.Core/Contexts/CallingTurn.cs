using Workflow.Core.Instances;

namespace Workflow.Core.Contexts;

/// <summary>The turn of an instance that calls code of the host.</summary>
internal abstract class CallingTurn(ProcessInstanceId processInstance, ICallMark? outer)
{
    /// <summary>The instance whose code is called.</summary>
    public ProcessInstanceId ProcessInstance => processInstance;

    /// <summary>The activities of its definition.</summary>
    public abstract IActivityNames Activities { get; }

    /// <summary>The beginning of the idempotency keys that the code receives; empty for none.</summary>
    public abstract string KeyPart { get; }

    /// <summary>Makes an object of a class of the host, and calls it, in a scope of its own (statement 7.1b).</summary>
    public abstract ValueTask CallAsync(CodeClass code, Func<object, ValueTask> call);

    /// <summary>Finds who moved the instance last, if that was among its latest facts (statement 12.7).</summary>
    public abstract ValueTask<LastAct?> FindLastActAsync(ProcessInstance process, CancellationToken cancellation);

    /// <summary>The call that the turn itself is part of; null for none.</summary>
    public ICallMark? Outer { get; set; } = outer;
}
