using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Planning;
using Workflow.Core.Records;
using Workflow.Core.Rules;

namespace Workflow.Core.Scheduling;

/// <summary>Gives the open work of an activity or of an event to others (statements 6.7b and 6.7d). Everything is checked before anything changes.</summary>
internal static class EscalationRedirect
{
    /// <summary>The user to whom the work goes.</summary>
    /// <exception cref="RuleFailure">The operand has no value, or one that cannot be the name of a user.</exception>
    public static string ReceiverOf(Episode episode, EscalationDefinition escalation, EscalationAction.Redirect redirect, Firing firing) =>
        Escalations.QuestionOf(episode, escalation, firing).Read(
            redirect.User,
            static (Operand<string> user, in RuleScope scope) => !user.Read(scope, out var name)
                ? throw new InvalidOperationException($"The user to whom it gives the task has no value. {Failure.ThenRetry}")
                : Names.ProblemOfParty(DestinationKind.User, name) is { } problem
                    ? throw new InvalidOperationException(
                        $"It gives the task to '{Names.Printable(name)}', which cannot be a user: {problem}. {Failure.ThenRetry}")
                    : name);

    /// <summary>The users whose managers are to be asked for, each once.</summary>
    public static IReadOnlyList<string> UsersWithWork(Firing firing) =>
        [.. DestinationsOf(firing).SelectMany(destination => PartiesOf(destination, areRolesWhole: false))
            .Select(item => item.Party!)
            .Distinct(NameComparer.Default)];

    /// <summary>The resolver has said what was asked for: the work is given away.</summary>
    public static void WithPeople(Episode episode, Input.EscalationPeopleKnown people)
    {
        if (people.Firing.Receiver is { } receiver)
        {
            ToUser(episode, people.Firing, receiver, people.Memberships);
            return;
        }

        ToManagers(episode, people.Firing, people.Managers, people.Memberships);
    }

    /// <summary>Gives the work of everybody to one user, or fails the action.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="firing">What has fired.</param>
    /// <param name="receiver">The user.</param>
    /// <param name="memberships">The roles and groups of the user, where they count; null otherwise.</param>
    public static void ToUser(
        Episode episode, Firing firing, string receiver, IReadOnlyDictionary<string, IReadOnlyList<Destination>>? memberships) =>
        Run(episode, firing, areRolesWhole: true, _ => receiver, memberships);

    /// <summary>Gives the work of each user to their manager, or fails the action.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="firing">What has fired.</param>
    /// <param name="managers">The managers of those who have work; null for nobody.</param>
    /// <param name="memberships">The roles and groups of the managers, where they count.</param>
    private static void ToManagers(
        Episode episode,
        Firing firing,
        IReadOnlyDictionary<string, string?> managers,
        IReadOnlyDictionary<string, IReadOnlyList<Destination>> memberships) =>
        Run(episode, firing, areRolesWhole: false, party => managers.GetValueOrDefault(party!), memberships);

    private static void Run(
        Episode episode,
        Firing firing,
        bool areRolesWhole,
        Func<string?, string?> receiverOf,
        IReadOnlyDictionary<string, IReadOnlyList<Destination>>? memberships)
    {
        var moves = new List<(ActivityInstanceDestination Destination, List<Move> Moves)>();
        foreach (var destination in DestinationsOf(firing))
        {
            var ofOne = new List<Move>();
            foreach (var (party, entry) in PartiesOf(destination, areRolesWhole))
            {
                if (receiverOf(party) is not { } to)
                {
                    Fail(episode, firing, $"'{party}' has the task and no manager. Name one in the resolver.");
                    return;
                }

                if (!IsMoved(destination, party, entry, to))
                {
                    continue;
                }

                if (ExclusionCheck.Of(firing.Activity!, to, memberships?.GetValueOrDefault(to)) is { } exclusion)
                {
                    Fail(
                        episode, firing,
                        $"The task cannot go to '{to}': {ExclusionCheck.Words(episode.DefinitionOf(firing.Activity!), exclusion)}. Name another user.");
                    return;
                }

                ofOne.Add(new Move(party, entry, to));
            }

            moves.Add((destination, ofOne));
        }

        moves.ForEach(item => Give(episode, item.Destination, item.Moves, freesAll: areRolesWhole));
        if (moves.TrueForAll(item => item.Moves.Count == 0))
        {
            Escalations.Record(
                episode, JournalKind.EscalationChangedNothing, firing.Owner, firing.Escalation, "Nobody has open work that could go to somebody else.");
        }

        episode.Process.Timers.End(firing);
    }

