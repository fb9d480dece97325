using System.Collections.Concurrent;

namespace Workflow.Core.Persistence;

/// <summary>What the instances of an <see cref="InMemoryProcessStore"/> share: the lists that lead to them, and the clock of the leases.</summary>
internal sealed class InMemoryShared(TimeProvider clock)
{
    private readonly ConcurrentDictionary<DefinitionVersion, InMemoryDefinition> _definitions = new();
    private readonly ConcurrentDictionary<string, StoredRequest> _requests = new(StringComparer.Ordinal);
    private readonly HashSet<InMemoryProcess> _pending = [];
    private string? _firstOwner;

    public InMemoryWorklists Worklists { get; } = new();

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
        _definitions.TryGetValue(version, out var known) ? known : _definitions.GetOrAdd(version, static added => new InMemoryDefinition(added));

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

    /// <returns>False when something is kept under its key already.</returns>
    public bool TryKeep(StoredRequest request) =>
        _requests.TryAdd(request.Key, request with { Content = request.Content.ToArray(), At = request.At.ToUniversalTime() });

    public StoredRequest? FindRequest(string key) => _requests.GetValueOrDefault(key);

    /// <summary>Takes an instance out of everything that leads to it.</summary>
    public void Forget(InMemoryProcess process, IReadOnlyList<InMemoryTask> tasks)
    {
        NotePending(process, hasPendingCall: false);
        Timers.Forget(process.Id);
        foreach (var task in tasks)
        {
            Worklists.Remove(task);
        }

        foreach (var request in _requests.Values.Where(request => request.ProcessInstance == process.Id))
        {
            _requests.TryRemove(request.Key, out _);
        }
    }
}
