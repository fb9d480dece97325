using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Decides whether a user may take an action, and executes it (statements 2.11 and 2.11b). It checks and reads everything before it changes
/// anything.</summary>
internal static class ActionAdmission
{
    public static Refusal? Act(in UserItem item, TaskRequest.Act act)
    {
        if (item.ClientEvent.Find(act.Action) is not { } action)
        {
            return Refusal.NotOffered(item.ClientEvent, act.Action);
        }

        var slot = item.OwnSlot;
        if (slot is null && !action.IsBatchable)
        {
            return action.Kind is ActionKind.Release
                ? Refusal.State("2.11b", $"it is not open, so the action '{action.Name}' has no slot to give back.")
                : Refusal.State("1.13", $"it must be opened first, since the action '{action.Name}' is not batchable.");
        }

        if (ActionCheck.WhyNot(item.ClientEvent, action, item.Destination, item.Standing, item.Actor) is { } why)
        {
            return Refusal.Action(why);
        }

        FieldWrite[] changes;
        try
        {
            changes = FieldWrite.Resolve(item.Destination, act.Changes);
        }
        catch (DataFieldException exception)
        {
            return new Refusal(RefusalKind.Field, exception);
        }

        if (action.Goto is { } request && Gotos.IsRefused(item.Episode, request, item.Destination.Activity))
        {
            return Refusal.State("10.10d", $"'{action.Name}' goes to '{request.Activity}', which is still active. Wait until that is done.");
        }

        return Read(item, action, changes, out var writes, out var receivers) ?? Take(item, action, slot, changes, writes, receivers);
    }

    /// <summary>Reads the operands of the action. Without any, nothing is read.</summary>
    private static Refusal? Read(in UserItem item, ActionDefinition action, FieldWrite[] changes, out FieldWrite[] writes, out IReadOnlyList<string> receivers)
    {
        (writes, receivers) = (action.Writes ?? [], []);
        if (action is { Writes: not null, Kind: not ActionKind.Redirect })
        {
            return null;
        }

        var taking = new ActionTaking(item.Destination, item.User, item.Standing.Party, item.Episode.Now);
        var reading = new ActionReading(action, item.Episode.DefinitionOf(item.Destination.Activity), taking, changes);
        try
        {
            writes = action.Writes ?? reading.Writes();
            receivers = reading.Receivers(item.Actor);
        }
        catch (RuleFailure failure)
        {
            return Refusal.State("2.1", $"its action '{action.Name}' cannot be taken: {failure.InnerException!.Message}");
        }

        return Reassignment.WhyNotTo(item, action.Name, receivers);
    }

    /// <summary>Writes what the user and the action set, and does what the action is for. Only an answer writes the name of the action, and copies the
    /// fields.</summary>
    private static Refusal? Take(
        in UserItem item, ActionDefinition action, Slot? slot, FieldWrite[] changes, FieldWrite[] writes, IReadOnlyList<string> receivers)
    {
        var (episode, destination) = (item.Episode, item.Destination);
        episode.Process.MovedFromOutside();
        Tasks.WakeIfAsleep(episode, destination, item.User, item.Standing.Party);
        slot ??= Tasks.Take(episode, destination, item.Standing, item.User);
        FieldWriter.Write(episode, destination, changes);
        FieldWriter.Write(episode, destination, writes);
        switch (action.Kind)
        {
            case ActionKind.GotoActivity:
                episode.RecordItem(JournalKind.GotoTaken, destination, action.Name, slot.User, slot.Party);
                Gotos.Run(episode, action.Goto!, destination.Activity, leaving: null);
                break;
            case ActionKind.Redirect:
                episode.RecordItem(JournalKind.ActionTaken, destination, action.Name, slot.User, slot.Party);
                Reassignment.Move(episode, destination, item.Standing.Party, item.Standing.Entry, receivers, keepsOpen: false, item.User);
                break;
            case ActionKind.Release:
                episode.RecordItem(JournalKind.ActionTaken, destination, action.Name, slot.User, slot.Party);
                Tasks.Release(episode, destination, slot);
                break;
            default:
                FieldWriter.WriteAnswer(episode, destination, action.Name);
                Tasks.Answer(episode, destination, slot, action);
                break;
        }

        return null;
    }
}
