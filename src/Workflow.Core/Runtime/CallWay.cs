using Workflow.Core.Contexts;
using Workflow.Core.Instances;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>How calls of one kind are made, and what their results do to the instance. There is one for each <see cref="CallKind"/>; what all calls have in
/// common, <see cref="InstanceCalls"/> does.</summary>
internal abstract class CallWay
{
    /// <summary>Whether it is made in place and changes nothing outside: then nothing is stored before it, nor between it and the next.</summary>
    public abstract bool IsPure(ResidentInstance instance, in PlannedCall call);

    /// <summary>Whether a call that is not pure changes something outside. Then the store knows of it before it begins, and of its result before the next
    /// begins. So it is not made twice without need.</summary>
    public abstract bool HasEffects { get; }

    /// <summary>Whether others may change the instance while it lasts.</summary>
    public abstract bool LetsOthersIn { get; }

    /// <summary>Why it is not made again; null when it is to be made.</summary>
    public virtual Fault? WhyNot(in PlannedCall call) => null;

    /// <summary>Takes the arguments of the call from the instance, while nobody can change it.</summary>
    public abstract ICallContext Open(ResidentInstance instance, in PlannedCall call, CallFrame frame);

    /// <summary>Makes the call.</summary>
    /// <param name="instance">The instance that makes the call.</param>
    /// <param name="call">The call.</param>
    /// <param name="context">The part of the instance that the call was given.</param>
    /// <param name="mark">The mark of the call's flow.</param>
    /// <param name="spare">The object that made the call before in the same turn, and then the one that makes this call; null for none.</param>
    public abstract ValueTask<CallResult> CallAsync(
        ResidentInstance instance, in PlannedCall call, ICallContext context, ICallMark mark, ref ServerEventCall? spare);

    /// <summary>Brings the result back to the instance, which may have been loaded again since.</summary>
    public abstract void End(ResidentInstance instance, in PlannedCall call, ICallContext context, Input? result, DateTimeOffset now);

    /// <summary>Code has ended: it returned, and what it asked for is done, or the input says how it failed.</summary>
    protected static void EndCode(ResidentInstance instance, ICallContext context, Input? failure, DateTimeOffset now)
    {
        if (failure is not null)
        {
            instance.ApplyOwn(failure, now);
            return;
        }

        instance.Return((CodeContext)context, now);
    }

    /// <summary>The input that says that the call has failed.</summary>
    public abstract Input Failed(in PlannedCall call, Fault fault);
}
