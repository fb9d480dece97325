using Workflow.Core.Client;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Management;

/// <summary>Gives the tasks of one user to another, each for itself and in the order of their serial numbers.</summary>
internal sealed class HandOver(ItemCommands commands, string from, string to, string? reason)
{
    private const int TasksAtOnce = 100;

    /// <summary>Hands over all tasks that the user has when the call begins.</summary>
    public async ValueTask<IReadOnlyList<HandOverResult>> RunAsync(IProgress<HandOverResult>? progress, CancellationToken cancellation)
    {
        var query = new WorklistQuery { Limit = TasksAtOnce };
        var entries = new List<WorklistEntry>();
        await foreach (var entry in commands.AllAsync(query, FindAsync, static (last, page) => last with { After = page[^1].Serial }, cancellation)
            .ConfigureAwait(false))
        {
            entries.Add(entry);
        }

        return await OneByOne.RunAsync(entries, OneAsync, Refused, progress, cancellation).ConfigureAwait(false);
    }

    private ValueTask<IReadOnlyList<WorklistEntry>> FindAsync(WorklistQuery query, CancellationToken cancellation) =>
        commands.ListEverybodysAsync(query, from, cancellation);

    private async ValueTask<HandOverResult> OneAsync(WorklistEntry entry)
    {
        if (entry.ActingFor is not null)
        {
            return new HandOverResult(entry.Serial, HandOverOutcome.LeftToDelegator, Error: null);
        }

        var isTheirs = entry.Destination.Kind is DestinationKind.User;
        AdministratorRequest request = isTheirs
            ? new AdministratorRequest.Redirect(entry.Destination, to, keepsOpen: true) { IsReassigned = true }
            : new AdministratorRequest.Release(from);
        var done = isTheirs ? HandOverOutcome.Reassigned : HandOverOutcome.Released;
        try
        {
            await commands.AdministerOneOfManyAsync(entry.Serial, request, reason).ConfigureAwait(false);
            return new HandOverResult(entry.Serial, done, Error: null);
        }
        catch (CommandPartlyStoredException exception)
        {
            // It was handed over, and the engine goes on with what comes of it (statement 14.7d).
            return new HandOverResult(entry.Serial, done, exception);
        }
    }

    private static HandOverResult Refused(WorklistEntry entry, Exception exception) =>
        new(entry.Serial, exception is WorkflowException ? HandOverOutcome.Refused : HandOverOutcome.Interrupted, exception);
}
