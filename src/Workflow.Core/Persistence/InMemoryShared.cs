using System.Collections.Concurrent;

namespace Workflow.Core.Persistence;

/// <summary>What the instances of an <see cref="InMemoryProcessStore"/> share: the lists that lead to them, and the clock of the leases.</summary>
internal sealed class InMemoryShared(TimeProvider clock)
{
    private readonly ConcurrentDictionary<DefinitionVersion, InMemoryDefinition> _definitions = new();
    private readonly ConcurrentDictionary<string, InMemoryEnded> _ended = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredRequest> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<ProcessInstanceId, List<string>> _keys = [];
    private readonly HashSet<InMemoryProcess> _leased = [];
    private readonly HashSet<InMemoryProcess> _pending = [];
    private string? _firstOwner;

    public InMemoryWorklists Worklists { get; } = new();

    public InMemoryParticipants Participants { get; } = new();

    public InMemoryServerItems ServerItems { get; } = new();

    public InMemoryTimers Timers { get; } = new();

    public InMemoryMessages Messages { get; } = new();

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
        _definitions.TryGetValue(version, out var known) ? known : _definitions.GetOrAdd(version, added => new InMemoryDefinition(added, EndedOf(added.Name)));

    /// <summary>Whether an instance is stored on a version that has not completed.</summary>
    public bool IsInUse(DefinitionVersion version) => _definitions.TryGetValue(version, out var definition) && definition.HasLive;

    /// <summary>The first instances that completed before an instant, of one definition or of all.</summary>
    public IEnumerable<(InMemoryEnded Of, (long EndedAt, long Id) Entry)> EndedBefore(long instant, string? definition, int limit)
    {
        var lists = definition is null ? _ended.Values : _ended.TryGetValue(definition, out var only) ? [only] : Array.Empty<InMemoryEnded>();
        return lists.SelectMany(list => list.Find(instant, limit).Select(entry => (Of: list, Entry: entry))).OrderBy(found => found.Entry).Take(limit);
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

    private InMemoryEnded EndedOf(string definition) => _ended.GetOrAdd(definition, static _ => new InMemoryEnded());

    /// <summary>Takes an instance out of everything that leads to it.</summary>
    public void Forget(InMemoryProcess process, IReadOnlyList<InMemoryTask> tasks)
    {
        NotePending(process, hasPendingCall: false);
        NoteLeased(process, isLeased: false);
        Timers.Forget(process.Id);
        Participants.Remove(Destination.Known(process.Originator), process.Id);
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
            if (_keys.Remove(process.Id, out var keys))
            {
                keys.ForEach(key => _requests.TryRemove(key, out _));
            }
        }
    }
}
