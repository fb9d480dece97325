using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>A task and one user's relation to it, while their command is admitted.</summary>
internal readonly record struct UserItem(
    Episode Episode, ActivityInstanceDestination Destination, ClientEventDefinition ClientEvent, Standing Standing, Actor Actor)
{
    public string User => Actor.User;

    /// <summary>The slot that the user holds; null for none.</summary>
    public Slot? OwnSlot => Destination.WorklistHeader!.SlotOf(Standing.Party) is { } slot && Names.Same(slot.User, Actor.User) ? slot : null;

    /// <summary>The open slot that another holds on the user's behalf; null for none. A delegate cannot dispose of it. The one for whom the delegate acts
    /// can.</summary>
    public Slot? SlotOnBehalf => Standing.Delegation is null
        && Destination.WorklistHeader!.SlotOf(Standing.Party) is { Status: SlotStatus.Open } slot
        && !Names.Same(slot.User, Actor.User) ? slot : null;

    /// <summary>The user's sleep; null when the user does not sleep.</summary>
    public ItemSleep? Asleep => Destination.WorklistHeader!.SleepOf(Actor.User, Standing.Party);
}
