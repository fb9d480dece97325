namespace Workflow.Core.Planning;

/// <summary>The one for whom a user acts: themselves or another, and why.</summary>
internal readonly record struct ActsFor(ActsForKind Kind, string? User)
{
    public static ActsFor Self => default;

    public static ActsFor Delegator(string user) => new(ActsForKind.Delegator, user);

    public static ActsFor Absent(string user) => new(ActsForKind.Absent, user);

    public static ActsFor Managed(string user) => new(ActsForKind.Managed, user);
}
