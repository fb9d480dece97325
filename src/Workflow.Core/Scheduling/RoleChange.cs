namespace Workflow.Core.Scheduling;

/// <summary>The users who have joined the roles of an activity, and those who have left them, since the roles were asked for last (statement 4.9).</summary>
internal sealed record RoleChange(IReadOnlyList<Destination> Joiners, IReadOnlyList<Destination> Leavers)
{
    public bool IsNone => Joiners.Count == 0 && Leavers.Count == 0;

    public override string ToString() => string.Join(", ", Joiners.Select(joiner => $"{joiner} joined").Concat(Leavers.Select(leaver => $"{leaver} left")));
}
