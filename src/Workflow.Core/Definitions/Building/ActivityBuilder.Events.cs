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

    /// <summary>Adds a server event that waits until an outside system finishes it by its serial number, and calls no code before (statement 7.3). With a list
    /// of answers it is finished with one of them, as a task by an action. Outcomes and lines follow it (statement 7.3b).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="answers">The answers that it takes; without a list it is finished without one.</param>
    /// <param name="succeedingRule">Whether the event is done when the item is finished; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when it takes too long (statement 6.1).</param>
    /// <returns>This builder.</returns>
    /// <example><code>activity.Waits("Wait for the bank", answers: ["Paid", "Rejected"]).OutcomesFromActions()</code></example>
    public ActivityBuilder Waits(
        string name, IReadOnlyList<string>? answers = null, Rule? succeedingRule = null, Action<ServerEventBuilder>? define = null) =>
        AddWait(name, ServerEventDraft.WithoutWaiting(_ => { }), answers, succeedingRule, define);

    /// <summary>Adds a server event whose code passes the work to an outside system. When the code has returned, the event waits until that finishes it by its
    /// serial number. So the code need not call WaitUntilFinished, unless to give a key. With a list of answers the event is finished with one of them, as a
    /// task by an action. Outcomes and lines follow it (statement 7.3b).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="code">The code. If it asks for a goto, or for the end of its activity, the event does not wait.</param>
    /// <param name="answers">The answers that it takes; without a list it is finished without one.</param>
    /// <param name="succeedingRule">Whether the event is done when the item is finished; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when the code fails or takes too long (statements 6.1, 8.3 and 13.2).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Waits(
        string name, Func<ServerEventContext, CancellationToken, ValueTask> code, IReadOnlyList<string>? answers = null, Rule? succeedingRule = null,
        Action<ServerEventBuilder>? define = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return AddWait(name, new ServerEventCode(code), answers, succeedingRule, define);
    }

    /// <summary>Adds a server event whose code has nothing to await and passes the work to an outside system. When the code has returned, the event waits until
    /// that finishes it by its serial number, as behind code that awaits (statement 7.3b).</summary>
    /// <param name="name">The name; unique within the activity.</param>
    /// <param name="code">The code. If it asks for a goto, or for the end of its activity, the event does not wait.</param>
    /// <param name="answers">The answers that it takes; without a list it is finished without one.</param>
    /// <param name="succeedingRule">Whether the event is done when the item is finished; without one it is (statement 7.3).</param>
    /// <param name="define">Says what happens when the code fails or takes too long (statements 6.1, 8.3 and 13.2).</param>
    /// <returns>This builder.</returns>
    public ActivityBuilder Waits(
        string name, Action<ServerEventContext> code, IReadOnlyList<string>? answers = null, Rule? succeedingRule = null,
        Action<ServerEventBuilder>? define = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return AddWait(name, ServerEventDraft.WithoutWaiting(code), answers, succeedingRule, define);
    }

    private ActivityBuilder AddWait(
        string name, ServerEventCode code, IReadOnlyList<string>? answers, Rule? succeedingRule, Action<ServerEventBuilder>? define) =>
        Add(new ServerEventDraft(name, succeedingRule, code, IsPure: false, new ServerEventBuilder())
        {
            Waits = true,
            Listed = answers is null ? null : [.. answers],
        }, define);

    private ActivityBuilder Add(string name, ServerEventCode code, bool isPure, Rule? succeedingRule, Action<ServerEventBuilder>? define) =>
        Add(new ServerEventDraft(name, succeedingRule, code, isPure, new ServerEventBuilder()), define);

    private ActivityBuilder Add(ServerEventDraft draft, Action<ServerEventBuilder>? define)
    {
        define?.Invoke(draft.Builder);
        _events.Add(draft);
        return this;
    }
}
