using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <content>Withdrawals.</content>
public sealed partial class WorkflowConnection
{
    /// <summary>Withdraws an instance that the user has started, where its definition allows it. Everything that is active ends as Expired, and no line of it
    /// is followed. Then the activity starts that the definition names, or the instance completes (statement 13.11).</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="cancellation">Stops waiting. An admitted command continues all the same.</param>
    /// <returns>A task that ends when the instance rests again.</returns>
    /// <exception cref="ProcessInstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="WithdrawalDeniedException">Somebody else has started it.</exception>
    /// <exception cref="ProcessInstanceRefusedException">The definition does not allow it, or the instance is Completed or Deleted.</exception>
    /// <exception cref="ProcessInstanceHaltedException">The instance is in Error or Stopped.</exception>
    /// <example><code>await engine.As("dora").WithdrawAsync(claim.Id, reason: "The trip was cancelled.");</code></example>
    [OperationRight(Operation.Withdraw)]
    public async ValueTask WithdrawAsync(ProcessInstanceId processInstance, string? reason = null, CancellationToken cancellation = default)
    {
        Reasons.RefuseUnusable(reason);
        var command = new WithdrawCommand(processInstance, User, reason)
        {
            Once = _principal.Key is null ? null : _principal.Once("withdraw", processInstance, reason),
        };
        try
        {
            if ((await _host.Turns.SendAsync(command, cancellation).ConfigureAwait(false)).Refusal is { } refusal)
            {
                throw Refusals.ExceptionOf(refusal, processInstance);
            }
        }
        catch (ProcessDefinitionNotFoundException missing)
        {
            // Without its definition the instance cannot tell who has started it, and a stranger is not told which definition that is.
            var record = await _host.Reader.FindRecordAsync(processInstance, cancellation).ConfigureAwait(false);
            throw record is not null && Names.Same(record.Originator, User) ? missing : new ProcessInstanceNotFoundException(processInstance);
        }
    }
}
