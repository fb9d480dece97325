using Workflow.Core.Client;

namespace Workflow.Core.Testing;

/// <content>Answers of outside systems.</content>
public sealed partial class WorkflowTestBed
{
    /// <summary>Finishes a server item as a user with an answer, and records it (statement 7.3b).</summary>
    /// <param name="user">The user.</param>
    /// <param name="serial">The serial number.</param>
    /// <param name="answer">One of the answers that the event takes.</param>
    /// <param name="result">Sets fields.</param>
    /// <returns>The result of the finish.</returns>
    /// <inheritdoc cref="WorkflowConnection.FinishAsync(SerialNumber, Action{ServerItemFinish}, CancellationToken)" path="/exception"/>
    public Task<FinishReceipt> FinishAsync(string user, SerialNumber serial, string answer, Action<ServerItemFinish>? result = null)
    {
        var given = RecordedValues.Of(result);
        return FinishAsync($"the finish of {serial} by '{user}' with '{answer}'", serial, bed => bed._engine.As(user).FinishAsync(serial, answer, given));
    }

    private async Task<FinishReceipt> FinishAsync(string what, SerialNumber serial, Func<WorkflowTestBed, ValueTask<FinishReceipt>> finish)
    {
        var receipt = default(FinishReceipt);
        await RecordAsync(
            what,
            async bed =>
            {
                receipt = await finish(bed).ConfigureAwait(false);
                return [serial.ProcessInstance];
            }).ConfigureAwait(false);
        return receipt;
    }
}
