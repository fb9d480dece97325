using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Something that somebody wants of one instance. It is asked when it has the instance's turn, so that rights and standing are checked on the
/// committed state (statement 14.7). If that state turns out to be old, it is asked again.</summary>
/// <param name="instance">The instance.</param>
internal abstract class Command(ProcessInstanceId instance)
{
    /// <summary>The instance.</summary>
    public ProcessInstanceId Instance { get; } = instance;

    /// <summary>Under which idempotency key it is carried out; null for none (statement 13.7).</summary>
    public OnceOnly? Once { get; init; }

    /// <summary>The work of the engine that sends it; null when somebody waits for it.</summary>
    public BackgroundWork? Work { get; init; }

    /// <summary>Whether working hours have been asked for. They are asked for once, since the code of the host may have none.</summary>
    public bool HasAskedForHours { get; set; }

    /// <summary>Whether it does not wait for all calls that are planned, but for the one that is under way (statement 8.6).</summary>
    public virtual bool ComesBetweenCalls => false;

    /// <summary>The number of the destination whose event it finishes; 0 for every other command. A finish need not always wait for the turn.</summary>
    public virtual int FinishedDestination => 0;

    /// <summary>The task that it is about, where it seldom needs more of the instance; null for every other command.</summary>
    public virtual SerialNumber? Task => null;

    /// <summary>The version of its definition that the instance gets; null for its own.</summary>
    public virtual ProcessDefinition? Target => null;

    /// <summary>The instance about which the last <see cref="Prepare"/> wanted to ask something; null when it did not.</summary>
    public CalledInstance? AskedAbout { get; private set; }

    /// <summary>Makes the input.</summary>
    /// <param name="process">The instance as it is now; it must not be kept.</param>
    /// <param name="definition">The definition it runs on.</param>
    /// <returns>The input, why it may not be sent, or that something has to be asked first.</returns>
    public abstract PreparedInput Prepare(ProcessInstance process, ProcessDefinition definition);

    /// <summary>The instance as the engine has loaded it before the turn, together with others; null when it has not. It may be old by now, so it is taken
    /// once.</summary>
    public virtual StoredProcess? TakeStored() => null;

    /// <summary>Takes from the instance what the caller is to be shown, in the state in which the command has left it. Everything is stored, and the turn is
    /// still held. It is not called where the instance in memory may be old: nothing of it was loaded or committed in this turn.</summary>
    /// <param name="instance">The instance; it must not be kept.</param>
    public virtual void TakeView(ResidentInstance instance)
    {
    }

    /// <summary>Asks what the last <see cref="Prepare"/> wanted to know, outside of the turn. The host's resolver may take its time, and delays nobody who
    /// wants something of the same instance.</summary>
    public virtual ValueTask AskAsync(CancellationToken cancellation) => throw new InvalidOperationException("This command has nothing to ask.");

    /// <summary>The answer of <see cref="Prepare"/> that something has to be asked first.</summary>
    protected PreparedInput AskFirst(ProcessInstance process)
    {
        AskedAbout = CalledInstance.Of(process);
        return PreparedInput.AskFirst;
    }
}
