using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Exhaustive;

/// <summary>One activity with a task for people. No slots is one for each destination, no role is none, no function is no succeeding rule.</summary>
internal sealed record PeopleCase(
    PlanOption Plan, IReadOnlyList<string> Users, IReadOnlyList<string>? Role, bool IsRoleResolved, int? Slots, AskedFunction? Function)
{
    /// <summary>The number in At Least and At Most.</summary>
    public int Wanted { get; init; }

    /// <summary>The behavior when the rule can no longer become true.</summary>
    public WhenUnresolved Unresolved { get; init; }

    /// <summary>The behavior when nobody is found.</summary>
    public NoDestinations Nobody { get; init; } = NoDestinations.Error;

    public override string ToString() =>
        $"{Plan} for [{string.Join(' ', Users)}] and {(IsRoleResolved ? "resolved" : "unresolved")} [{string.Join(' ', Role ?? [])}], "
        + $"{Slots?.ToString(null, null) ?? "as many"} slots, {Function?.ToString() ?? "no rule"} {Wanted}, {Unresolved}, {Nobody}";
}
