namespace Workflow.Core.Persistence;

/// <summary>The users, groups and roles whose open tasks to count. A property that is left out does not restrict.</summary>
public sealed record TaskCountQuery
{
    /// <summary>Tasks of one of these process definitions; null for all, and none when there is no name in it.</summary>
    public IReadOnlyCollection<string>? Definitions { get; init; }

    /// <summary>The user, group or role behind which the page begins: the last of the page before; null to begin.</summary>
    public Destination? After { get; init; }

    /// <summary>How many users, groups and roles to return at most; 1 to 500.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>How far to count for each of them: a count that reaches it stands for that many or more; positive.</summary>
    public int AtMost { get; init; } = 10_000;
}
