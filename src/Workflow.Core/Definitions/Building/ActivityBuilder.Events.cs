using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <content>The events of an activity that are no tasks.</content>
public sealed partial class ActivityBuilder
{
    /// <summary>Adds an IPC event: the start of another process, which becomes a sub-process of the instance (statement 7.7). The event waits for it, unless
    /// <paramref name="define"/> says otherwise. In plan per slot each slot starts a sub-process of its own (statement 7.10).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="process">The name of the process definition to start. It may be deployed later than this one.</param>
    /// <param name="define">Says which values go to and fro, in whose name it is started, and whether the event waits for it.</param>
    /// <returns>This builder.</returns>
    /// <example><code>
    /// activity.StartsProcess("Book a flight", "Flight booking", child => child.Send(Leg, FlightBooking.Leg).Receive(FlightBooking.Price, Price))
    /// </code></example>
    public ActivityBuilder StartsProcess(string name, string process, Action<SubProcessBuilder>? define = null)
    {
        ArgumentNullException.ThrowIfNull(process);
        var builder = new SubProcessBuilder();
        define?.Invoke(builder);
        _events.Add(new IpcEventDraft(name, process, builder));
        return this;
    }

    /// <summary>Adds a server event: code that runs on the server and may wait for an outside system (statement 7.1).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="code">The code.</param>
    /// <param name="succeedingRule">Whether the event is done when the code returns or the item is finished; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when the code fails or takes too long (statements 6.1, 8.3 and 13.2).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Server(string name, Func<ServerEventContext, CancellationToken, ValueTask> code, Rule? succeedingRule = null,
        Action<ServerEventBuilder>? define = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Add(name, new ServerEventCode(code), isPure: false, succeedingRule, define);
    }

    /// <summary>Adds a server event whose code has nothing to await. It may hand out its serial number and call WaitUntilFinished all the same
    /// (statement 7.1).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="code">The code.</param>
    /// <param name="succeedingRule">Whether the event is done when the code returns or the item is finished; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when the code fails or takes too long (statements 6.1, 8.3 and 13.2).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Server(string name, Action<ServerEventContext> code, Rule? succeedingRule = null,
        Action<ServerEventBuilder>? define = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Add(name, ServerEventDraft.WithoutWaiting(code), isPure: false, succeedingRule, define);
    }

    /// <summary>Adds a server event without any effect outside the process instance (statement 14.4). It is not committed before and after, so it may run again
    /// after a crash.</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="code">The code.</param>
    /// <param name="succeedingRule">Whether the event is done when the code returns; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when the code fails or takes too long (statements 6.1, 8.3 and 13.2).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PureServer(string name, Action<ServerEventContext> code, Rule? succeedingRule = null,
        Action<ServerEventBuilder>? define = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Add(name, ServerEventDraft.WithoutWaiting(code), isPure: true, succeedingRule, define);
    }

    /// <summary>Adds a server event that may wait but has no effect outside the process instance, for example one that reads a rate from a service. It is not
    /// committed before and after, so it may run again after a crash (statement 14.4).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="code">The code.</param>
    /// <param name="succeedingRule">Whether the event is done when the code returns; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when the code fails or takes too long (statements 6.1, 8.3 and 13.2).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder PureServer(string name, Func<ServerEventContext, CancellationToken, ValueTask> code, Rule? succeedingRule = null,
        Action<ServerEventBuilder>? define = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Add(name, new ServerEventCode(code), isPure: true, succeedingRule, define);
    }

    private ActivityBuilder Add(string name, ServerEventCode code, bool isPure, Rule? succeedingRule, Action<ServerEventBuilder>? define)
    {
        var builder = new ServerEventBuilder();
        define?.Invoke(builder);
        _events.Add(new ServerEventDraft(name, succeedingRule, code, isPure, builder));
        return this;
    }
}
