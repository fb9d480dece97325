using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Records;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Gives tasks to others: redirects and delegations (statements 1.11 and 1.12). The number of slots stays as it is.</summary>
internal static class Reassignment
{
    private const string NotOwn = "they cannot pass it on, because they act for another user, or only because anyone may act.";

    public static Refusal? Redirect(in UserItem item, string to)
    {
        if (item.Standing.Delegation is not null || item.Standing.IsAnyone)
        {
            return Refusal.State("1.12", NotOwn);
        }

        if (WhyNotTo(item.Episode, item.Destination, item.Standing.Party, to, item.Actor.MembershipsOf(to)) is { } refusal)
        {
            return refusal;
        }

        Move(item.Episode, item.Destination, item.Standing.Party, item.Standing.Entry, [to], keepsOpen: false, item.User);
        return null;
    }

    /// <summary>Why an action cannot give the task to users (statement 2.11b); null when it can.</summary>
    public static Refusal? WhyNotTo(in UserItem item, string action, IReadOnlyList<string> to)
    {
        foreach (var name in to)
        {
            if (WhyNotTo(item.Episode, item.Destination, item.Standing.Party, name, item.Actor.MembershipsOf(name)) is { } refusal)
            {
                return refusal with { Message = $"its action '{action}' cannot be taken: {refusal.Message}" };
            }
        }

        return null;
    }

    public static Refusal? Delegate(in UserItem item, Destination to, IReadOnlyList<string>? actions)
    {
        var standing = item.Standing;
        if (standing.Delegation is not null || standing.IsAnyone)
        {
            return Refusal.State("1.12", NotOwn);
        }

        if (to == Destination.Known(standing.Party) || to == Destination.Known(item.User))
        {
            return Refusal.State("1.12", "it cannot be delegated to the user who has it. Name another user, or a group or role.");
        }

        if (to.Kind is DestinationKind.User
            && WhyLeftOut(item.Episode, item.Destination, to.Name, item.Actor.MembershipsOf(to.Name), "delegated") is { } leftOut)
        {
            return leftOut;
        }

        var header = item.Destination.WorklistHeader!;
        foreach (var name in actions ?? [])
        {
            if (item.ClientEvent.Find(name) is not { } action)
            {
                return Refusal.NotOffered(item.ClientEvent, name);
            }

            if (ActionCheck.WhyNot(item.ClientEvent, action, item.Destination, standing, item.Actor) is { } why)
            {
                return Refusal.Action($"they cannot delegate '{action.Name}': {why}");
            }
        }

        if (header.Delegations.FirstOrDefault(known => known.To == to && Names.Same(known.By, standing.Party)) is { } earlier)
        {
            header.Remove(earlier);
        }

        header.Add(new Delegation(standing.Party, standing.Entry, to, actions is null ? null : [.. actions]));
        WarnOfNameOfRole(item.Episode, item.Destination, to);
        if (to.Kind is not DestinationKind.User)
        {
            item.Episode.NameRole(item.Destination.Activity, to);
        }

        Record(item.Episode, item.Destination, JournalKind.Delegated, to.ToString(), actions is null ? null : string.Join(", ", actions), item.User);
        item.Episode.Worklist.Add(new WorklistChange.EntryAdded(item.Destination.Serial, to));
        return null;
    }

    public static Refusal? Undelegate(in UserItem item, Destination to)
    {
        var header = item.Destination.WorklistHeader!;
        var party = item.Standing.Party;
        if (item.Standing.Delegation is not null
            || header.Delegations.FirstOrDefault(known => known.To == to && Names.Same(known.By, party)) is not { } delegation)
        {
            return Refusal.State("1.12", $"nothing is delegated to the {to}, so there is nothing to take back.");
        }

        header.Remove(delegation);
        if (header.SlotOf(party) is { Status: SlotStatus.Open } slot && slot.Through == to)
        {
            Tasks.Release(item.Episode, item.Destination, slot);
        }

        Tasks.WakeDelegates(item.Episode, item.Destination, party);

        Record(item.Episode, item.Destination, JournalKind.Undelegated, to.ToString(), detail: null, item.User);
        Tasks.RemoveEntry(item.Episode, item.Destination, to);
        return null;
    }

    /// <summary>Why a task cannot be given to somebody (statement 1.11); null when it can.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="destination">The destination of the task.</param>
    /// <param name="party">The user who has it; empty for a role or group.</param>
    /// <param name="to">The user who is to get it.</param>
    /// <param name="memberships">The roles and groups of that user, where they count; null otherwise.</param>
    public static Refusal? WhyNotTo(
        Episode episode, ActivityInstanceDestination destination, string party, string to, IReadOnlyList<Destination>? memberships)
    {
        if (Names.Same(party, to))
        {
            return Refusal.State("1.11", "it cannot be redirected to the user who has it. Name another user.");
        }

        if (destination.WorklistHeader!.SlotOf(to) is { Status: SlotStatus.Completed })
        {
            return Refusal.State("1.14", $"it cannot be redirected to '{to}', who has done their part of it. Name another user.");
        }

        return destination.IsFor(Destination.Known(to))
            ? Refusal.State("1.11", $"it cannot be redirected to '{to}', who is a destination of it already. Name another user.")
            : WhyLeftOut(episode, destination, to, memberships, "redirected");
    }

