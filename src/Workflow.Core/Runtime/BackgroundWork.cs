namespace Workflow.Core.Runtime;

/// <summary>The work on one instance that the engine does by itself. It holds a share while it moves, and none while it only waits. So an instance whose code
/// hangs keeps no share of the timers. Nor do timers that wait for it (statement 14.7b).</summary>
internal sealed class BackgroundWork
{
    private readonly WorkShares _shares;
    private readonly WorkKind _kind;
    private readonly Action _freed;
    private WorkKind? _held;

    public BackgroundWork(WorkShares shares, WorkKind kind, Action freed)
    {
        _shares = shares;
        _kind = kind;
        _freed = freed;
        Resume();
    }

    /// <summary>Whether it gives its own share back while it calls code of the host.</summary>
    private bool GivesWay => _kind is WorkKind.Timers or WorkKind.Messages;

    /// <summary>It waits for others from now on: for the turn of the instance, or before it tries again.</summary>
    public void Pause()
    {
        if (_held is { } held)
        {
            _held = null;
            _shares.Return(held);
            _freed();
        }
    }

    /// <summary>It goes on. Work that has begun is not held up, so there may be more under way for a moment than may begin.</summary>
    public void Resume()
    {
        _shares.Take(_kind);
        _held = _kind;
    }

    /// <summary>It is about to call code of the host.</summary>
    /// <returns>False when too many calls are under way: then the call is left planned, and made when there is room.</returns>
    public bool TryCall()
    {
        // A command that is repeated after a conflict has its share of the calls already.
        if (!GivesWay || _held is WorkKind.Calls)
        {
            return true;
        }

        if (!_shares.TryExchange(_kind, WorkKind.Calls))
        {
            return false;
        }

        _held = WorkKind.Calls;
        _freed();
        return true;
    }

    /// <summary>The code has returned.</summary>
    public void EndCall()
    {
        if (GivesWay)
        {
            Pause();
            Resume();
        }
    }
}
