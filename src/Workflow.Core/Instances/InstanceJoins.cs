namespace Workflow.Core.Instances;

/// <summary>The joins of a process instance: the arrivals that they keep, the runs of the splits whose lines count, and the branches that activity instances
/// are on (statement 13.1). An instance whose definition has no join has none.</summary>
internal sealed class InstanceJoins(ProcessInstance process)
{
    private readonly List<JoinArrivals> _arrivals = [];
    private readonly List<SplitRun> _runs = [];
    private readonly Dictionary<int, Branches> _branches = [];

    /// <summary>Whether something has ended since the engine looked for branches on which nothing is left.</summary>
    public bool IsToAsk { get; set; }

    /// <summary>The arrivals, in the order in which joins began to wait.</summary>
    public IReadOnlyList<JoinArrivals> Arrivals => _arrivals;

    /// <summary>The runs of splits, in order.</summary>
    public IReadOnlyList<SplitRun> Runs => _runs;

    /// <summary>The branches that an activity instance is on; null for none.</summary>
    public Branches? BranchesOf(int activityInstance) => _branches.GetValueOrDefault(activityInstance);

    /// <summary>An activity instance is on branches.</summary>
    public void SetBranches(int activityInstance, Branches branches) => _branches[activityInstance] = branches;

    /// <summary>An activity instance is not there any more.</summary>
    public void Forget(int activityInstance)
    {
        _branches.Remove(activityInstance);
        IsToAsk = true;
    }

    /// <summary>The arrivals at a join.</summary>
    /// <param name="activity">The name of the activity.</param>
    /// <param name="split">As <see cref="JoinArrivals.Split"/>.</param>
    public JoinArrivals? Find(string activity, int split) => _arrivals.Find(item => item.Split == split && item.Activity == activity);

    /// <summary>As <see cref="Find"/>, made if there are none.</summary>
    /// <param name="activity">The name of the activity.</param>
    /// <param name="split">As <see cref="JoinArrivals.Split"/>.</param>
    /// <param name="demand">The arrivals that it wants.</param>
    public JoinArrivals At(string activity, int split, JoinDemand demand)
    {
        process.Touch();
        if (Find(activity, split) is not { } found)
        {
            _arrivals.Add(found = new JoinArrivals(activity, split, demand));
        }

        return found;
    }

    /// <summary>A join keeps nothing any more.</summary>
    public void Remove(JoinArrivals arrivals)
    {
        process.Touch();
        _arrivals.Remove(arrivals);
    }

    /// <summary>The run of a split; null when it is over.</summary>
    public SplitRun? RunOf(int split) => _runs.Find(run => run.Split == split);

    /// <summary>A split takes a line.</summary>
    /// <param name="split">The number of the activity instance; 0 for the start of the process.</param>
    /// <param name="activity">The name of the activity; empty for the start of the process.</param>
    /// <param name="line">The line.</param>
    public void Take(int split, string activity, string line)
    {
        process.Touch();
        if (RunOf(split) is not { } run)
        {
            _runs.Add(run = new SplitRun(split, activity));
        }

        run.Take(line);
    }

    /// <summary>Nothing is left on a line that a split took.</summary>
    public void End(SplitRun run, int position)
    {
        process.Touch();
        run.End(position);
    }

    /// <summary>Nothing is left on any line of a run.</summary>
    public void Remove(SplitRun run)
    {
        process.Touch();
        _runs.Remove(run);
    }

    /// <summary>Forgets all arrivals (statement 10.10b).</summary>
    public void ClearArrivals()
    {
        if (_arrivals.Count > 0)
        {
            process.Touch();
            _arrivals.Clear();
        }
    }

    /// <summary>Forgets the arrivals that came on certain branches.</summary>
    public void RemoveKept(Predicate<Branches?> isOn)
    {
        process.Touch();
        foreach (var arrivals in _arrivals)
        {
            arrivals.Remove(isOn);
        }

        _arrivals.RemoveAll(arrivals => arrivals is { HasPassed: false, Kept.Count: 0 });
    }

    /// <summary>Puts back what was stored. An instance that moves was stored at rest, so nothing is to be asked.</summary>
    public void Restore(JoinArrivals arrivals) => _arrivals.Add(arrivals);

    /// <summary>Puts back what was stored.</summary>
    public void Restore(SplitRun run) => _runs.Add(run);

    /// <summary>The lines have other names in another version (statement 8.8).</summary>
    public void RenameBranches(Func<Branches?, Branches?> rename)
    {
        foreach (var activity in process.ActivityList)
        {
            if (BranchesOf(activity.Id) is { } branches)
            {
                _branches[activity.Id] = rename(branches)!;
            }
        }
    }
}
