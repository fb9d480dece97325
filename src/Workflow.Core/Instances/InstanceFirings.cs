namespace Workflow.Core.Instances;

/// <summary>The firings of a process instance whose action is not done, and those that their element took along when it ended.</summary>
internal sealed class InstanceFirings
{
    private readonly List<Firing> _open = [];
    private readonly List<Firing> _dropped = [];

    /// <summary>The firings whose action is not done, in order.</summary>
    public IReadOnlyList<Firing> Open => _open;

    /// <summary>Whether the action of one wants a call to the outside.</summary>
    public bool WantCall => _open.Exists(static firing => firing.WantsCall);

    /// <summary>The firing of a number whose action is not done; null for none.</summary>
    public Firing? Find(int number) => _open.Find(firing => firing.Number == number);

    /// <summary>The firings of an owner whose action is not done, in order.</summary>
    public IReadOnlyList<Firing> Of(TimerOwner owner) => _open.Count == 0 ? [] : [.. _open.Where(firing => firing.Owner == owner)];

    public void Add(Firing firing) => _open.Add(firing);

    /// <summary>The action of an escalation is done.</summary>
    /// <returns>False when it was over before.</returns>
    public bool TryEnd(Firing firing)
    {
        if (!_open.Remove(firing))
        {
            return false;
        }

        firing.End();
        return true;
    }

    /// <summary>An owner has come to its end, and its firings with it.</summary>
    public void Drop(TimerOwner owner) => Drop(firing => firing.Owner == owner);

    /// <summary>The firings whose action has failed are not done again.</summary>
    public void DropFailed() => Drop(static firing => firing.Status is FiringStatus.Failed);

    /// <summary>Gives away the firings whose element has ended before their action was done, in order.</summary>
    public IReadOnlyList<Firing> TakeDropped()
    {
        if (_dropped.Count == 0)
        {
            return [];
        }

        Firing[] dropped = [.. _dropped.OrderBy(firing => firing.Number)];
        _dropped.Clear();
        return dropped;
    }

    private void Drop(Predicate<Firing> isDropped)
    {
        foreach (var firing in _open.FindAll(isDropped))
        {
            _open.Remove(firing);
            firing.End();
            _dropped.Add(firing);
        }
    }
}
