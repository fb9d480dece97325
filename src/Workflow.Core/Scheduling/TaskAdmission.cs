using System.Diagnostics;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>Decides whether a user's request for a task is admitted, in the order of statements 1.8 and 2.11, and executes it.</summary>
internal static class TaskAdmission
{
    /// <param name="episode">The episode.</param>
    /// <param name="input">The input.</param>
    /// <param name="closed">The refusal that the status of the instance means; null for none.</param>
    public static Refusal? Admit(Episode episode, Input.OfUser input, Refusal? closed)
    {
        if (Find(episode, input.Destination) is not ({ } destination, { } task))
        {
            return new Refusal(RefusalKind.NotOpen);
        }

        if (Standing.Find(destination, input.Actor, input.IsAnyone && task.AllowsAnyUser) is not { } standing)
        {
            return Standing.WhatLeavesOut(destination, input.Actor) is { } exclusion
                ? Refusal.Excluded(episode.DefinitionOf(destination.Activity), exclusion)
                : HasLeft(destination, input.Actor) ? Refusal.Gone(WorklistItemEnd.LeftRole) : Refusal.NoStanding;
        }

        var item = new UserItem(episode, destination, task, standing, input.Actor);
        if (WhyGone(item, input.Request) is { } gone)
        {
            return gone;
        }

        if (closed is not null)
        {
            return closed;
        }

        return input.Request switch
        {
            TaskRequest.Open open => Open(item, open.Allocates),
            TaskRequest.Release => Release(item),
            TaskRequest.Sleep sleep => Sleep(item, sleep.Until),
            TaskRequest.Wake => Wake(item),
            TaskRequest.Redirect redirect => Reassignment.Redirect(item, redirect.To),
            TaskRequest.Delegate delegated => Reassignment.Delegate(item, delegated.To, delegated.Chosen),
            TaskRequest.Undelegate undelegated => Reassignment.Undelegate(item, undelegated.To),
            TaskRequest.Act act => ActionAdmission.Act(item, act),
            TaskRequest.SendBack back => SendBack(item, back),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The destination of a number with its open client event.</summary>
    public static (ActivityInstanceDestination? Destination, ClientEventDefinition? Task) Find(Episode episode, int number)
    {
        var destination = episode.Process.FindDestination(number);
        return (destination, episode.Definition.OpenTaskOf(destination));
    }

    /// <summary>Whether the user, or the one for whom they act, holds a slot through a role or group to which somebody no longer belongs.</summary>
    private static bool HasLeft(ActivityInstanceDestination destination, Actor actor) => destination.WorklistHeader!.SlotList.Exists(slot =>
        slot.Status is SlotStatus.Open
        && (Names.Same(slot.User, actor.User) || Names.Same(slot.Party, actor.StandingUser))
        && RoleHolder.Of(destination, slot).Any(holder => actor.MembershipsOf(holder.Member) is { } memberships && !holder.IsMember(memberships)));

    /// <summary>No slot is left for the user, or their part is done (statement 1.8). Without a slot they can still wake, take back what they delegated, and
    /// give back the slot that another holds on their behalf.</summary>
    private static Refusal? WhyGone(in UserItem item, TaskRequest request)
    {
        switch (ItemStatus.OfAwake(item.Destination, item.Standing, item.User))
        {
            case WorklistItemStatus.Completed:
                return Refusal.Gone(WorklistItemEnd.PartDone);
            case WorklistItemStatus.Allocated:
                var needsNone = request switch
                {
                    TaskRequest.Wake or TaskRequest.Undelegate => true,
                    TaskRequest.Sleep => item.Asleep is not null,
                    TaskRequest.Release => item.SlotOnBehalf is not null,
                    _ => false,
                };
                return needsNone ? null : Refusal.Gone(WorklistItemEnd.NoSlotLeft);
            default:
                return null;
        }
    }

    private static Refusal? Open(in UserItem item, bool allocates)
    {
        WakeIfAsleep(item);
        if (allocates && item.OwnSlot is null)
        {
            Tasks.Take(item.Episode, item.Destination, item.Standing, item.User);
        }

        return null;
    }

    private static Refusal? Release(in UserItem item)
    {
        if ((item.OwnSlot ?? item.SlotOnBehalf) is not { } slot)
        {
            return Refusal.State("1.9", "it is not open, so there is no slot to give back.");
        }

        WakeIfAsleep(item);
        Tasks.WakeIfAsleep(item.Episode, item.Destination, slot.User, slot.Party);
        Tasks.Release(item.Episode, item.Destination, slot);
        return null;
    }

    private static Refusal? Sleep(in UserItem item, DateTimeOffset? until)
    {
        var episode = item.Episode;
        if (until is { } wakes && wakes <= episode.Now)
        {
            return Refusal.State("1.10", $"it cannot sleep until {wakes.Invariant()}, which has passed. Name a later instant.");
        }

        if (item.Asleep is { } asleep)
        {
            Sleeping.End(episode, item.Destination, asleep);
        }

        Sleeping.Begin(episode, item.Destination, item.User, item.Standing.Party, until);
        episode.RecordItem(JournalKind.ItemSlept, item.Destination, item.Destination.Event!.Name, item.User, item.Standing.Party);
        return null;
    }

    private static Refusal? Wake(in UserItem item)
    {
        if (item.Asleep is null)
        {
            return Refusal.State("1.10", "it does not sleep, so it cannot be woken.");
        }

        WakeIfAsleep(item);
        return null;
    }

    /// <summary>The task goes elsewhere, without an answer. Where it ends, its user takes a slot first. So the history says for whom they did it.</summary>
    private static Refusal? SendBack(in UserItem item, TaskRequest.SendBack back)
    {
        if (!item.ClientEvent.AllowsSendBack)
        {
            return Refusal.State(
                "13.11", "nobody who has it may send it back. Allow that with AllowSendBack() in the definition, or ask an administrator to send it back.");
        }

        if (item.Standing.Delegation is { Actions: not null })
        {
            return Refusal.State("13.11", "it was delegated for some actions only, and sending it back is none of them.");
        }

        var activity = item.Destination.Activity;
        if (SendingBack.WhyNot(item.Episode, back.Request, back.HasRun, activity) is { } refusal)
        {
            return refusal;
        }

        item.Episode.Process.MovedFromOutside();
        WakeIfAsleep(item);
        if (item.OwnSlot is null && Gotos.Ends(back.Request, activity))
        {
            Tasks.Take(item.Episode, item.Destination, item.Standing, item.User);
        }

        item.Episode.Journal.Add(
            JournalKind.SentBack, item.Episode.Now, activity.Id, item.Destination.Id, item.Destination.Event!.Id, back.Request.Activity, back.Reason,
            item.User);
        Gotos.Run(item.Episode, back.Request, activity, leaving: null);
        return null;
    }

    /// <summary>Opening or acting on a sleeping item wakes it first (statement 1.10).</summary>
    private static void WakeIfAsleep(in UserItem item) =>
        Tasks.WakeIfAsleep(item.Episode, item.Destination, item.User, item.Standing.Party);
}
