using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>A user who holds an open slot as a member of a role or group that is a destination itself.</summary>
/// <param name="Serial">The serial number of the task.</param>
/// <param name="Party">The user who takes part.</param>
/// <param name="Role">The role or group.</param>
internal readonly record struct RoleHolder(SerialNumber Serial, string Party, Destination Role)
{
    /// <summary>Those of a task.</summary>
    public static IEnumerable<RoleHolder> Of(ActivityInstanceDestination destination) => destination.Header is { IsOpen: true } header
        ? header.SlotList.Where(slot => slot.Status is SlotStatus.Open && slot.Entry.Kind is not DestinationKind.User)
            .Select(slot => new RoleHolder(destination.Serial, slot.Party, slot.Entry))
        : [];
}
