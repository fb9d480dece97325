using Workflow.Core.Client;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Scheduling;
using Operation = Workflow.Core.Client.Operation;

namespace Workflow.Core.Management;

/// <summary>Finds the process instances in Error, and retries several of them.</summary>
internal sealed class FailedProcesses(ManagementCommands commands)
{
    /// <summary>A page of the instances in Error, with what failed in each.</summary>
    /// <exception cref="WorkflowAccessDeniedException">The query names a process on which the user lacks the Admin right.</exception>
    public async ValueTask<IReadOnlyList<FailedProcess>> FindAsync(ErrorQuery query, CancellationToken cancellation)
    {
        var visible = await commands.Access.VisibleAsync(Operation.ManageInstance, query.Definition, null, cancellation).ConfigureAwait(false);
        var found = new List<FailedProcess>();
        if (visible is { Count: 0 })
        {
            return found;
        }

        var processes = new ProcessQuery
        {
            Status = ProcessInstanceStatus.Error, Definition = query.Definition, Definitions = visible, After = query.After, Limit = query.Limit,
        };
        IReadOnlyList<ProcessRecord> page;
        do
        {
            page = await commands.Host.Store.FindProcessesAsync(processes, cancellation).ConfigureAwait(false);
            foreach (var record in page)
            {
                if (found.Count < query.Limit && await FailedAsync(record, cancellation).ConfigureAwait(false) is { } failed && query.Matches(failed))
                {
                    found.Add(failed);
                }
            }

            processes = page.Count > 0 ? processes with { After = page[^1].Id } : processes;
        }
        while (page.Count == query.Limit && found.Count < query.Limit);
        return found;
    }

    /// <summary>Retries several instances, each for itself and in order.</summary>
    /// <param name="failed">The instances with their errors.</param>
    /// <param name="on">The version on which they go on; null for their own.</param>
    /// <param name="reason">The reason, for the history; null for none.</param>
    /// <param name="progress">Hears of each result that was not cut short; null for nobody.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public ValueTask<IReadOnlyList<RetryResult>> RetryEachAsync(
        IReadOnlyList<FailedProcess> failed,
        ManagementRequest.ToVersion? on,
        string? reason,
        IProgress<RetryResult>? progress,
        CancellationToken cancellation) => OneByOne.RunAsync(
            failed,
            async item =>
            {
                var request = new ManagementRequest.Retry(item.Error ?? throw Unread(item.ProcessInstance), on);
                var left = await commands.SendAsync(item.ProcessInstance, request, reason, cancellation, isOneOfMany: true).ConfigureAwait(false);
                return new RetryResult(item.ProcessInstance, left.Error, Refusal: null);
            },
            static (item, refusal) => new RetryResult(item.ProcessInstance, Error: null, refusal),
            progress,
            cancellation);

    /// <summary>The error of an instance as it is now; null when it is not in Error any more.</summary>
    private async ValueTask<FailedProcess?> FailedAsync(ProcessRecord record, CancellationToken cancellation)
    {
        try
        {
            var process = await commands.Host.Reader.ReadAsync(record.Id, cancellation).ConfigureAwait(false);
            return process?.Error is { } error ? FailedProcess.Of(record, error, AttemptsOf(process, error)) : null;
        }
        catch (WorkflowException problem)
        {
            return FailedProcess.Unreadable(record, problem.Message);
        }
    }

    /// <summary>A retry names the error that it means (statement 8.2c).</summary>
    private static ProcessInstanceRefusedException Unread(ProcessInstanceId processInstance) =>
        new(processInstance, "8.2c", "it could not be read, so it is not known what would be retried. Find its error again on a host that can read it.");

    /// <summary>How often the code that failed was called; zero for a rule.</summary>
    private static int AttemptsOf(ProcessInstance process, ProcessError error) =>
        FailedElement.Event(process, error)?.Event!.Attempts ?? FailedElement.Escalation(process, error)?.Attempts ?? 0;
}
