using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Which version of each definition is the default, as the store has said lately: so that a start does not ask for it (statement 8.7b). On a store
/// that others use too it is asked for again when it has become old; otherwise only this engine changes it.</summary>
internal sealed class DefaultVersions
{
    private readonly Lock _lock = new();
    private readonly IProcessStore _store;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _longest;
    private volatile KnownDefaults? _known;
    private Task? _asking;
    private int _changes;

    public DefaultVersions(IProcessStore store, TimeProvider clock, TimeSpan longest)
    {
        _store = store;
        _clock = clock;
        _longest = store.IsShared ? longest : TimeSpan.MaxValue;
    }

    private bool IsFresh => _known is { IsOutdated: false } known && (_longest == TimeSpan.MaxValue || _clock.GetElapsedTime(known.AskedAt) < _longest);

    /// <summary>The default version; null when there is none. Ask <see cref="RefreshAsync"/> before.</summary>
    public int? Find(string definition) => _known is { } known && known.Versions.TryGetValue(definition, out var version) ? version : null;

    /// <summary>Asks the store, unless its last answer is recent. One of many who find it old asks.</summary>
    public ValueTask RefreshAsync(CancellationToken cancellation) => IsFresh ? ValueTask.CompletedTask : new ValueTask(AskAsync().WaitAsync(cancellation));

    /// <summary>This engine has changed the store's answer.</summary>
    public void MarkOutdated()
    {
        lock (_lock)
        {
            _changes++;
            _known = _known is { } known ? known with { IsOutdated = true } : null;
        }
    }

    private Task AskAsync()
    {
        lock (_lock)
        {
            return _asking is { IsCompleted: false } ? _asking : _asking = AskUntilSettledAsync();
        }
    }

    /// <summary>An answer counts from when it was asked for; one that was on its way while this engine changed something is asked for again.</summary>
    private async Task AskUntilSettledAsync()
    {
        while (true)
        {
            var before = Volatile.Read(ref _changes);
            var askedAt = _clock.GetTimestamp();
            var found = await _store.FindDefaultVersionsAsync(CancellationToken.None).ConfigureAwait(false);
            var versions = found.ToDictionary(version => version.Name, version => version.Version, StringComparer.Ordinal);
            lock (_lock)
            {
                if (_changes == before)
                {
                    _known = new KnownDefaults(versions, askedAt, IsOutdated: false);
                    return;
                }
            }
        }
    }

    private sealed record KnownDefaults(Dictionary<string, int> Versions, long AskedAt, bool IsOutdated);
}
