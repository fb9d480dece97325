using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <content>The events of an activity that are no tasks.</content>
public sealed partial class ActivityBuilder
{
    /// <summary>Adds an IPC event: the start of another process (statement 7.7).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="childProcess">The name of the process definition to start.</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Ipc(string name, string childProcess) => Add(name, null, null, (rule, _) => new IpcEventDefinition(name, childProcess, rule));

    /// <summary>Adds a server event: code that runs on the server and may wait for an outside system (statement 7.1).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="code">The code.</param>
    /// <param name="succeedingRule">Whether the event is done when the code returns or the item is finished; without one it is (statement 7.3).</param>
    /// <param name="escalations">Says what happens when the event takes too long (statement 6.1).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Server(string name, Func<ServerEventContext, CancellationToken, ValueTask> code, Rule? succeedingRule = null,
        Action<EventEscalations>? escalations = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Add(
            name, succeedingRule, escalations, (rule, own) => new ServerEventDefinition(name, new ServerEventCode(code), isPure: false, rule, own));
    }

    /// <summary>Adds a server event whose code has nothing to await. It may hand out its serial number and call WaitUntilFinished all the same
    /// (statement 7.1).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="code">The code.</param>
    /// <param name="succeedingRule">Whether the event is done when the code returns or the item is finished; without one it is (statement 7.3).</param>
    /// <param name="escalations">Says what happens when the event takes too long (statement 6.1).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Server(string name, Action<ServerEventContext> code, Rule? succeedingRule = null,
        Action<EventEscalations>? escalations = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Add(
            name, succeedingRule, escalations, (rule, own) => new ServerEventDefinition(name, SystemEventDraft.WithoutWaiting(code), isPure: false, rule, own));
    }

    /// <summary>Adds a server event without any effect outside the process instance (statement 14.4). It is not committed before and after, so it may run again
    /// after a crash.</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="code">The code.</param>
    /// <param name="succeedingRule">Whether the event is done when the code returns; without one it is (statement 7.3).</param>
    /// <param name="escalations">Says what happens when the event takes too long (statement 6.1).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PureServer(string name, Action<ServerEventContext> code, Rule? succeedingRule = null,
        Action<EventEscalations>? escalations = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Add(
            name, succeedingRule, escalations, (rule, own) => new ServerEventDefinition(name, SystemEventDraft.WithoutWaiting(code), isPure: true, rule, own));
    }

    /// <summary>Adds a server event that may wait but has no effect outside the process instance, for example one that reads a rate from a service. It is not
    /// committed before and after, so it may run again after a crash (statement 14.4).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="code">The code.</param>
    /// <param name="succeedingRule">Whether the event is done when the code returns; without one it is (statement 7.3).</param>
    /// <param name="escalations">Says what happens when the event takes too long (statement 6.1).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PureServer(string name, Func<ServerEventContext, CancellationToken, ValueTask> code, Rule? succeedingRule = null,
        Action<EventEscalations>? escalations = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Add(
            name, succeedingRule, escalations, (rule, own) => new ServerEventDefinition(name, new ServerEventCode(code), isPure: true, rule, own));
    }

    private ActivityBuilder Add(
        string name, Rule? succeedingRule, Action<EventEscalations>? escalations, Func<Rule?, EscalationDefinition[], EventDefinition> make)
    {
        var own = new EventEscalations();
        escalations?.Invoke(own);
        _events.Add(new SystemEventDraft(name, succeedingRule, make, own));
        return this;
    }
}
