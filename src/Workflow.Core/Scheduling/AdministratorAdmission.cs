using System.Diagnostics;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>Does what administrators want of the tasks of others (statements 1.9, 1.11 and 2.9).</summary>
internal static class AdministratorAdmission
{
    /// <param name="episode">The episode.</param>
    /// <param name="input">The input.</param>
    /// <param name="closed">The refusal that the status of the instance means; null for none.</param>
    public static Refusal? Admit(Episode episode, Input.OfAdministrator input, Refusal? closed)
    {
        if (TaskAdmission.Find(episode, input.Destination) is not ({ } destination, { } task))
        {
            return new Refusal(RefusalKind.NotOpen);
        }

        if (closed is not null)
        {
            return closed;
        }

        return input.Request switch
        {
            AdministratorRequest.Redirect redirect => Redirect(episode, destination, redirect, input),
            AdministratorRequest.Release release => Release(episode, destination, release.User, input),
            AdministratorRequest.SetActionRight right => SetRight(episode, destination, task, right, input),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Tells why an administrator does what the next fact says, and who does it where that fact does not say it.</summary>
    private static void Record(Episode episode, ActivityInstanceDestination destination, JournalKind kind, Input.OfAdministrator input)
    {
        if (input.Reason is not null || kind is not JournalKind.TaskAdministered || input.Request is AdministratorRequest.Release)
        {
            var task = destination.Event!;
            episode.Journal.Add(kind, episode.Now, destination.Activity.Id, destination.Id, task.Id, task.Name, input.Reason, input.Administrator);
        }
    }

    private static Refusal? Redirect(
        Episode episode, ActivityInstanceDestination destination, AdministratorRequest.Redirect request, Input.OfAdministrator input)
    {
        var from = request.From;
        var header = destination.WorklistHeader!;
        var slot = from.Kind is DestinationKind.User ? header.SlotOf(from.Name) : null;
        if (slot is { Status: SlotStatus.Completed })
        {
            return Refusal.State("1.11", $"the {from} has done their part of it, which can no longer be redirected.");
        }

        var isEntry = destination.IsFor(from);
        if (!isEntry && slot is null)
        {
            return Refusal.State("1.11", $"the {from} is no destination of it. List the task to see its destinations.");
        }

        if (Reassignment.WhyNotTo(
            episode, destination, from.Kind is DestinationKind.User ? from.Name : "", request.To, input.MembershipsOfReceiver) is { } refusal)
        {
            return refusal;
        }

        var party = from.Kind is DestinationKind.User ? from.Name : null;
        Record(episode, destination, request.IsReassigned ? JournalKind.Reassigned : JournalKind.TaskAdministered, input);
        Reassignment.Move(episode, destination, party, isEntry ? from : slot!.Entry, [request.To], request.KeepsOpen, input.Administrator);
        return null;
    }

    /// <summary>Gives back the open slot of a user who no longer belongs to the role or group through which they hold it. Their delegations go with it. When a
    /// delegate has left, the user who has delegated keeps the task.</summary>
    public static Refusal? ReleaseUnlessMember(Episode episode, Input.HolderKnown known, Refusal? closed)
    {
        var (holder, memberships) = known;
        if (TaskAdmission.Find(episode, holder.Serial.Destination) is not ({ } destination, not null))
        {
            return new Refusal(RefusalKind.NotOpen);
        }

        if (closed is not null)
        {
            return closed;
        }

        // The slot may have changed hands since the question was asked.
        if (destination.WorklistHeader!.SlotOf(holder.Party) is not { Status: SlotStatus.Open } slot
            || !RoleHolder.Of(destination, slot).Any(held => held == holder && !held.IsMember(memberships)))
        {
            return null;
        }

        Tasks.WakeIfAsleep(episode, destination, slot.User, slot.Party);
        if (Names.Same(holder.Member, holder.Party))
        {
            Tasks.ForgetParty(episode, destination, holder.Party);
        }

        Tasks.Release(episode, destination, slot);
        WarnIfBound(episode, destination, holder);
        return null;
    }

    /// <summary>A user got a task by name while a role exempted them. Without that role, the task is on nobody's worklist by that name.</summary>
    private static void WarnIfBound(Episode episode, ActivityInstanceDestination destination, in RoleHolder holder)
    {
        if (destination.Activity.ExclusionOf(holder.Member) is { } exclusion && destination.IsFor(Destination.Known(holder.Member)))
        {
            episode.Alarms.Add(
                new Alarm(AlarmKind.BoundAgain, destination.Activity.Name, ExclusionCheck.Words(episode.DefinitionOf(destination.Activity), exclusion)));
        }
    }

    private static Refusal? Release(Episode episode, ActivityInstanceDestination destination, string user, Input.OfAdministrator input)
    {
        var slot = destination.WorklistHeader!.SlotList.Find(held => held.Status is SlotStatus.Open && Names.Same(held.User, user));
        if (slot is null)
        {
            return Refusal.State("1.9", $"'{user}' does not have it open, so there is no slot to give back.");
        }

        Record(episode, destination, JournalKind.TaskAdministered, input);
        Tasks.WakeIfAsleep(episode, destination, slot.User, slot.Party);
        Tasks.Release(episode, destination, slot);
        return null;
    }

    private static Refusal? SetRight(
        Episode episode, ActivityInstanceDestination destination, ClientEventDefinition task, AdministratorRequest.SetActionRight request,
        Input.OfAdministrator input)
    {
        if (task.Find(request.Action) is null)
        {
            return Refusal.NotOffered(task, request.Action);
        }

        Record(episode, destination, JournalKind.TaskAdministered, input);
        destination.WorklistHeader!.Set(request.Action, request.Who, request.IsAllowed);
        var how = request.IsAllowed switch
        {
            true => $"allowed to the {request.Who}",
            false => $"denied to the {request.Who}",
            null => $"neither allowed nor denied to the {request.Who}",
        };
        episode.Journal.Add(
            JournalKind.ActionRightChanged, episode.Now, destination.Activity.Id, destination.Id, destination.Event!.Id, request.Action, how,
            input.Administrator);
        return null;
    }
}
