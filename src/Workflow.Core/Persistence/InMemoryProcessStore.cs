using System.Collections.Concurrent;
using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>Keeps process instances in memory, as bytes and not as objects: what passes a test with it has been through the stored form.</summary>
public sealed class InMemoryProcessStore : IProcessStore
{
    private readonly ConcurrentDictionary<long, InMemoryProcess> _processes = new();
    private long _lastId;

    /// <inheritdoc/>
    public ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(new ProcessInstanceId(Interlocked.Increment(ref _lastId)));
    }

    /// <inheritdoc/>
    public ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_processes.TryGetValue(processInstance.Value, out var process) ? process.Load() : null);
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(commit);
        cancellation.ThrowIfCancellationRequested();
        if (commit.ExpectedVersion == 0)
        {
            Add(commit);
        }
        else if (_processes.TryGetValue(commit.ProcessInstance.Value, out var process))
        {
            process.Apply(commit);
        }
        else
        {
            throw new ConcurrencyException(commit.ProcessInstance, commit.ExpectedVersion, actual: 0);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(
        ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_processes.TryGetValue(processInstance.Value, out var process) ? process.ReadJournal(after, limit) : []);
    }

    /// <inheritdoc/>
    public ValueTask<ServerItemRecord?> FindServerItemAsync(SerialNumber serial, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_processes.TryGetValue(serial.ProcessInstance.Value, out var process) ? process.FindServerItem(serial) : null);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        cancellation.ThrowIfCancellationRequested();
        var found = new List<ServerItemRecord>();
        foreach (var id in OrderedIds(query))
        {
            if (_processes.TryGetValue(id, out var process))
            {
                found.AddRange(process.Find(query).Take(query.Limit - found.Count));
            }

            if (found.Count == query.Limit)
            {
                break;
            }
        }

        return ValueTask.FromResult<IReadOnlyList<ServerItemRecord>>(found);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProcessInstanceId>> FindPendingAsync(ProcessInstanceId after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<ProcessInstanceId> found = [.. _processes
            .Where(pair => pair.Key > after.Value && pair.Value.HasPendingCall)
            .Select(pair => new ProcessInstanceId(pair.Key))
            .Order()
            .Take(limit)];
        return ValueTask.FromResult(found);
    }

    private void Add(Commit commit)
    {
        var process = new InMemoryProcess(commit.ProcessInstance);
        process.Apply(commit);
        if (!_processes.TryAdd(commit.ProcessInstance.Value, process))
        {
            throw new ConcurrencyException(commit.ProcessInstance, expected: 0, _processes[commit.ProcessInstance.Value].Version);
        }
    }

    private IEnumerable<long> OrderedIds(ServerItemQuery query)
    {
        if (query.ProcessInstance is { } only)
        {
            return [only.Value];
        }

        var from = query.After?.ProcessInstance.Value ?? 0;
        return _processes.Keys.Where(id => id >= from).Order();
    }
}
