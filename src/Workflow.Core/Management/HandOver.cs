using Workflow.Core.Client;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Management;

/// <summary>Gives the tasks of one user to another, each for itself and in the order of their serial numbers.</summary>
internal sealed class HandOver(ItemCommands commands, string from, string to, string? reason)
{
    /// <summary>Hands over all tasks that the user has when the call begins.</summary>
    public async ValueTask<IReadOnlyList<HandOverResult>> RunAsync(IProgress<HandOverResult>? progress, CancellationToken cancellation)
    {
        var entries = new List<WorklistEntry>();
        await foreach (var entry in commands.ListAllEverybodysAsync(new WorklistQuery(), from, cancellation).ConfigureAwait(false))
        {
            entries.Add(entry);
        }

        return await OneByOne.RunAsync(entries, OneAsync, Refused, progress, cancellation).ConfigureAwait(false);
    }

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
