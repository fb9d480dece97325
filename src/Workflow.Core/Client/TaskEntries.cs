using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Everybody who has a task, as an administrator sees them (statements 1.5 and 1.12).</summary>
internal static class TaskEntries
{
    /// <summary>Everybody whom the task is for. After roles and groups, and at the end, come those who hold a slot without being named. Users who have done
    /// their part are left out (statement 1.5).</summary>
    /// <param name="task">The task.</param>
    /// <param name="readAt">When it is read, which tells how late it is.</param>
    public static IEnumerable<WorklistEntry> Of(OpenTask task, DateTimeOffset readAt)
    {
        var destination = task.Destination;
        var blank = Blank(task, readAt);
        var slots = destination.WorklistHeader!.Slots;
        foreach (var entry in destination.People)
        {
            var isUser = entry.Kind is DestinationKind.User;
            var own = isUser ? destination.WorklistHeader.SlotOf(entry.Name) : null;
            if (own is not { Status: SlotStatus.Completed })
            {
                yield return Of(blank, destination, entry, own);
            }

            foreach (var slot in slots.Where(slot => !isUser && slot.Entry == entry && slot.Status is SlotStatus.Open))
            {
                yield return Of(blank, destination, entry, slot);
            }
        }

        foreach (var slot in slots.Where(slot => slot.Status is SlotStatus.Open && !destination.IsFor(slot.Entry)))
        {
            yield return Of(blank, destination, slot.Entry, slot);
        }

        foreach (var delegation in Delegation.InForce(destination))
        {
            var held = destination.WorklistHeader.SlotOf(delegation.By);
            if (held is not { Status: SlotStatus.Completed })
            {
                yield return Of(blank, destination, delegation, held);
            }
        }
    }

    /// <summary>An entry with all that the entries of a task have in common.</summary>
    private static WorklistEntry Blank(in OpenTask task, DateTimeOffset readAt)
    {
        var (destination, activity, _) = task;
        var process = destination.Activity.Process;
        var startedAt = destination.Event!.StartedAt;
        return new WorklistEntry
        {
            Serial = destination.Serial,
            Definition = process.Definition,
            Folio = process.Folio,
            Originator = process.Originator,
            Activity = activity.Name,
            Event = destination.Event.Name,
            StartedAt = startedAt,
            Flag = Lateness.Of(activity.ExpectedDuration, readAt - startedAt),
            Destination = default,
        };
    }

    /// <summary>A delegate, who holds one slot together with the user for whom they act.</summary>
    private static WorklistEntry Of(in WorklistEntry blank, ActivityInstanceDestination destination, Delegation delegation, Slot? slot)
    {
        var holder = slot is not null && slot.Through == delegation.To ? slot.User : null;
        return blank with
        {
            Destination = delegation.To,
            User = holder,
            Status = ItemStatus.OfDelegate(destination, delegation, holder),
            ActingFor = delegation.By,
            Actions = delegation.Actions,
        };
    }

    private static WorklistEntry Of(in WorklistEntry blank, ActivityInstanceDestination destination, in Destination entry, Slot? slot) =>
        blank with { Destination = entry, User = slot?.User, Status = ItemStatus.Of(destination, slot, slot?.Party ?? entry.Name) };
}
