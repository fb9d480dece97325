using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Client;

/// <summary>Carries out what administrators want of process instances.</summary>
internal sealed class ManagementCommands(ProcessHost host, WorkflowPrincipal principal)
{
    /// <summary>The most characters of a reason.</summary>
    private const int ReasonLength = 4_096;

    private AccessCheck Access => new(host, principal);

    /// <exception cref="ArgumentException">The reason is too long.</exception>
    public async ValueTask SendAsync(ProcessInstanceId processInstance, ManagementRequest request, string? reason, CancellationToken cancellation)
    {
        if (reason is not null)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(reason.Length, ReasonLength, nameof(reason));
            Utf16.ThrowIfMalformed(reason, nameof(reason));
        }

        await Access.RefreshAsync(cancellation).ConfigureAwait(false);
        var (word, details) = request.Key;
        var command = new ManagementCommand(Access, processInstance, principal.Name, request, reason)
        {
            Once = principal.Key is null ? null : principal.Once(word, processInstance, [.. details, reason]),
        };
        var refusal = (await host.Turns.SendAsync(command, cancellation).ConfigureAwait(false)).Refusal;
        if (refusal is not null)
        {
            throw refusal.Exception ?? new ProcessInstanceRefusedException(processInstance, refusal.Statement, refusal.Message!);
        }

        if (request is ManagementRequest.Delete { IsHistoryRemoved: true })
        {
            await host.Store.RemoveAsync(processInstance, cancellation).ConfigureAwait(false);
        }
    }
}
