namespace Workflow.Core.Definitions;

/// <summary>The facts about the lines of a definition that its joins need (statement 13.1). A definition without a join has none.</summary>
internal sealed class JoinPlan
{
    private readonly ActivityDefinition[] _activities;
    private readonly LineDefinition[] _lines;
    private readonly bool[] _areCounted;
    private readonly bool _isEverySplitKnown;
    private bool[][]? _reach;

    private JoinPlan(ActivityDefinition[] activities, LineDefinition[] lines)
    {
        (_activities, _lines) = (activities, lines);
        _areCounted = [.. activities.Select(activity => activities.Any(item => item.Join?.Split == activity.Name))];
        _isEverySplitKnown = activities.Any(activity => activity.Join is { ExpiresOthers: true });
        Incoming = [.. activities.Select(activity => lines.Where(line => line.Target == activity.Ordinal).Select(line => line.Name).ToArray())];
        HasWays = _isEverySplitKnown || _areCounted.Contains(true);
    }

    /// <summary>Of each activity, the names of the lines that lead to it.</summary>
    public IReadOnlyList<string[]> Incoming { get; }

    /// <summary>Whether it is kept on which ways activity instances came to be.</summary>
    public bool HasWays { get; }

    /// <summary>The plan of a definition; null where it has no join.</summary>
    public static JoinPlan? Of(ActivityDefinition[] activities, LineDefinition[] lines) =>
        Array.Exists(activities, activity => activity.Join is not null) ? new JoinPlan(activities, lines) : null;

    /// <summary>Whether a join counts the lines that an activity has taken.</summary>
    public bool IsCounted(ActivityDefinition activity) => _areCounted[activity.Ordinal];

    /// <summary>Whether lines that leave an activity begin ways of their own.</summary>
    /// <param name="activity">The activity; null for the start of the process.</param>
    public bool BeginsWays(ActivityDefinition? activity) => activity is null
        ? _isEverySplitKnown && _lines.Count(line => line.From is null) > 1
        : _areCounted[activity.Ordinal] || (_isEverySplitKnown && activity.OutgoingLines.Length > 1);

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
