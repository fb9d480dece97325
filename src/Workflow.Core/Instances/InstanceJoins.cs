namespace Workflow.Core.Instances;

/// <summary>The joins of a process instance: the arrivals that they keep, the runs of the splits whose lines they count, and the ways on which activity
/// instances came to be (statement 13.1). An instance whose definition has no join has none.</summary>
internal sealed class InstanceJoins(ProcessInstance process)
{
    private readonly List<JoinArrivals> _arrivals = [];
    private readonly List<SplitRun> _runs = [];
    private readonly Dictionary<int, Branch> _ways = [];

    /// <summary>Whether something has ended since the engine looked for branches on which nothing is left.</summary>
    public bool IsToAsk { get; set; }

    /// <summary>The arrivals, in the order in which joins began to wait.</summary>
    public IReadOnlyList<JoinArrivals> Arrivals => _arrivals;

    /// <summary>The runs of splits, in order.</summary>
    public IReadOnlyList<SplitRun> Runs => _runs;

    /// <summary>The way on which an activity instance came to be; null for none.</summary>
    public Branch? WayOf(int activityInstance) => _ways.GetValueOrDefault(activityInstance);

    /// <summary>An activity instance came to be on a way.</summary>
    public void SetWay(int activityInstance, Branch way) => _ways[activityInstance] = way;

    /// <summary>An activity instance is not there any more.</summary>
    public void Forget(int activityInstance)
    {
        _ways.Remove(activityInstance);
        IsToAsk = true;
    }

    /// <summary>The arrivals at a join.</summary>
    /// <param name="activity">The name of the activity.</param>
    /// <param name="split">As <see cref="JoinArrivals.Split"/>.</param>
    public JoinArrivals? Find(string activity, int split) => _arrivals.Find(item => item.Split == split && item.Activity == activity);

    /// <summary>As <see cref="Find"/>, made if there are none.</summary>
    /// <param name="activity">The name of the activity.</param>
    /// <param name="split">As <see cref="JoinArrivals.Split"/>.</param>
    /// <param name="lines">The names of the lines that lead to it.</param>
    public JoinArrivals At(string activity, int split, IReadOnlyList<string> lines)
    {
        process.Touch();
        if (Find(activity, split) is not { } found)
        {
            _arrivals.Add(found = new JoinArrivals(activity, split, lines));
        }

        return found;
    }

    /// <summary>A join keeps nothing any more.</summary>
    public void Remove(JoinArrivals arrivals)
    {
        process.Touch();
        _arrivals.Remove(arrivals);
    }

    /// <summary>The run of a split; null when it is over, or the activity is no split whose lines are counted.</summary>
    public SplitRun? RunOf(int split) => _runs.Find(run => run.Split == split);

    /// <summary>A split takes a line.</summary>
    public void Take(ActivityInstance split, string line)
    {
        process.Touch();
        if (RunOf(split.Id) is not { } run)
        {
            _runs.Add(run = new SplitRun(split.Id, split.Name));
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

    /// <summary>Puts back what was stored.</summary>
    public void Restore(JoinArrivals arrivals) => _arrivals.Add(arrivals);

    /// <summary>Puts back what was stored.</summary>
    public void Restore(SplitRun run) => _runs.Add(run);

    /// <summary>Puts a way back.</summary>
    public void RestoreWay(int activityInstance, Branch way) => _ways[activityInstance] = way;

    /// <summary>The lines have other names in another version (statement 8.8).</summary>
    public void RenameWays(Func<string, string> line)
    {
        foreach (var activity in process.ActivityList)
        {
            if (WayOf(activity.Id) is { } way)
            {
                _ways[activity.Id] = Branch.Rename(way, line)!;
            }
        }
    }
}
