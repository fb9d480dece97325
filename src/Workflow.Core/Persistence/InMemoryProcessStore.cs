using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>Keeps process instances in memory, as bytes and not as objects: what passes a test with it has been through the stored form.</summary>
public sealed class InMemoryProcessStore : IProcessStore
{
    private readonly InMemoryProcessTable _processes = new();
    private readonly InMemoryWorklists _worklists = new();
    private readonly InMemoryTimers _timers = new();
    private readonly InMemoryAbsences _absences = new();
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
        return ValueTask.FromResult(_processes.Find(processInstance.Value) is { } process ? process.Load() : null);
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
        else if (_processes.Find(commit.ProcessInstance.Value) is { } process)
        {
            process.Apply(commit, _worklists, _timers);
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
        return ValueTask.FromResult(_processes.Find(processInstance.Value) is { } process ? process.ReadJournal(after, limit) : []);
    }

    /// <inheritdoc/>
    public ValueTask<ServerItemRecord?> FindServerItemAsync(SerialNumber serial, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_processes.Find(serial.ProcessInstance.Value) is { } process ? process.FindServerItem(serial) : null);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        cancellation.ThrowIfCancellationRequested();
        var found = new List<ServerItemRecord>();
        foreach (var process in Candidates(query))
        {
            found.AddRange(process.Find(query).Take(query.Limit - found.Count));
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
        IReadOnlyList<ProcessInstanceId> found = [.. _processes.From(after.Value)
            .Where(process => process.Id != after && process.HasPendingCall)
            .Select(process => process.Id)
            .Take(limit)];
        return ValueTask.FromResult(found);
    }

    /// <inheritdoc/>
    public ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            _processes.Find(processInstance.Value) is { } process ? process.Load(activityInstance, destination) : null);
    }

    /// <inheritdoc/>
    public ValueTask<StoredTask?> FindTaskAsync(SerialNumber serial, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_processes.Find(serial.ProcessInstance.Value)?.FindStoredTask(serial.Destination));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        cancellation.ThrowIfCancellationRequested();
        var after = query.After is { } last ? FindTask(last)?.Header : null;
        return ValueTask.FromResult<IReadOnlyList<WorklistHeaderRecord>>(entries is not null && query.ProcessInstance is null
            ? _worklists.Find(entries, query, after)
            : InMemoryWorklists.Page(AllTasks(entries, query), query, after));
    }

    /// <inheritdoc/>
    public ValueTask<bool> HasTakenPartAsync(ProcessInstanceId processInstance, IReadOnlyCollection<Destination> entries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entries);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            _processes.Find(processInstance.Value) is { } process && process.WasEverFor(entries));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProcessTimer>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<ProcessTimer>>(_timers.FindDue(now, limit));
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_timers.NextDue(after));
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(string user, OutOfOffice? absence, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        cancellation.ThrowIfCancellationRequested();
        _absences.Save(user, absence);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<OutOfOffice?> FindAbsenceAsync(string user, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_absences.Find(user));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutOfOffice>> FindAbsencesSharedWithAsync(string substitute, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(substitute);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<OutOfOffice>>(_absences.SharedWith(substitute));
    }

    private void Add(Commit commit)
    {
        var process = new InMemoryProcess(commit.ProcessInstance);
        lock (process)
        {
            if (!_processes.TryAdd(process))
            {
                throw new ConcurrencyException(commit.ProcessInstance, expected: 0, _processes.Find(commit.ProcessInstance.Value)!.Version);
            }

            process.Apply(commit, _worklists, _timers);
        }
    }

    private InMemoryTask? FindTask(SerialNumber serial) => _processes.Find(serial.ProcessInstance.Value)?.FindTask(serial.Destination);

    /// <summary>The tasks of everybody, in the order of their serial numbers.</summary>
    private IEnumerable<InMemoryTask> AllTasks(IReadOnlyCollection<Destination>? entries, WorklistQuery query)
    {
        var isInOrder = query.Order is WorklistOrder.Serial;
        var first = (isInOrder ? query.After?.ProcessInstance.Value : null) ?? 0;
        var processes = query.ProcessInstance is { } only ? new[] { _processes.Find(only.Value) }.OfType<InMemoryProcess>() : _processes.From(first);
        return processes
            .SelectMany(process => process.Tasks(entries))
            .Where(task => !isInOrder || query.After is not { } after || task.Serial.CompareTo(after) > 0);
    }

    private IEnumerable<InMemoryProcess> Candidates(ServerItemQuery query)
    {
        if (query.ProcessInstance is { } only)
        {
            return _processes.Find(only.Value) is { } process ? [process] : [];
        }

        return _processes.From(query.After?.ProcessInstance.Value ?? 0);
    }
}
