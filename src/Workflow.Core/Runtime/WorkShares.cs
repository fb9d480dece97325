namespace Workflow.Core.Runtime;

/// <summary>How much of each kind of work is under way.</summary>
internal sealed class WorkShares
{
    /// <summary>How many instances of one kind are moved at a time.</summary>
    public const int Most = 32;

    private readonly Lock _lock = new();
    private readonly int[] _taken = new int[4];

    /// <summary>How many more of a kind may begin.</summary>
    public int Free(WorkKind kind)
    {
        lock (_lock)
        {
            return Math.Max(0, Most - _taken[(int)kind]);
        }
    }

    /// <summary>How many more instances with due timers may begin, if those that have begun call code one after the other. A call for which there is no room
    /// would be left, and its instance claimed and loaded once more.</summary>
    public int FreeForTimersThatCall()
    {
        lock (_lock)
        {
            var (timers, calls) = (_taken[(int)WorkKind.Timers], _taken[(int)WorkKind.Calls]);
            return Math.Max(0, Math.Min(Most - Math.Max(timers, calls), Most + (Most / 2) - timers - calls));
        }
    }

    /// <summary>Takes a share, free or not.</summary>
    public void Take(WorkKind kind)
    {
        lock (_lock)
        {
            _taken[(int)kind]++;
        }
    }

    public void Return(WorkKind kind)
    {
        lock (_lock)
        {
            _taken[(int)kind]--;
        }
    }

    /// <summary>Exchanges a share for one of another kind, if there is one.</summary>
    public bool TryExchange(WorkKind from, WorkKind to)
    {
        lock (_lock)
        {
            if (_taken[(int)to] >= Most)
            {
                return false;
            }

            _taken[(int)from]--;
            _taken[(int)to]++;
            return true;
        }
    }
}
