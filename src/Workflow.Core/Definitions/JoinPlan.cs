using Workflow.Core.Instances;

namespace Workflow.Core.Definitions;

/// <summary>The facts about the lines of a definition that its joins need (statement 13.1). A definition without a join has none.</summary>
internal sealed class JoinPlan
{
    private readonly ActivityDefinition[] _activities;
    private readonly LineDefinition[] _lines;
    private readonly HashSet<string> _splits;
    private readonly string?[] _splitOf;
    private readonly JoinDemand[] _demands;
    private bool[][]? _reach;

    private JoinPlan(ActivityDefinition[] activities, LineDefinition[] lines)
    {
        (_activities, _lines) = (activities, lines);
        (string From, string To)[] ends = [.. lines.Select(line => (line.From ?? SplitSearch.Start, line.To))];
        _splitOf = [.. activities.Select(activity =>
            activity.Join is { ExpiresOthers: true, Split: null } ? SplitSearch.Find(ends, activity.Name) : activity.Join?.Split)];
        _splits = [.. _splitOf.OfType<string>()];
        _demands = [.. activities.Select(activity => new JoinDemand(
            [.. lines.Where(line => line.Target == activity.Ordinal).Select(line => line.Name)],
            activity.Join?.Count ?? 0,
            activity.Join?.Kind is ArrivalKind.AlongOneLine))];
    }

    /// <summary>Whether it is kept on which branches activity instances are.</summary>
    public bool HasSplits => _splits.Count > 0;

    /// <summary>The plan of a definition; null where it has no join.</summary>
    public static JoinPlan? Of(ActivityDefinition[] activities, LineDefinition[] lines) =>
        Array.Exists(activities, activity => activity.Join is not null) ? new JoinPlan(activities, lines) : null;

    /// <summary>Whether a join wants to know on which branch of an activity something is.</summary>
    /// <param name="ordinal">The position of the activity; null for the start of the process.</param>
    public bool IsSplit(int? ordinal) => _splits.Contains(ordinal is { } known ? _activities[known].Name : SplitSearch.Start);

    /// <summary>The activity whose branches come together at the join of an activity; empty for the start of the process, null where it does not
    /// matter.</summary>
    public string? SplitOf(ActivityDefinition activity) => _splitOf[activity.Ordinal];

    /// <summary>The arrivals that the join of an activity wants.</summary>
    public JoinDemand DemandOf(ActivityDefinition activity) => _demands[activity.Ordinal];

    /// <summary>Whether lines lead from one activity to another, over any number of others.</summary>
    public bool CanReach(int from, int to) => (_reach ??= Reach())[from][to];

    private bool[][] Reach()
    {
        bool[][] reach = [.. _activities.Select(_ => new bool[_activities.Length])];
        foreach (var line in _lines)
        {
            if (Array.Find(_activities, activity => activity.Name == line.From) is { } from)
            {
                reach[from.Ordinal][line.Target] = true;
            }
        }

        for (var over = 0; over < _activities.Length; over++)
        {
            for (var from = 0; from < _activities.Length; from++)
            {
                for (var to = 0; to < _activities.Length; to++)
                {
                    reach[from][to] |= reach[from][over] && reach[over][to];
                }
            }
        }

        return reach;
    }
}
