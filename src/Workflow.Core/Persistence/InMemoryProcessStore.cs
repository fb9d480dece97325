using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>Keeps process instances in memory, as bytes and not as objects: what passes a test with it has been through the stored form.</summary>
public sealed partial class InMemoryProcessStore : IProcessStore
{
    private readonly InMemoryProcessTable _processes = new();
    private readonly InMemoryAbsences _absences = new();
    private readonly InMemoryDefinitions _definitions = new();
    private readonly InMemoryShared _shared;
    private long _lastId;
    private long _looked;

    /// <summary>Makes an empty store.</summary>
    /// <param name="clock">By which leases run out; the system's clock unless given.</param>
    /// <param name="keyPart">The text in front of every idempotency key that code receives; empty for none. Give each store another one if its keys reach
    /// systems outside, as the engine does with the store that it makes itself (statement 14.7c).</param>
    public InMemoryProcessStore(TimeProvider? clock = null, string keyPart = "")
    {
        ArgumentNullException.ThrowIfNull(keyPart);
        _shared = new InMemoryShared(clock ?? TimeProvider.System);
        KeyPart = keyPart;
    }

    /// <inheritdoc/>
    public string KeyPart { get; }

    /// <summary>The number of instances that were checked for questions about instances, server items and the tasks of everybody. It counts those outside the
    /// answer too. It shows tests that the cost of a question follows its result.</summary>
    internal long Looked => Volatile.Read(ref _looked);

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
        return ValueTask.FromResult(_processes.Find(processInstance.Value) is { } process ? process.Load(_shared) : null);
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (commit.Lease is { } lease)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(lease.Duration, ProcessLease.Longest, nameof(commit));
        }

        cancellation.ThrowIfCancellationRequested();
        if (commit.ExpectedVersion == 0)
        {
            Add(commit);
        }
        else if (_processes.Find(commit.ProcessInstance.Value) is { } process)
        {
            process.Apply(commit, _shared);
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
    public ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<ProcessRecord>>(
            [.. Candidates(query).Select(process => process.ToRecord()).OfType<ProcessRecord>().Where(query.Matches).Take(query.Limit)]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(participants);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        cancellation.ThrowIfCancellationRequested();
        var found = new List<ProcessRecord>();
        var after = query.After?.Value ?? (query.NewestFirst ? long.MaxValue : 0);
        List<long> page;
        do
        {
            // Open tasks first: one that is closed meanwhile is found again as a former one.
            var open = _shared.Worklists.FindProcesses(participants, query.NewestFirst, after, query.Limit);
            var other = _shared.Participants.Find(participants, query.NewestFirst, after, query.Limit);
            page = Merged.Distinct([open, other], query.NewestFirst, query.Limit);
            found.AddRange(Found(page).Select(process => process.ToRecord()).OfType<ProcessRecord>().Where(query.Matches).Take(query.Limit - found.Count));
            after = page.Count > 0 ? page[^1] : after;
        }
        while (page.Count == query.Limit && found.Count < query.Limit);
        return ValueTask.FromResult<IReadOnlyList<ProcessRecord>>(found);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(query.Lease, TimeSpan.Zero, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Lease, ProcessLease.Longest, nameof(query));
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<ClaimedProcess>>(
            [.. InMemoryClaims.Take(query, _processes, _shared).DistinctBy(claim => claim.Id).Take(query.Limit)]);
    }

    /// <inheritdoc/>
    public ValueTask RenewAsync(string owner, TimeSpan lease, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease, ProcessLease.Longest);
        cancellation.ThrowIfCancellationRequested();
        var until = _shared.Now + lease;
        foreach (var process in _shared.Leased)
        {
            process.Renew(owner, until);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(putOff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(putOff, ProcessLease.LongestPutOff);
        cancellation.ThrowIfCancellationRequested();
        _processes.Find(claim.Id.Value)?.Release(claim, _shared.Now + putOff, _shared);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> SetAsideAsync(ProcessInstanceId processInstance, string? reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var process = _processes.Find(processInstance.Value);
        process?.SetAside(reason);
        return ValueTask.FromResult(process is not null);
    }

    /// <inheritdoc/>
    public ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            _processes.Find(processInstance.Value) is { } process ? process.Load(activityInstance, destination, _shared) : null);
    }

    /// <inheritdoc/>
    public ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_processes.Find(serial.ProcessInstance.Value)?.LoadTask(serial.Destination, _shared));
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
            ? _shared.Worklists.Find(entries, query, after)
            : InMemoryWorklists.Page(AllTasks(entries is null ? null : IDestinationTable.Of(entries), query), query, after));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Destination>> FindRolesOfTasksAsync(Destination? after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<Destination>>(_shared.Worklists.FindRoles(after, limit));
    }

    /// <inheritdoc/>
    public ValueTask<bool> HasTakenPartAsync(ProcessInstanceId processInstance, IReadOnlyCollection<Destination> entries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entries);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            _processes.Find(processInstance.Value) is { } process && process.WasEverFor(IDestinationTable.Of(entries)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProcessTimer>> FindTimersAsync(TimerQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<ProcessTimer>>(_shared.Timers.Find(query, id => _processes.Find(id)?.Definition));
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_shared.Timers.NextDue(after));
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

    /// <inheritdoc/>
    public ValueTask<StoredRequest?> FindRequestAsync(string key, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_shared.FindRequest(key));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit, nameof(query));
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<ProcessMessage>>(_shared.Messages.Find(query));
    }

    /// <inheritdoc/>
    public ValueTask<bool> DiscardMessageAsync(MessageKey message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_shared.Messages.Discard(message));
    }

    /// <inheritdoc/>
    public bool KeepsNews => true;

    /// <inheritdoc/>
    public ValueTask<NewsPage> ReadNewsAsync(string? place, string owner, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_shared.News.Read(place, owner, limit, _shared.Now));
    }

    /// <inheritdoc/>
    public ValueTask RemoveNewsAsync(string place, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(place);
        cancellation.ThrowIfCancellationRequested();
        _shared.News.Remove(place);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<int> PurgeAsync(DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        cancellation.ThrowIfCancellationRequested();
        var removed = 0;
        while (removed < limit && _shared.EndedBefore(endedBefore.UtcTicks, definition, limit - removed).ToList() is { Count: > 0 } ended)
        {
            // An instance that has gone on since it was found to have ended is in the list again when it ends.
            foreach (var (list, entry) in ended)
            {
                removed += _processes.Find(entry.Id) is { } process && process.TryForget(entry.EndedAt, _shared) && _processes.Remove(process) ? 1 : 0;
                list.Remove(entry);
            }
        }

        return ValueTask.FromResult(removed);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(ProcessInstanceId processInstance, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            _processes.Find(processInstance.Value) is { } process && process.EndInstant() is { } endedAt
            && process.TryForget(endedAt, _shared, keepsRequests: true) && _processes.Remove(process));
    }

    /// <inheritdoc/>
    public ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(definition);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_definitions.Keep(definition, becomesDefault));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(string name, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_definitions.Find(name));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DefinitionVersion>> FindDefaultVersionsAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_definitions.FindDefaults());
    }

    /// <inheritdoc/>
    public ValueTask<bool> SetDefaultVersionAsync(DefinitionVersion version, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(version.Name, nameof(version));
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_definitions.SetDefault(version));
    }

    /// <inheritdoc/>
    public ValueTask<DefinitionRemoval> RemoveDefinitionAsync(DefinitionVersion version, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(version.Name, nameof(version));
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_definitions.Remove(version, () => _shared.IsInUse(version)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<VersionInUse>> CountVersionsInUseAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_shared.CountInUse());
    }

    private void Add(Commit commit)
    {
        var process = new InMemoryProcess(commit.ProcessInstance);
        lock (process)
        {
            if (!_processes.TryAdd(process))
            {
                throw new ConcurrencyException(commit.ProcessInstance, expected: 0, _processes.Find(commit.ProcessInstance.Value)?.Version ?? 0);
            }

            try
            {
                process.Apply(commit, _shared);
            }
            catch
            {
                _processes.Remove(process);
                throw;
            }
        }
    }

    private InMemoryTask? FindTask(SerialNumber serial) => _processes.Find(serial.ProcessInstance.Value)?.FindTask(serial.Destination);

    /// <summary>The tasks of everybody, in the order of their serial numbers.</summary>
    private IEnumerable<InMemoryTask> AllTasks(ICollection<Destination>? entries, WorklistQuery query)
    {
        var isInOrder = query.Order is WorklistOrder.Serial;
        var first = (isInOrder ? query.After?.ProcessInstance.Value : null) ?? 0;
        var processes = query.ProcessInstance is { } only
            ? Found([only.Value])
            : WantedDefinitions.Of(query.Definition, query.Definitions) is { } definitions
            ? Found(_shared.InstancesOf(definitions, first - 1, newestFirst: false))
            : Counted(_processes.From(first));
        return processes
            .SelectMany(process => process.Tasks(entries))
            .Where(task => !isInOrder || query.After is not { } after || task.Serial.CompareTo(after) > 0);
    }

    private IEnumerable<InMemoryProcess> Candidates(ServerItemQuery query)
    {
        if (query.ProcessInstance is { } only)
        {
            return Found([only.Value]);
        }

        var definitions = WantedDefinitions.Of(query.Definition, query.Definitions);
        return Found(_shared.ServerItems.From(query.After?.ProcessInstance.Value ?? 0, query.Status, definitions));
    }

    private IEnumerable<InMemoryProcess> Candidates(ProcessQuery query)
    {
        if (query.Parent is { } parent)
        {
            var first = query.After?.Value ?? (query.NewestFirst ? long.MaxValue : 0);
            return Found(NumberPages.Behind(first, (after, limit) => _shared.Children.Find([parent], query.NewestFirst, after, limit)));
        }

        if (WantedDefinitions.Of(query.Definition, query.Definitions) is { } definitions)
        {
            return Found(_shared.InstancesOf(definitions, query.After?.Value ?? (query.NewestFirst ? long.MaxValue : 0), query.NewestFirst));
        }

        return Counted(query.NewestFirst ? _processes.Until(query.After?.Value - 1 ?? long.MaxValue) : _processes.From(query.After?.Value + 1 ?? 0));
    }

    /// <summary>The instances of some numbers, without those that have been removed.</summary>
    private IEnumerable<InMemoryProcess> Found(IEnumerable<long> numbers) => Counted(numbers.Select(_processes.Find).OfType<InMemoryProcess>());

    private IEnumerable<InMemoryProcess> Counted(IEnumerable<InMemoryProcess> processes)
    {
        foreach (var process in processes)
        {
            Interlocked.Increment(ref _looked);
            yield return process;
        }
    }
}
