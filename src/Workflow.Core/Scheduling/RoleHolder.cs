using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>A user on whose roles and groups it depends that an open slot is held (statements 1.9, 1.12 and 4.10).
/// Holders are the same when they mean the same user and slot.</summary>
/// <param name="Serial">The serial number of the task.</param>
/// <param name="Party">The user who takes part by the slot.</param>
/// <param name="Member">The user who has to belong to something: the party, or the delegate who has opened the task for them.</param>
/// <param name="Needs">The roles and groups to which the user has to belong: to one of each list.</param>
internal readonly record struct RoleHolder(SerialNumber Serial, string Party, string Member, IReadOnlyList<IReadOnlyList<Destination>> Needs)
{
    /// <summary>The holders of all slots that count for a task. These are its own slots, and those of the tasks with which it shares them (statement
    /// 4.6).</summary>
    public static IEnumerable<RoleHolder> Of(ActivityInstanceDestination destination) => destination.Activity.SharesSlots
        ? destination.Activity.Destinations.SelectMany(OfOne)
        : OfOne(destination);

    /// <summary>The holders on whom a slot depends.</summary>
    public static IEnumerable<RoleHolder> Of(ActivityInstanceDestination destination, Slot slot)
    {
        var names = Names.Same(slot.User, slot.Party) ? [slot.Party] : new[] { slot.Party, slot.User };
        return names.Select(name => new RoleHolder(destination.Serial, slot.Party, name, NeedsOf(destination, slot, name)))
            .Where(holder => holder.Needs.Count > 0);
    }

    /// <summary>Whether the user belongs to the role or group through which they hold the slot.</summary>
    public bool IsMember(IReadOnlyCollection<Destination> memberships) => Needs.All(roles => roles.Any(memberships.Contains));

    public bool Equals(RoleHolder other) => Serial == other.Serial && Names.Same(Party, other.Party) && Names.Same(Member, other.Member);

    public override int GetHashCode() => HashCode.Combine(Serial, NameComparer.Key(Party), NameComparer.Key(Member));

    private static IEnumerable<RoleHolder> OfOne(ActivityInstanceDestination destination) => destination.WorklistHeader is { IsOpen: true } header
        ? header.SlotList.Where(slot => slot.Status is SlotStatus.Open).SelectMany(slot => Of(destination, slot))
        : [];

    private static List<IReadOnlyList<Destination>> NeedsOf(ActivityInstanceDestination destination, Slot slot, string name)
    {
        var needs = new List<IReadOnlyList<Destination>>();
        if (slot.Entry.Kind is not DestinationKind.User && Names.Same(name, slot.Party))
        {
            needs.Add([slot.Entry]);
        }

        if (slot.Through is { Kind: not DestinationKind.User } through && Names.Same(name, slot.User))
        {
            needs.Add([through]);
        }

        if (destination.Activity.ExclusionOf(name) is { Through.Count: > 0 } exclusion)
        {
            needs.Add(exclusion.Through);
        }

        return needs;
    }
}
