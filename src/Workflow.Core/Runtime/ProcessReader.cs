using System.Runtime.CompilerServices;
using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Runtime;

/// <summary>Reads process instances as they are stored. Nobody else holds the instance that it returns.</summary>
internal readonly struct ProcessReader(IProcessStore store, Deployments deployments, UnreadableInstances unreadable)
{
    /// <summary>How many facts are read at once when all of them may count.</summary>
    private const int HistoryPage = 500;

    /// <summary>Reads one destination of an instance from the store, with the parts that are needed to show it.</summary>
    /// <returns>The destination; null when it is gone.</returns>
    public async ValueTask<ActivityInstanceDestination?> ReadAsync(SerialNumber serial, int activityInstance, CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(serial.ProcessInstance, activityInstance, serial.Destination, cancellation).ConfigureAwait(false);
        return stored is null ? null : (await BindAsync(serial, stored).ConfigureAwait(false))?.Destination;
    }

    /// <summary>Binds one destination of an instance that was loaded with what is needed to show it.</summary>
    /// <returns>The destination with its definition; null when it is gone.</returns>
    /// <exception cref="StoredFormatException">The stored form cannot be read; it was reported.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">The definition it runs on is not deployed.</exception>
    public async ValueTask<(ActivityInstanceDestination Destination, ProcessDefinition Definition)?> BindAsync(SerialNumber serial, StoredProcess stored)
    {
        var (process, definition) = await BindAsync(serial.ProcessInstance, stored, isWhole: false).ConfigureAwait(false);
        return process.FindDestination(serial.Destination) is { } destination ? (destination, definition) : null;
    }

    /// <summary>The definition on which the instance of a task runs: its own version, whichever is the default now.</summary>
    /// <returns>The definition; null when there is no such instance.</returns>
    public async ValueTask<ProcessDefinition?> FindDefinitionAsync(SerialNumber serial, int activityInstance, CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(serial.ProcessInstance, activityInstance, serial.Destination, cancellation).ConfigureAwait(false);
        return stored is null ? null : (await BindAsync(serial.ProcessInstance, stored, isWhole: false).ConfigureAwait(false)).Definition;
    }

    /// <summary>The name of the definition on which an instance runs, which need not be deployed.</summary>
    /// <returns>The name; null when there is no such instance, or its stored form does not tell.</returns>
    public async ValueTask<string?> FindDefinitionAsync(ProcessInstanceId id, CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(id, cancellation).ConfigureAwait(false);
        return stored is null ? null : InstanceLoader.TryReadDefinition(id, stored);
    }

    /// <summary>Finds the record of an instance.</summary>
    /// <returns>The record; null when there is no such instance.</returns>
    public async ValueTask<ProcessRecord?> FindRecordAsync(ProcessInstanceId id, CancellationToken cancellation)
    {
        var query = new ProcessQuery { After = new ProcessInstanceId(id.Value - 1), Limit = 1 };
        var found = await store.FindProcessesAsync(query, cancellation).ConfigureAwait(false);
        return found is [var first] && first.Id == id ? first : null;
    }

    /// <summary>Reads an instance as it is stored.</summary>
    /// <returns>The instance, which nobody else holds; null when there is none.</returns>
    /// <exception cref="StoredFormatException">The stored form cannot be read.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">The definition it runs on is not deployed.</exception>
    public async ValueTask<ProcessInstance?> ReadAsync(ProcessInstanceId id, CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(id, cancellation).ConfigureAwait(false);
        return stored is null ? null : (await BindAsync(id, stored, isWhole: true).ConfigureAwait(false)).Process;
    }

    /// <summary>Reads an instance as it is stored, as two copies that share nothing.</summary>
    /// <returns>The copies with their definition; null when there is no such instance.</returns>
    /// <exception cref="StoredFormatException">The stored form cannot be read.</exception>
    /// <exception cref="ProcessDefinitionNotFoundException">The definition it runs on is not deployed.</exception>
    public async ValueTask<(ProcessInstance One, ProcessInstance Other, ProcessDefinition Definition)?> ReadTwiceAsync(
        ProcessInstanceId id, CancellationToken cancellation)
    {
        if (await store.LoadAsync(id, cancellation).ConfigureAwait(false) is not { } stored)
        {
            return null;
        }

        var (one, definition) = await BindAsync(id, stored, isWhole: true).ConfigureAwait(false);
        var (other, _) = await BindAsync(id, stored, isWhole: true).ConfigureAwait(false);
        return (one, other, definition);
    }

    /// <summary>Reports an instance that cannot be read, for every caller (statement 14.7b).</summary>
    private async ValueTask<(ProcessInstance Process, ProcessDefinition Definition)> BindAsync(ProcessInstanceId id, StoredProcess stored, bool isWhole)
    {
        try
        {
            return InstanceLoader.Load(id, stored, deployments, isWhole);
        }
        catch (StoredFormatException problem)
        {
            await unreadable.ReportAsync(id, problem).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether an activity has run in an instance, as its history says: an arrival of it has got beyond the preceding rule and the start
    /// rule.</summary>
    public async ValueTask<bool> HasRunAsync(ProcessInstanceId id, string activity, CancellationToken cancellation)
    {
        var arrived = new HashSet<int>();
        await foreach (var fact in ReadHistoryToItsEndAsync(id, after: 0, HistoryPage, cancellation).ConfigureAwait(false))
        {
            if (fact.Kind is JournalKind.ActivityStarted && string.Equals(fact.Name, activity, StringComparison.Ordinal))
            {
                arrived.Add(fact.ActivityInstance);
            }
            else if (fact.Kind is JournalKind.DestinationCreated or JournalKind.ActivityCompleted && arrived.Contains(fact.ActivityInstance))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the history of an instance to its end, each page when it is needed.</summary>
    /// <param name="id">The process instance.</param>
    /// <param name="after">The number of the entry behind which it begins; zero for the first.</param>
    /// <param name="atOnce">How many entries a page has.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async IAsyncEnumerable<JournalEntry> ReadHistoryToItsEndAsync(
        ProcessInstanceId id, long after, int atOnce, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<JournalEntry> page;
        do
        {
            page = await ReadHistoryAsync(id, after, atOnce, cancellation).ConfigureAwait(false);
            foreach (var entry in page)
            {
                yield return entry;
            }

            after = page.Count == 0 ? after : page[^1].Number;
        }
        while (page.Count == atOnce);
    }

    /// <summary>Reads a page of the history of an instance backwards, the newest entry first. Entries are numbered without gaps, and the instance knows how
    /// many there are.</summary>
    /// <param name="process">The process instance.</param>
    /// <param name="before">The number of the entry before which it begins; null for the end.</param>
    /// <param name="limit">How many entries to read at most.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async ValueTask<List<JournalEntry>> ReadHistoryBackwardsAsync(
        ProcessInstance process, long? before, int limit, CancellationToken cancellation)
    {
        var last = Math.Min((before ?? long.MaxValue) - 1, process.JournalCount);
        var count = (int)Math.Min(limit, last);
        if (count == 0)
        {
            return [];
        }

        var page = await ReadHistoryAsync(process.Id, last - count, count, cancellation).ConfigureAwait(false);
        page.Reverse();
        return page;
    }

    /// <summary>Reads a page of the history of an instance.</summary>
    public async ValueTask<List<JournalEntry>> ReadHistoryAsync(ProcessInstanceId id, long after, int limit, CancellationToken cancellation)
    {
        var entries = new List<JournalEntry>();
        while (entries.Count < limit)
        {
            var known = entries.Count == 0 ? after : entries[^1].Number;
            var pieces = await store.ReadJournalAsync(id, known, limit, cancellation).ConfigureAwait(false);
            if (pieces.Count == 0)
            {
                break;
            }

            foreach (var piece in pieces)
            {
                entries.AddRange(JournalReader.Read(piece.Content.Span, id, piece.FirstNumber).Where(entry => entry.Number > known));
            }
        }

        return entries.Count > limit ? entries[..limit] : entries;
    }
}
