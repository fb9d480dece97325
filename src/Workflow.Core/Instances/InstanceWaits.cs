namespace Workflow.Core.Instances;

/// <summary>The activity instances that hold exclusive groups, and those that wait for one, in the order in which they came (statement 13.1f). An instance of
/// whose definition no activity is in a group has none.</summary>
internal sealed class InstanceWaits(ProcessInstance process, ActivityGroups groups)
{
    private readonly List<int> _holding = [];
    private readonly List<int> _waiting = [];
    private ActivityGroups _groups = groups;

    /// <summary>Whether a group may have become free since the engine looked for the next.</summary>
    public bool IsToAsk { get; set; }

    /// <summary>The numbers of the activity instances that hold a group, in the order in which they took it.</summary>
    public IReadOnlyList<int> Holding => _holding;

    /// <summary>The numbers of those that wait, the one that waits longest first.</summary>
    public IReadOnlyList<int> Waiting => _waiting;

    /// <summary>Whether an activity instance waits.</summary>
    public bool IsWaiting(ActivityInstance activity) => _waiting.Contains(activity.Id);

    /// <summary>The activity instances that hold a group of another, in the order in which they took it.</summary>
    public List<ActivityInstance> HoldersFor(ActivityInstance activity) => Among(_holding, activity);

    /// <summary>The activity instances that wait for a group of another and have come before it, in order.</summary>
    public List<ActivityInstance> WaitingBefore(ActivityInstance activity) =>
        Among(_waiting.TakeWhile(number => number != activity.Id), activity);

    /// <summary>Whether an activity instance may begin: nobody holds a group of it, and nobody who came before waits for one.</summary>
    public bool IsFree(ActivityInstance activity) => HoldersFor(activity).Count == 0 && WaitingBefore(activity).Count == 0;

    /// <summary>The one that begins next: of all that may begin, the one that has waited longest. Null for none.</summary>
    public ActivityInstance? Next()
    {
        // Those that still wait keep what they will hold for themselves, so that nobody overtakes them.
        var taken = new List<int>();
        foreach (var number in _holding)
        {
            Take(Find(number).Ordinal);
        }

        foreach (var number in _waiting)
        {
            var activity = Find(number);
            if (!taken.Exists(other => _groups.Exclude(other, activity.Ordinal)))
            {
                return activity;
            }

            Take(activity.Ordinal);
        }

        return null;

        void Take(int position)
        {
            if (!taken.Contains(position))
            {
                taken.Add(position);
            }
        }
    }

    /// <summary>An activity instance takes its groups.</summary>
    public void Take(ActivityInstance activity)
    {
        Invariant.Holds(activity.Status is ActivityInstanceStatus.Active && IsFree(activity) && !_holding.Contains(activity.Id));
        process.Touch();
        _waiting.Remove(activity.Id);
        if (_groups.Has(activity.Ordinal))
        {
            _holding.Add(activity.Id);
        }
    }

    /// <summary>An activity instance begins to wait.</summary>
    public void Await(ActivityInstance activity)
    {
        Invariant.Holds(activity.Status is ActivityInstanceStatus.Active && !IsWaiting(activity) && !_holding.Contains(activity.Id));
        process.Touch();
        _waiting.Add(activity.Id);
    }

    /// <summary>An activity instance has ended: it holds nothing any more, and does not wait.</summary>
    public void End(ActivityInstance activity)
    {
        if (_holding.Remove(activity.Id) || _waiting.Remove(activity.Id))
        {
            process.Touch();
            IsToAsk |= _waiting.Count > 0;
        }
    }

    /// <summary>The definition has changed: what has begun holds the groups of the new version, and what waits goes on waiting in its place.</summary>
    /// <param name="groups">The groups of the new version.</param>
    /// <param name="begun">The activity instances that have begun, in order.</param>
    public void ChangeVersion(ActivityGroups groups, IEnumerable<ActivityInstance> begun)
    {
        process.Touch();
        _groups = groups;
        List<int> holding = [.. begun.Where(activity => groups.Has(activity.Ordinal)).Select(activity => activity.Id)];
        _holding.RemoveAll(number => !holding.Contains(number));
        _holding.AddRange(holding.Where(number => !_holding.Contains(number)).ToList());
        IsToAsk = _waiting.Count > 0;
    }

    /// <summary>Puts back what was stored. An instance that moves was stored at rest, so nothing is to be asked.</summary>
    public void Restore(IEnumerable<int> holding, IEnumerable<int> waiting)
    {
        _holding.AddRange(holding);
        _waiting.AddRange(waiting);
    }

    private ActivityInstance Find(int number)
    {
        var activity = process.FindActivity(number);
        Invariant.Holds(activity is not null);
        return activity;
    }

    private List<ActivityInstance> Among(IEnumerable<int> numbers, ActivityInstance activity)
    {
        var found = new List<ActivityInstance>();
        foreach (var number in numbers)
        {
            if (Find(number) is var other && _groups.Exclude(other.Ordinal, activity.Ordinal))
            {
                found.Add(other);
            }
        }

        return found;
    }
}
