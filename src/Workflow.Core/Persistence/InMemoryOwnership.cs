namespace Workflow.Core.Persistence;

/// <summary>The engine that works on an instance, and the engines that may no longer commit it.</summary>
internal sealed class InMemoryOwnership
{
    private string? _owner;
    private DateTimeOffset _ownedUntil;
    private DateTimeOffset _putOffUntil;
    private int _attempts;

    /// <summary>The engine that claimed or committed the instance last; null for the engine that used the store first.</summary>
    private string? _lastOwner;

    public long Epoch { get; private set; }

    /// <summary>Whether somebody holds a lease, or held one that has run out.</summary>
    public bool IsLeased => _owner is not null;

    /// <summary>The engine that holds a lease. A lease that ends later than any that can be taken now was taken before the clock was set back, and is
    /// void.</summary>
    public string? OwnerAt(DateTimeOffset now) => _owner is not null && _ownedUntil > now && _ownedUntil <= now + ProcessLease.Longest ? _owner : null;

    /// <summary>Whether a commit comes from an engine that may make it.</summary>
    public bool Allows(Commit commit, InMemoryShared shared) =>
        commit.Epoch == Epoch && (_owner is null || _owner == commit.Owner || OwnerAt(shared.Now) is null);

    public void Committed(Commit commit, InMemoryShared shared)
    {
        if (_lastOwner is not null || !shared.IsFirstOwner(commit.Owner))
        {
            _lastOwner = commit.Owner;
        }

        _attempts = 0;
        _putOffUntil = default;
        _owner = commit.Lease?.Owner;
        if (commit.Lease is { } lease)
        {
            _ownedUntil = shared.Now + lease.Duration;
        }
    }

    /// <summary>Gives the instance to an engine, if nobody has it; the engine itself may be given it again where a timer is due.</summary>
    public (long Epoch, int Attempts)? Claim(ClaimQuery query, bool isDue, InMemoryShared shared)
    {
        var now = shared.Now;
        if (_putOffUntil > now && _putOffUntil <= now + ProcessLease.LongestPutOff)
        {
            return null;
        }

        if (OwnerAt(now) is { } owner)
        {
            return isDue && owner == query.Owner ? (Epoch, _attempts) : null;
        }

        if ((_lastOwner ?? shared.FirstOwner) != query.Owner)
        {
            Epoch++;
        }

        _owner = _lastOwner = query.Owner;
        _ownedUntil = now + query.Lease;
        return (Epoch, ++_attempts);
    }

    public void Renew(string owner, DateTimeOffset until)
    {
        if (_owner == owner)
        {
            _ownedUntil = until;
        }
    }

    public void Release(ClaimedProcess claim, DateTimeOffset putOffUntil)
    {
        if (_owner is not null && string.Equals(_owner, claim.Owner, StringComparison.Ordinal) && Epoch == claim.Epoch && _attempts == claim.Attempts)
        {
            _owner = null;
            _putOffUntil = putOffUntil;
        }
    }

    public void StartAnew() => _attempts = 0;
}