    /// <summary>Nobody whom the destination rule leaves out can be given the task (statement 4.10). When it is delegated to a role or group, each member is
    /// looked at when they act.</summary>
    private static Refusal? WhyLeftOut(
        Episode episode, ActivityInstanceDestination destination, string to, IReadOnlyList<Destination>? memberships, string how) =>
        ExclusionCheck.Of(destination.Activity, to, memberships) is { } exclusion
            ? Refusal.State("4.10", $"it cannot be {how} to '{to}': {ExclusionCheck.Words(episode.DefinitionOf(destination.Activity), exclusion)}. Name "
                + $"another user.")
            : null;

    /// <summary>Puts other users in the place of a destination, or of a member of one (statement 1.11). A slot that is to stay open goes with it. Otherwise the
    /// slot is free.</summary>
    public static void Move(
        Episode episode, ActivityInstanceDestination destination, string? party, Destination entry, IReadOnlyList<string> to, bool keepsOpen, string by)
    {
        var header = destination.WorklistHeader!;
        var targets = to.Select(Destination.Known).ToList();
        targets.ForEach(target => WarnOfNameOfRole(episode, destination, target));
        var isThroughRole = party is not null && entry.Kind is not DestinationKind.User;
        GiveUp(episode, destination, party, entry, keepsOpen ? to[0] : null);
        foreach (var name in to)
        {
            header.Inherit(name, entry);
        }

        if (isThroughRole)
        {
            header.Exclude(party!);
            destination.SetPeople([.. destination.People, .. targets]);
        }
        else if (destination.IsFor(entry))
        {
            destination.SetPeople([.. destination.People.SelectMany(known => known == entry ? (IReadOnlyList<Destination>)targets : [known])]);
            Tasks.RemoveEntry(episode, destination, entry);
        }
        else
        {
            destination.SetPeople([.. destination.People, .. targets]);
        }

        foreach (var target in targets)
        {
            episode.Worklist.Add(new WorklistChange.EntryAdded(destination.Serial, target));
            Record(episode, destination, JournalKind.Redirected, target.Name, isThroughRole ? $"user {party}" : entry.ToString(), by);
        }
    }

    /// <summary>A destination, or a member of one, has the task no more. Their open slots are free, or go to the one who gets the task.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="destination">The destination of the task.</param>
    /// <param name="party">The user who has it; null for a whole role or group.</param>
    /// <param name="entry">The user, role or group through which they have it.</param>
    /// <param name="heir">The user who gets the open slots; null for nobody.</param>
    public static void GiveUp(Episode episode, ActivityInstanceDestination destination, string? party, Destination entry, string? heir)
    {
        var header = destination.WorklistHeader!;
        foreach (var slot in header.Slots.Where(
            slot => slot.Status is SlotStatus.Open && (party is null ? slot.Entry == entry : Names.Same(slot.Party, party))).ToList())
        {
            Tasks.ForgetParty(episode, destination, slot.Party);
            if (heir is not null && header.SlotOf(heir) is null)
            {
                header.HandOver(slot, heir);
            }
            else
            {
                Tasks.Release(episode, destination, slot);
            }
        }

        if (party is not null)
        {
            Tasks.ForgetParty(episode, destination, party);
        }
        else
        {
            Tasks.ForgetEntry(episode, destination, entry);
        }
    }

    /// <summary>Whether there is a user of that name, only the host knows; the task may be on nobody's worklist now.</summary>
    public static void WarnOfNameOfRole(Episode episode, ActivityInstanceDestination destination, in Destination to)
    {
        if (to.Kind is DestinationKind.User && IsNameOfRole(episode, destination, to.Name))
        {
            episode.Alarms.Add(new Alarm(AlarmKind.GivenToNameOfRole, destination.Activity.Name, to.Name));
        }
    }

    /// <summary>Roles and groups of the definition, of the fields that name them now, and of the task. The task's are those that it is for, that it is
    /// delegated to, or that have rights of their own on it. The names that only the resolver knows are not known here.</summary>
    private static bool IsNameOfRole(Episode episode, ActivityInstanceDestination destination, string name)
    {
        var current = destination.Activity;
        return destination.People
                .Concat(destination.WorklistHeader?.Delegations.Select(delegation => delegation.To) ?? [])
                .Concat(destination.WorklistHeader?.ActionRights.Select(right => right.Who) ?? [])
                .Any(who => who.Kind is not DestinationKind.User && Names.Same(who.Name, name))
            || episode.Definition.NamesRole(name, (activity, scope) => scope is FieldScope.Process
                ? episode.Process.Fields
                : activity.Ordinal == current.Ordinal ? current.Fields : activity.ActivityFields.InitialFields);
    }

    private static void Record(Episode episode, ActivityInstanceDestination destination, JournalKind kind, string name, string? detail, string user) =>
        episode.Journal.Add(kind, episode.Now, destination.Activity.Id, destination.Id, destination.Event!.Id, name, detail, user);
}
