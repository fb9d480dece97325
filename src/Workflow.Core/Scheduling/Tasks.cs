using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Records;

namespace Workflow.Core.Scheduling;

/// <summary>Begins and ends the tasks of people, and treats their slots in between. Each transition comes with its fact and what the worklists have to
/// know.</summary>
internal static class Tasks
{
    /// <summary>A client event begins: all slots are free, those of an earlier client event of the destination count no more (statement 1.6).</summary>
    public static void Begin(Episode episode, ActivityInstanceDestination destination, string? data, string? url)
    {
        var activity = destination.Activity;
        if (destination.WorklistHeader is { } earlier)
        {
            if (episode.DefinitionOf(activity).AreActorsWanted)
            {
                episode.Process.NoteActors(activity, destination.Actors());
            }

            activity.ForgetSlots(earlier);
        }

        FollowingRoles.AdjustOne(destination, episode.DefinitionOf(activity));
        destination.OpenTask(data, url);
        episode.Worklist.Add(new WorklistChange.Opened(HeaderOf(episode, destination), destination.People));
    }

    /// <summary>The record under which the task of a destination is found.</summary>
    public static WorklistHeaderRecord HeaderOf(Episode episode, ActivityInstanceDestination destination)
    {
        var (process, activity) = (episode.Process, destination.Activity);
        return new WorklistHeaderRecord
        {
            Serial = destination.Serial,
            ActivityInstance = activity.Id,
            Definition = process.Definition,
            Folio = process.Folio,
            Originator = process.Originator,
            Activity = activity.Name,
            Event = destination.Event!.Name,
            Priority = episode.DefinitionOf(activity).Priority,
            StartedAt = destination.Event.StartedAt,
        };
    }

    /// <summary>The client event is over: open slots are given up, and the task vanishes from all worklists (statement 2.11).</summary>
    public static void End(Episode episode, ActivityInstanceDestination destination, WorklistItemEnd end)
    {
        var header = destination.WorklistHeader!;
        foreach (var slot in header.SlotList)
        {
            if (slot.Status is SlotStatus.Open)
            {
                episode.RecordItem(JournalKind.SlotExpired, destination, destination.Event!.Name, slot.User, slot.Party);
            }
        }

        destination.Activity.PlanningOrNull?.TakeShared(destination.Event!.Position, -header.OpenSlots);
        episode.NoteDelegates(destination);
        header.Close();
        episode.Worklist.Add(new WorklistChange.Closed(destination.Serial, end));
    }

    public static Slot Take(Episode episode, ActivityInstanceDestination destination, in Standing standing, string user)
    {
        var position = destination.Event!.Position;
        destination.Activity.PlanningOrNull?.TakeShared(position, 1);
        var slot = destination.WorklistHeader!.Take(user, standing.Party, standing.Entry, standing.Delegation?.To);
        episode.RecordItem(JournalKind.SlotOpened, destination, destination.Event.Name, user, standing.Party);
        if (!destination.IsFor(Destination.Known(user)))
        {
            episode.Worklist.Add(new WorklistChange.TookPart(destination.Serial, user));
        }

        return slot;
    }

    public static void Release(Episode episode, ActivityInstanceDestination destination, Slot slot)
    {
        var position = destination.Event!.Position;
        destination.Activity.PlanningOrNull?.TakeShared(position, -1);
        destination.WorklistHeader!.Release(slot);
        episode.RecordItem(JournalKind.SlotReleased, destination, destination.Event.Name, slot.User, slot.Party);
    }

    /// <summary>Copies the destination's fields to the slot, and completes it if the action finishes (statements 2.3 and 11.4).</summary>
    public static void Answer(Episode episode, ActivityInstanceDestination destination, Slot slot, ActionDefinition action)
    {
        var header = destination.WorklistHeader!;
        var copy = destination.Fields.Copy();
        if (action.Kind is ActionKind.Update)
        {
            header.Update(slot, copy);
            episode.RecordItem(JournalKind.SlotUpdated, destination, action.Name, slot.User, slot.Party);
            return;
        }

        header.Complete(slot, action.Name, copy, episode.Now);
        destination.Activity.CompleteSlot(slot);
        episode.RecordItem(JournalKind.SlotCompleted, destination, action.Name, slot.User, slot.Party);
        episode.Plan(Verb.AnswerGiven, destination);
    }

    public static void Wake(Episode episode, ActivityInstanceDestination destination, ItemSleep sleep)
    {
        Sleeping.End(episode, destination, sleep);
        episode.RecordItem(JournalKind.ItemWoken, destination, destination.Event!.Name, sleep.User, sleep.Party);
    }

    public static void WakeIfAsleep(Episode episode, ActivityInstanceDestination destination, string user, string party)
    {
        if (destination.WorklistHeader!.SleepOf(user, party) is { } sleep)
        {
            Wake(episode, destination, sleep);
        }
    }

    /// <summary>Removes the rest of somebody's part: sleeps and delegations.</summary>
    public static void ForgetParty(Episode episode, ActivityInstanceDestination destination, string party)
    {
        var header = destination.WorklistHeader!;
        foreach (var sleep in header.Sleeps.Where(sleep => Names.Same(sleep.Party, party)).ToList())
        {
            Sleeping.End(episode, destination, sleep);
        }

        ForgetDelegations(episode, destination, delegation => Names.Same(delegation.By, party));
    }

    /// <summary>Nobody has the task through a role or group now. The delegations of its members end, and so does the sleep of a member without another
    /// standing.</summary>
    public static void ForgetEntry(Episode episode, ActivityInstanceDestination destination, Destination entry)
    {
        var header = destination.WorklistHeader!;
        ForgetDelegations(episode, destination, delegation => delegation.Entry == entry);
        foreach (var sleep in header.Sleeps.Where(sleep => !destination.IsFor(Destination.Known(sleep.Party)) && header.SlotOf(sleep.Party) is null).ToList())
        {
            Wake(episode, destination, sleep);
        }
    }

    /// <summary>The sleep of delegates ends when they are no longer named.</summary>
    public static void WakeDelegates(Episode episode, ActivityInstanceDestination destination, string party)
    {
        var header = destination.WorklistHeader!;
        foreach (var sleep in header.Sleeps.Where(sleep => Names.Same(sleep.Party, party) && !Names.Same(sleep.User, party)).ToList())
        {
            var isNamed = header.Delegations.Any(delegation => Names.Same(delegation.By, party)
                && (delegation.To == Destination.Known(sleep.User) || delegation.To.Kind is not DestinationKind.User));
            if (!isNamed)
            {
                Wake(episode, destination, sleep);
            }
        }
    }

    /// <summary>A task is on somebody's worklist no more, unless there is another reason for it to be.</summary>
    public static void RemoveEntry(Episode episode, ActivityInstanceDestination destination, Destination entry)
    {
        if (!destination.IsFor(entry) && !destination.WorklistHeader!.Delegations.Any(delegation => delegation.To == entry))
        {
            episode.Worklist.Add(new WorklistChange.EntryRemoved(destination.Serial, entry));
        }
    }

    private static void ForgetDelegations(Episode episode, ActivityInstanceDestination destination, Func<Delegation, bool> which)
    {
        foreach (var delegation in destination.WorklistHeader!.Delegations.Where(which).ToList())
        {
            destination.WorklistHeader.Remove(delegation);
            RemoveEntry(episode, destination, delegation.To);
        }
    }
}
