using System.Collections.Concurrent;

namespace Workflow.Core.Persistence;

/// <summary>The data that the instances of an <see cref="InMemoryProcessStore"/> share: the lists that lead to them, and the clock of the leases.</summary>
internal sealed class InMemoryShared(TimeProvider clock)
{
    private readonly ConcurrentDictionary<DefinitionVersion, InMemoryDefinition> _definitions = new();
    private readonly ConcurrentDictionary<string, InMemoryInstances> _instances = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredRequest> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<ProcessInstanceId, List<string>> _keys = [];
    private readonly HashSet<InMemoryProcess> _leased = [];
    private readonly HashSet<InMemoryProcess> _pending = [];
    private string? _firstOwner;

    public InMemoryWorklists Worklists { get; } = new();

    /// <summary>The instances in which somebody took part: those that a user started, and those that had a task for a user, role or group. Tasks that are open
    /// are found by the worklists.</summary>
    public InMemoryInstancesBy<Destination> Participants { get; } = new();

    /// <summary>The instances that others have started as sub-processes.</summary>
    public InMemoryInstancesBy<ProcessInstanceId> Children { get; } = new();

    public InMemoryServerItems ServerItems { get; } = new();

    public InMemoryTimers Timers { get; } = new();

    public InMemoryMessages Messages { get; } = new();

    public InMemoryNews News { get; } = new();

    /// <summary>The engine that used the store first, which most instances know no other than; null before.</summary>
    public string? FirstOwner => _firstOwner;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The instances with a pending call, in the order of their numbers.</summary>
    public IReadOnlyList<InMemoryProcess> Pending
    {
        get
        {
            lock (_pending)
            {
                return _pending.Count == 0 ? [] : [.. _pending.OrderBy(process => process.Id.Value)];
            }
        }
    }

    public bool IsFirstOwner(string owner) =>
        ReferenceEquals(_firstOwner, owner) || (Interlocked.CompareExchange(ref _firstOwner, owner, null) ?? owner) == owner;

    public InMemoryDefinition DefinitionOf(DefinitionVersion version) =>
        _definitions.TryGetValue(version, out var known)
            ? known
            : _definitions.GetOrAdd(version, added => new InMemoryDefinition(added, InstancesOf(added.Name)));

    /// <summary>Whether an instance is stored on a version that has not completed.</summary>
    public bool IsInUse(DefinitionVersion version) => _definitions.TryGetValue(version, out var definition) && definition.HasLive;

    /// <summary>How many instances are stored on each version that have not completed.</summary>
    public IReadOnlyList<VersionInUse> CountInUse() =>
    [
        .. _definitions.Values.Where(definition => definition.HasLive)
            .Select(definition => new VersionInUse(definition.Version, definition.Live))
            .OrderBy(found => found.Version.Name, StringComparer.Ordinal)
            .ThenBy(found => found.Version.Version),
    ];

    /// <summary>The first instances that completed before an instant, of one definition or of all.</summary>
    public IEnumerable<(InMemoryEnded Of, (long EndedAt, long Id) Entry)> EndedBefore(long instant, string? definition, int limit)
    {
        var lists = definition is null ? _instances.Values : _instances.TryGetValue(definition, out var only) ? [only] : Array.Empty<InMemoryInstances>();
        return lists.SelectMany(list => list.Ended.Find(instant, limit).Select(entry => (Of: list.Ended, Entry: entry)))
            .OrderBy(found => found.Entry).Take(limit);
    }

    /// <summary>The numbers of the instances of some definitions behind one, in their order, or in front of it in the opposite order.</summary>
    public IEnumerable<long> InstancesOf(IReadOnlyList<string> definitions, long after, bool newestFirst)
    {
        var lists = definitions.Select(name => _instances.GetValueOrDefault(name)).OfType<InMemoryInstances>().Select(list => list.From(after, newestFirst));
        return Merged.InOrder(lists, number => newestFirst ? -number : number);
    }

    public void NotePending(InMemoryProcess process, bool hasPendingCall)
    {
        lock (_pending)
        {
            if (hasPendingCall)
            {
                _pending.Add(process);
            }
            else
            {
                _pending.Remove(process);
            }
        }
    }

    /// <summary>The instances that somebody holds a lease on, or held one that has run out.</summary>
    public IReadOnlyList<InMemoryProcess> Leased
    {
        get
        {
            lock (_leased)
            {
                return [.. _leased];
            }
        }
    }

    public void NoteLeased(InMemoryProcess process, bool isLeased)
    {
        lock (_leased)
        {
            if (isLeased)
            {
                _leased.Add(process);
            }
            else
            {
                _leased.Remove(process);
            }
        }
    }

    /// <summary>Keeps the idempotency key of a commit and takes the messages that it receives, or does neither.</summary>
    /// <returns>False when something is kept under the key already, or a message is not there.</returns>
    public bool TryTake(Commit commit) =>
        commit.ReceivedMessages.Count > 0 ? Messages.TryReceive(commit, this) : commit.Request is not { } request || TryKeep(request);

    /// <returns>False when something is kept under its key already.</returns>
    public bool TryKeep(StoredRequest request)
    {
        if (!_requests.TryAdd(request.Key, request with { Content = request.Content.ToArray(), At = request.At.ToUniversalTime() }))
        {
            return false;
        }

        lock (_keys)
        {
            if (!_keys.TryGetValue(request.ProcessInstance, out var keys))
            {
                _keys.Add(request.ProcessInstance, keys = []);
            }

            keys.Add(request.Key);
        }

        return true;
    }

    public StoredRequest? FindRequest(string key) => _requests.GetValueOrDefault(key);

    private InMemoryInstances InstancesOf(string definition) => _instances.GetOrAdd(definition, static _ => new InMemoryInstances());

    /// <summary>Takes an instance out of everything that leads to it.</summary>
    public void Forget(InMemoryProcess process, IReadOnlyList<InMemoryTask> tasks, bool keepsRequests)
    {
        NotePending(process, hasPendingCall: false);
        NoteLeased(process, isLeased: false);
        Timers.Forget(process.Id);
        Messages.Forget(process.Id);
        Participants.Remove(Destination.Known(process.Originator), process.Id);
        if (process.Parent is { } parent)
        {
            Children.Remove(parent, process.Id);
        }

        foreach (var task in tasks)
        {
            Worklists.Remove(task);
            foreach (var participant in task.Current.Concat(task.Former))
            {
                Participants.Remove(participant, process.Id);
            }
        }

        lock (_keys)
        {
            if (!keepsRequests && _keys.Remove(process.Id, out var keys))
            {
                keys.ForEach(key => _requests.TryRemove(key, out _));
            }
        }
    }
}
