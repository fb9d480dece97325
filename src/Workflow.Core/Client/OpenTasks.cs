using System.Runtime.CompilerServices;
using Workflow.Core.Formats;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Finds tasks in the store, and reads each as it is stored now: a page at a time.</summary>
internal sealed class OpenTasks(ProcessHost host)
{
    /// <summary>How many tasks are loaded with one question; a longer page takes several.</summary>
    public const int MostAtOnce = 100;

    /// <summary>Tasks that are open now, in the order asked for. A task that has ended since the store found it is left out. One that cannot be read comes
    /// without its destination, and with the reason.</summary>
    /// <param name="entries">For whom; null for everybody.</param>
    /// <param name="query">Which ones.</param>
    /// <param name="mostAtOnce">How many tasks are loaded with one question.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <param name="first">The first page, if it was found already.</param>
    public async IAsyncEnumerable<(WorklistHeaderRecord Header, OpenTask? Open, string? Problem)> ListAsync(
        IReadOnlyCollection<Destination>? entries,
        WorklistQuery query,
        int mostAtOnce,
        [EnumeratorCancellation] CancellationToken cancellation,
        IReadOnlyList<WorklistHeaderRecord>? first = null)
    {
        var page = query;
        while (true)
        {
            var headers = first ?? await host.Store.FindTasksAsync(entries, page, cancellation).ConfigureAwait(false);
            foreach (var several in headers.Chunk(mostAtOnce))
            {
                foreach (var (header, open, problem) in await ReadAsync(several, cancellation).ConfigureAwait(false))
                {
                    if (open is not null || problem is not null)
                    {
                        yield return (header, open, problem);
                    }
                }
            }

            if (headers.Count < page.Limit)
            {
                yield break;
            }

            (page, first) = (page with { After = headers[^1].Serial }, null);
        }
    }

    /// <summary>Reads tasks that were found. One whose instance is as it was when it was listed before need not be loaded.</summary>
    /// <returns>Each with the task, or with the reason why it cannot be read; with neither when it has ended.</returns>
    private async ValueTask<IReadOnlyList<(WorklistHeaderRecord Header, OpenTask? Open, string? Problem)>> ReadAsync(
        WorklistHeaderRecord[] headers, CancellationToken cancellation)
    {
        var found = Array.ConvertAll(headers, header => (header, header.State is { } state ? host.Listed.Find(header.Serial, state) : null, (string?)null));
        var unknown = Enumerable.Range(0, found.Length).Where(place => found[place].Item2 is null).ToList();
        if (unknown.Count == 0)
        {
            return found;
        }

        var stored = await host.Store.LoadTasksAsync(unknown.ConvertAll(place => headers[place]), cancellation).ConfigureAwait(false);
        foreach (var (place, parts) in unknown.Zip(stored))
        {
            var (open, problem) = parts is null ? (null, null) : await TryBindAsync(headers[place], parts).ConfigureAwait(false);
            if (open is { } task)
            {
                host.Listed.Add(task, parts!.State, parts.Parts.Sum(part => part.Content.Length));
            }

            found[place] = (headers[place], open, problem);
        }

        return found;
    }

    /// <summary>The present stored state of a task that was found earlier; null when it is no longer open.</summary>
    public async ValueTask<OpenTask?> FindAsync(SerialNumber serial, int activityInstance, CancellationToken cancellation)
    {
        var stored = await host.Store.LoadAsync(serial.ProcessInstance, activityInstance, serial.Destination, cancellation).ConfigureAwait(false);
        return stored is not null && await host.Reader.BindAsync(serial, stored).ConfigureAwait(false) is var (destination, definition)
            ? OpenTask.Of(definition, destination)
            : null;
    }

    /// <summary>An instance that cannot be read, or runs on a version that is not deployed, is reported and harms no other (statement 14.7b).</summary>
    private async ValueTask<(OpenTask? Open, string? Problem)> TryBindAsync(WorklistHeaderRecord header, StoredProcess stored)
    {
        try
        {
            return await host.Reader.BindAsync(header.Serial, stored).ConfigureAwait(false) is var (destination, definition)
                ? (OpenTask.Of(definition, destination), null)
                : (null, null);
        }
        catch (ProcessDefinitionNotFoundException exception)
        {
            host.Unreadable.Report(exception);
            return (null, exception.Message);
        }
        catch (StoredFormatException exception)
        {
            // The reader has reported it.
            return (null, exception.Message);
        }
    }
}