    private static IEnumerable<ActivityInstanceDestination> DestinationsOf(Firing firing) => firing.Destination is { } one
        ? [one]
        : firing.Activity!.Destinations.Where(destination => destination.Status is DestinationStatus.Active);

    /// <summary>Those who have work: users who have not answered, and roles as a whole or the users who hold a slot of them.</summary>
    private static IEnumerable<(string? Party, Destination Entry)> PartiesOf(ActivityInstanceDestination destination, bool areRolesWhole)
    {
        foreach (var entry in destination.OpenFor())
        {
            if (entry.Kind is DestinationKind.User)
            {
                yield return (entry.Name, entry);
            }
            else if (areRolesWhole)
            {
                yield return (null, entry);
            }
            else
            {
                foreach (var slot in OpenTask(destination)?.Slots ?? [])
                {
                    if (slot.Status is SlotStatus.Open && slot.Entry == entry)
                    {
                        yield return (slot.Party, entry);
                    }
                }
            }
        }
    }

    private static WorklistHeader? OpenTask(ActivityInstanceDestination destination) => destination.WorklistHeader is { IsOpen: true } open ? open : null;

    /// <summary>Whether something changes. Somebody who has done their part of the task cannot get the part of another (statement 1.14).</summary>
    private static bool IsMoved(ActivityInstanceDestination destination, string? party, in Destination entry, string to) =>
        !(party is not null && Names.Same(party, to))
        && entry != Destination.Known(to)
        && destination.WorklistHeader?.SlotOf(to) is not { Status: SlotStatus.Completed };

    /// <summary>Moves all at once: somebody may get the part of one and lose their own.</summary>
    private static void Give(Episode episode, ActivityInstanceDestination destination, List<Move> moves, bool freesAll)
    {
        if (moves.Count == 0)
        {
            return;
        }

        var earlier = destination.People;
        var isOpen = OpenTask(destination) is not null;
        if (isOpen)
        {
            GiveUp(episode, destination, moves, freesAll);
        }

        // A later task of the destination takes the rights over that are noted with an earlier one.
        moves.ForEach(move => destination.WorklistHeader?.Inherit(move.To, move.Entry));
        var replaced = moves.Where(move => !move.IsThroughRole).ToDictionary(move => move.Entry, move => Destination.Known(move.To));
        destination.SetPeople([
            .. earlier.Select(entry => replaced.GetValueOrDefault(entry, entry))
                .Concat(moves.Where(move => move.IsThroughRole).Select(move => Destination.Known(move.To)))
                .Distinct()]);
        foreach (var move in moves)
        {
            episode.Journal.Add(
                JournalKind.Redirected, episode.Now, destination.Activity.Id, destination.Id, destination.Event?.Id ?? 0, move.To,
                move.IsThroughRole ? $"user {move.Party}" : move.Entry.ToString());
        }

        if (isOpen)
        {
            ChangeWorklists(episode, destination, earlier);
        }
    }

    private static void GiveUp(Episode episode, ActivityInstanceDestination destination, List<Move> moves, bool freesAll)
    {
        var header = destination.WorklistHeader!;
        foreach (var move in moves)
        {
            Reassignment.GiveUp(episode, destination, move.Party, move.Entry, heir: null);
            if (move.IsThroughRole)
            {
                header.Exclude(move.Party!);
            }
        }

        // Somebody may hold a slot only because anyone may act.
        foreach (var slot in header.Slots.Where(slot => freesAll && slot.Status is SlotStatus.Open && !Names.Same(slot.Party, moves[0].To)).ToList())
        {
            Tasks.WakeIfAsleep(episode, destination, slot.User, slot.Party);
            Tasks.Release(episode, destination, slot);
        }
    }

    private static void ChangeWorklists(Episode episode, ActivityInstanceDestination destination, IReadOnlyList<Destination> earlier)
    {
        foreach (var entry in earlier)
        {
            Tasks.RemoveEntry(episode, destination, entry);
        }

        foreach (var entry in destination.People.Except(earlier))
        {
            Reassignment.WarnOfNameOfRole(episode, destination, entry);
            episode.Worklist.Add(new WorklistChange.EntryAdded(destination.Serial, entry));
        }
    }

    private static void Fail(Episode episode, Firing firing, string message) =>
        Failure.OfEscalation(episode, firing, new Fault($"{message} {Failure.ThenRetry}"));

    /// <param name="Party">The user who has the work; null for a whole role or group.</param>
    /// <param name="Entry">The user, role or group through which they have it.</param>
    /// <param name="To">The user who gets it.</param>
    private readonly record struct Move(string? Party, Destination Entry, string To)
    {
        public bool IsThroughRole => Party is not null && Entry.Kind is not DestinationKind.User;
    }
}
