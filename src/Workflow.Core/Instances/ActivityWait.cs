namespace Workflow.Core.Instances;

/// <summary>Why an activity instance has not begun, though its preceding rule and its start rule let it: its milestone is not reached (statement 13.1j), or its
/// exclusive group is held (statement 13.1f). It does not change afterwards.</summary>
public sealed class ActivityWait
{
    internal ActivityWait(bool isForMilestone, IReadOnlyList<ActivityInstance> heldBy, IReadOnlyList<ActivityInstance> behind) =>
        (IsForMilestone, HeldBy, Behind) = (isForMilestone, heldBy, behind);

    /// <summary>Whether the rule of its milestone is false.</summary>
    public bool IsForMilestone { get; }

    /// <summary>The activity instances that hold a group of the activity, in the order in which they took it.</summary>
    public IReadOnlyList<ActivityInstance> HeldBy { get; }

    /// <summary>The activity instances that came before, wait for a group of the activity, too, and do not wait for a milestone; in order.</summary>
    public IReadOnlyList<ActivityInstance> Behind { get; }

    /// <summary>The state of the group in words.</summary>
    internal string OfGroup => (HeldBy.Count, Behind.Count) switch
    {
        (0, 0) => "nobody holds the group",
        (0, _) => $"{Words(Behind)} came before",
        (_, 0) => Held,
        _ => $"{Held}, and {Words(Behind)} came before",
    };

    private string Held => $"{Words(HeldBy)} {(HeldBy.Count == 1 ? "holds" : "hold")} the group";

    /// <summary>The wait in words.</summary>
    /// <returns>For example <c>'Inspect' (2) holds the group</c>. The number is that of the activity instance.</returns>
    public override string ToString() => !IsForMilestone ? OfGroup
        : HeldBy.Count + Behind.Count == 0 ? "its milestone is not reached"
        : $"its milestone is not reached, and {OfGroup}";

    private static string Words(IReadOnlyList<ActivityInstance> activities) =>
        string.Join(", ", activities.Select(activity => $"'{activity.Name}' ({activity.Id.Invariant()})"));
}
