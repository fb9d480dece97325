namespace Workflow.Core.Instances;

/// <summary>The activity instances that hold exclusive groups, and those that wait for one or for their milestone, in the order in which they came (statements
/// 13.1f and 13.1j). An instance of whose definition no activity has either has none.</summary>
internal sealed class InstanceWaits(ProcessInstance process, ActivityGroups groups)
{
    private readonly List<int> _holding = [];
    private readonly List<WaitingActivity> _waiting = [];
    private ActivityGroups _groups = groups;
    private ActivitySet _milestones;

    /// <summary>Whether one that waits may be able to begin, since the engine looked for it.</summary>
    public bool IsToAsk { get; set; }

    /// <summary>Whether all that wait are asked anew, because the version has changed.</summary>
    public bool AreWaitingToAsk { get; private set; }

    /// <summary>Whether a field was written that a milestone reads, and the milestone has not been asked since.</summary>
    public bool AreMilestonesToAsk => AreWaitingToAsk || _milestones.Count > 0;

    /// <summary>The numbers of the activity instances that hold a group, in the order in which they took it.</summary>
    public IReadOnlyList<int> Holding => _holding;

    /// <summary>Those that wait, the one that waits longest first.</summary>
    public IReadOnlyList<WaitingActivity> Waiting => _waiting;

    /// <summary>How an activity instance waits; null where it does not.</summary>
    public WaitingActivity? WaitOf(ActivityInstance activity) => _waiting.Find(wait => wait.Number == activity.Id);

    /// <summary>Whether an activity instance waits.</summary>
    public bool IsWaiting(ActivityInstance activity) => WaitOf(activity) is not null;

    /// <summary>A field was written that the milestone of an activity reads.</summary>
    public void AskMilestone(int position) => _milestones.Add(position);

    /// <summary>Whether the milestone of an activity is to be asked.</summary>
    public bool IsMilestoneToAsk(int position) => _milestones.Contains(position);

    /// <summary>The activity instances whose milestone is asked now, in order. After that it is not to be asked any more.</summary>
    public List<ActivityInstance> TakeToAsk()
    {
        var asked = process.ActivityList.FindAll(IsToBeAsked);
        (_milestones, AreWaitingToAsk) = (default, false);
        process.Touch();
        return asked;
    }

    /// <summary>The activity instances that hold a group of another, in the order in which they took it.</summary>
    public List<ActivityInstance> HoldersFor(ActivityInstance activity) => Among(_holding, activity);

    /// <summary>The activity instances that wait for a group of another and have come before it, in order. One whose milestone is not reached holds up
    /// nobody.</summary>
    public List<ActivityInstance> WaitingBefore(ActivityInstance activity) => Among(
        _waiting.TakeWhile(wait => wait.Number != activity.Id).Where(wait => !wait.AwaitsMilestone || IsToBeAsked(Find(wait.Number)))
            .Select(wait => wait.Number),
        activity);

    /// <summary>Whether the groups of an activity instance are free: nobody holds one, and nobody who came before waits for one.</summary>
    public bool IsFree(ActivityInstance activity) => HoldersFor(activity).Count == 0 && WaitingBefore(activity).Count == 0;

    /// <summary>The one that begins next: of all that may begin, the one that has waited longest. Null for none.</summary>
    public ActivityInstance? Next()
    {
        // Those that still wait for a group keep what they will hold for themselves, so that nobody overtakes them.
        var taken = new List<int>();
        foreach (var number in _holding)
        {
            Take(Find(number).Ordinal);
        }

        foreach (var wait in _waiting.Where(wait => !wait.AwaitsMilestone))
        {
            var activity = Find(wait.Number);
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

    /// <summary>An activity instance begins, and takes its groups.</summary>
    public void Take(ActivityInstance activity)
    {
        Invariant.Holds(activity.Status is ActivityInstanceStatus.Active && IsFree(activity) && !_holding.Contains(activity.Id));
        process.Touch();
        _waiting.RemoveAll(wait => wait.Number == activity.Id);
        if (_groups.Has(activity.Ordinal))
        {
            _holding.Add(activity.Id);
        }
    }

    /// <summary>An activity instance begins to wait.</summary>
    /// <param name="activity">The activity instance.</param>
    /// <param name="isReached">Whether its milestone is reached.</param>
    public WaitingActivity Await(ActivityInstance activity, bool isReached)
    {
        Invariant.Holds(activity.Status is ActivityInstanceStatus.Active && !IsWaiting(activity) && !_holding.Contains(activity.Id));
        process.Touch();
        var wait = new WaitingActivity(activity.Id) { AwaitsMilestone = !isReached };
        _waiting.Add(wait);

        // The one in front of it may only seem to wait for its group: its milestone is still to be asked.
        IsToAsk |= isReached;
        return wait;
    }

    /// <summary>The milestone of one that waits has been asked.</summary>
    public void SetReached(WaitingActivity wait, bool isReached)
    {
        process.Touch();
        wait.AwaitsMilestone = !isReached;

        // Where it is false, those behind it are not held up any more.
        IsToAsk = true;
    }

    /// <summary>The history says that one waits for its group.</summary>
    public void SetTold(WaitingActivity wait)
    {
        process.Touch();
        wait.AwaitsGroup = true;
    }

    /// <summary>An activity instance has ended: it holds nothing any more, and does not wait.</summary>
    public void End(ActivityInstance activity)
    {
        if (_holding.Remove(activity.Id) || _waiting.RemoveAll(wait => wait.Number == activity.Id) > 0)
        {
            process.Touch();
            IsToAsk |= _waiting.Count > 0;
        }
    }

    /// <summary>The definition has changed: what has begun holds the groups of the new version, and what waits is asked by it, in its place.</summary>
    /// <param name="groups">The groups of the new version.</param>
    /// <param name="begun">The activity instances that have begun, in order.</param>
    /// <param name="milestones">The positions there of the activities whose milestone is to be asked.</param>
    public void ChangeVersion(ActivityGroups groups, IEnumerable<ActivityInstance> begun, IReadOnlyList<int> milestones)
    {
        process.Touch();
        _groups = groups;
        List<int> holding = [.. begun.Where(activity => groups.Has(activity.Ordinal)).Select(activity => activity.Id)];
        _holding.RemoveAll(number => !holding.Contains(number));
        _holding.AddRange(holding.Where(number => !_holding.Contains(number)).ToList());
        RestoreToAsk(milestones, areWaiting: _waiting.Count > 0);
        IsToAsk = _waiting.Count > 0;
    }

    /// <summary>Puts back what was stored. An instance that moves was stored at rest, so nobody can begin.</summary>
    public void Restore(IEnumerable<int> holding, IEnumerable<WaitingActivity> waiting)
    {
        _holding.AddRange(holding);
        _waiting.AddRange(waiting);
    }

    /// <summary>Puts back which milestones are to be asked.</summary>
    public void RestoreToAsk(IReadOnlyList<int> milestones, bool areWaiting)
    {
        (_milestones, AreWaitingToAsk) = (default, areWaiting);
        foreach (var position in milestones)
        {
            _milestones.Add(position);
        }
    }

    private bool IsToBeAsked(ActivityInstance activity) =>
        _milestones.Contains(activity.Ordinal) || (AreWaitingToAsk && IsWaiting(activity));

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
