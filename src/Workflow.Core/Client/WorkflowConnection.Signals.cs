using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <content>Signals.</content>
public sealed partial class WorkflowConnection
{
    /// <summary>Sends a signal to an instance. It finishes all events of the instance that wait for the signal of this name (statement 13.1k). If nothing
    /// waits for it, a transient signal is dropped, and a kept one waits for the first event that wants it.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="signal">The name of the signal; case counts.</param>
    /// <param name="values">Sets fields of the events that it finishes, of their activities, or of the process; null for none.</param>
    /// <param name="kind">Whether it is kept if nothing waits for it.</param>
    /// <param name="cancellation">Stops waiting. An admitted signal continues all the same.</param>
    /// <returns>The way that it went, once the instance rests again.</returns>
    /// <exception cref="ArgumentException">The signal cannot be called so.</exception>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WorkflowAccessDeniedException">The user lacks the Server Event right.</exception>
    /// <exception cref="ProcessInstanceHaltedException">The instance is in Error or Stopped.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The instance is Completed or Deleted, or no event of its definition waits for a signal that is to be
    /// kept.</exception>
    /// <exception cref="DataFieldException">A field does not exist or has another type, in one of the events that wait or may wait for it. Nothing has
    /// happened.</exception>
    /// <exception cref="WorkflowReentrancyException">The caller is code of the same instance.</exception>
    /// <example><code>await engine.As("bank").SignalAsync(order, "Paid", values => values.Set(Amount, 120m), SignalKind.Kept);</code></example>
    [OperationRight(Operation.SendSignal)]
    public async ValueTask<SignalReceipt> SignalAsync(
        ProcessInstanceId processInstance,
        string signal,
        Action<ServerItemFinish>? values = null,
        SignalKind kind = SignalKind.Transient,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (Names.Problem(signal) is { } problem)
        {
            throw new ArgumentException($"'{Names.Printable(signal)}' cannot be the name of a signal: {problem}.", nameof(signal));
        }

        var finish = new ServerItemFinish();
        values?.Invoke(finish);
        var sent = new KeptSignal(signal, User, default, [.. finish.ChangeList]);
        var command = new SignalCommand(Access, processInstance, sent, kind)
        {
            Once = _principal.Key is null ? null : _principal.Once("signal", processInstance, signal, kind, sent.Changes),
        };
        var result = await SendAsync(command, cancellation).ConfigureAwait(false);
        return result.Effect switch
        {
            CommandEffect.StoredForLater => SignalReceipt.Kept,
            CommandEffect.Dropped => SignalReceipt.Dropped,
            _ => SignalReceipt.Received,
        };
    }

    /// <summary>A caller who lacks the right learns no more than that, also of an instance whose definition is not deployed.</summary>
    private async ValueTask<CommandResult> SendAsync(SignalCommand command, CancellationToken cancellation)
    {
        await Access.RefreshAsync(cancellation).ConfigureAwait(false);
        try
        {
            var result = await _host.Turns.SendAsync(command, cancellation).ConfigureAwait(false);
            return result.Refusal is { } refusal ? throw Refusals.ExceptionOf(refusal, command.Instance) : result;
        }
        catch (ProcessDefinitionNotFoundException exception)
        {
            await Access.RequireAsync(Operation.SendSignal, exception.Definition, cancellation).ConfigureAwait(false);
            throw;
        }
    }
}
