namespace Workflow.Core.Runtime;

/// <summary>How many instances to claim at a time. Where much is due, a claim for each instance that is done would cost more than the work itself. So while
/// more is due than there is room for, the next claim waits until half of the room is free, but not for long.</summary>
internal sealed class ClaimPace(TimeProvider clock)
{
    /// <summary>As many are begun when all calls are taken: most timers need none, and one that does leaves its call to later.</summary>
    private const int Few = 8;

    private long? _filledAt;
    private long? _callsAt;

    /// <summary>How long to wait for room at most.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether the last claim of timers brought as many instances as there was room for, so that more may be due.</summary>
    public bool IsMoreDue => _filledAt is not null;

    /// <summary>Whether calls that were left behind are to be claimed now.</summary>
    public bool AreCallsWanted
    {
        get
        {
            if (IsMoreDue && _callsAt is { } before && clock.GetElapsedTime(before) < Longest)
            {
                return false;
            }

            _callsAt = clock.GetTimestamp();
            return true;
        }
    }

    /// <summary>How many instances with timers that are due to claim now.</summary>
    public int RoomFor(WorkShares shares)
    {
        var free = shares.Free(WorkKind.Timers);
        var withCalls = shares.FreeForTimersThatCall();
        var isTooSoon = _filledAt is { } before && withCalls < WorkShares.Most / 2 && clock.GetElapsedTime(before) < Longest;
        return isTooSoon ? 0 : Math.Max(withCalls, Math.Min(free, Few));
    }

    /// <summary>A claim of timers was made.</summary>
    /// <param name="wanted">For how many instances there was room.</param>
    /// <param name="begun">How many were begun.</param>
    public void Claimed(int wanted, int begun) => _filledAt = begun >= wanted ? clock.GetTimestamp() : null;
}
