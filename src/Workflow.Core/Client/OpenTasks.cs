using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Finds tasks in the store, and reads each as it is stored now.</summary>
internal sealed class OpenTasks(ProcessHost host)
{
    /// <summary>Tasks that are open now, in the order asked for. A task that has ended since the store found it is left out. One that cannot be read comes without its
    /// destination, and with the reason.</summary>
    public async IAsyncEnumerable<(WorklistHeaderRecord Header, (ActivityInstanceDestination Destination, ClientEventDefinition Task)? Open, string? Problem)> ListAsync(
        IReadOnlyCollection<Destination>? entries,
        WorklistQuery query,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var page = query;
        while (true)
        {
            var headers = await host.Store.FindTasksAsync(entries, page, cancellation).ConfigureAwait(false);
            foreach (var header in headers)
            {
                var (destination, problem) = await TryReadAsync(header, cancellation).ConfigureAwait(false);
                if (problem is not null)
                {
                    yield return (header, null, problem);
                }
                else if (destination is not null && Find(destination) is { } task)
                {
                    yield return (header, (destination, task), null);
                }
            }

            if (headers.Count < page.Limit)
            {
                yield break;
            }

            page = page with { After = headers[^1].Serial };
        }
    }

    /// <summary>An instance that cannot be read, or runs on a version that is not deployed, is reported and harms no other (statement 14.7b).</summary>
    private async ValueTask<(ActivityInstanceDestination? Destination, string? Problem)> TryReadAsync(WorklistHeaderRecord header, CancellationToken cancellation)
    {
        try
        {
            return (await host.Reader.ReadAsync(header.Serial, header.ActivityInstance, cancellation).ConfigureAwait(false), null);
        }
        catch (ProcessDefinitionNotFoundException exception)
        {
            host.Unreadable.Report(exception);
            return (null, exception.Message);
        }
        catch (StoredFormatException exception)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>The task that is open in a destination; null when there is none.</summary>
    public ClientEventDefinition? Find(ActivityInstanceDestination destination)
    {
        var process = destination.Activity.Process;
        return host.Deployments.Get(process.Definition, process.DefinitionVersion).OpenTaskOf(destination);
    }
}
