using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>The owners' claims about their parts: how many there are, and a sum that does not depend on their order. Reading compares it with the parts that
/// are there. An owner that an older version has written says less, and is compared once it is written anew.</summary>
/// <remarks>Parts that are written only together with their owner are summed up by their checksums, so an outdated one is found as well. Destinations and
/// activity instances change without their owner, so they are summed up by their numbers: otherwise each answer would write the header.</remarks>
internal sealed class OwnerClaims
{
    /// <summary>The header's claim; null when it has none.</summary>
    public OfProcess? Process { get; set; }

    /// <summary>The claim of the activity instance that was read last.</summary>
    public OfActivity? Activity { get; set; }

    /// <summary>The claim of the activity instance that was compared last.</summary>
    public OfActivity? Compared { get; private set; }

    /// <summary>The claim of the destination that was read last.</summary>
    public OfDestination? Destination { get; set; }

    /// <summary>Compares what the header says, once all parts are read.</summary>
    /// <exception cref="StoredFormatException">Parts are missing, or should not exist.</exception>
    public void CheckProcess(ProcessInstance process)
    {
        if (Process is not { } claim)
        {
            return;
        }

        Check(process, "the header", 0, "activity instances", (claim.Activities, claim.Sum), (process.ActivityList.Count, process.ActivitySum));
        Check(process, "the header", 0, "lists of who has acted", claim.HasActors, process.ActorNotes is not null);
        Check(process, "the header", 0, "details of an error", claim.Details, process.Error is { Details.Length: > 0 } ? process.DetailsChecksum : null);
    }

    /// <summary>Compares what the last activity instance says, once its parts are read.</summary>
    /// <param name="process">The instance.</param>
    /// <param name="isWhole">Whether all destinations are read.</param>
    /// <exception cref="StoredFormatException">Parts are missing, or should not exist.</exception>
    public void CheckActivity(ProcessInstance process, bool isWhole)
    {
        if (Activity is not { } claim)
        {
            return;
        }

        Compared = claim;
        Activity = null;
        var activity = process.ActivityList[^1];
        Check(process, "activity instance", activity.Id, "plannings", claim.Lists, activity.PlanningOrNull?.ListsChecksum);
        if (isWhole)
        {
            var found = (activity.DestinationSpan.Length, activity.DestinationSum);
            Check(process, "activity instance", activity.Id, "destinations", (claim.Destinations, claim.Sum), found);
            CheckCounts(process, activity, claim.Counts);
        }
    }

    /// <summary>Compares what the last destination says, once its parts are read.</summary>
    /// <exception cref="StoredFormatException">Parts are missing, or should not exist.</exception>
    public void CheckDestination(ProcessInstance process)
    {
        if (Destination is not { } claim)
        {
            return;
        }

        Destination = null;
        var destination = process.ActivityList[^1].DestinationSpan[^1];
        Check(process, "destination", destination.Id, "lists of people", claim.ArePeopleApart, destination.StoresPeopleApart);
        if (claim.People is { } people)
        {
            Check(process, "destination", destination.Id, "lists of people", people, destination.Apart!.Checksum);
        }

        if (claim.Slots is { } slots)
        {
            Check(process, "destination", destination.Id, "slots", slots, (destination.WorklistHeader!.SlotList.Count, destination.WorklistHeader.SlotSum));
        }
    }

    /// <summary>Counts the destinations, and compares that with what the activity instance says.</summary>
    private static void CheckCounts(ProcessInstance process, ActivityInstance activity, in OfDestinations? claimed)
    {
        WorkOfDestination.CountAll(activity);
        if (claimed is not { } claim || activity.SeveralDestinations is not { } several)
        {
            return;
        }

        var found = (activity.ActiveDestinations, several.AtWork, several.NeedSharedSlot);
        Check(process, "activity instance", activity.Id, "destinations at work", (claim.Active, claim.AtWork, claim.NeedSharedSlot), found);
        if (claim.Answers is not { } answers)
        {
            return;
        }

        foreach (ref readonly var answer in answers.All)
        {
            var slots = AnswerCounts.CountIn(answer.Ordinal, answer.Text, activity.DestinationSpan);
            Check(process, "activity instance", activity.Id, "answers", answer.Slots, slots);
        }

        several.Answers = answers;
    }

    private static void Check<T>(ProcessInstance process, string owner, int number, string what, T claimed, T found)
    {
        if (!EqualityComparer<T>.Default.Equals(claimed, found))
        {
            var which = number == 0 ? owner : $"{owner} {number.Invariant()}";
            throw new StoredFormatException(
                $"The stored process instance {process.Id} cannot be read: {which} has other {what} than are stored. "
                + "Parts are missing, outdated, or do not belong to it. It was left as it is.");
        }
    }

    /// <param name="Activities">How many activity instances it has.</param>
    /// <param name="Sum">The sum of their numbers.</param>
    /// <param name="HasActors">Whether it is stored who has acted where.</param>
    /// <param name="Details">The checksum of the details of the error; null for none.</param>
    internal readonly record struct OfProcess(int Activities, ulong Sum, bool HasActors, uint? Details);

    /// <param name="Destinations">How many destinations it has.</param>
    /// <param name="Sum">The sum of their numbers.</param>
    /// <param name="Lists">The checksum of the long lists of its planning; null for none.</param>
    /// <param name="Counts">What it counts over several destinations; null where it does not say it.</param>
    internal readonly record struct OfActivity(int Destinations, ulong Sum, uint? Lists, OfDestinations? Counts);

    /// <param name="Active">How many destinations have not ended.</param>
    /// <param name="AtWork">How many of them can still answer.</param>
    /// <param name="NeedSharedSlot">How many more can while a shared slot is free.</param>
    /// <param name="Answers">How many slots hold the texts that rules have asked for; null for none.</param>
    internal readonly record struct OfDestinations(int Active, int AtWork, int NeedSharedSlot, AnswerCounts? Answers);

    /// <param name="ArePeopleApart">Whether the list of people is stored for itself.</param>
    /// <param name="People">Its checksum; null when it is not said.</param>
    /// <param name="Slots">How many slots are stored for themselves, and the sum of their checksums; null when it is not said.</param>
    internal readonly record struct OfDestination(bool ArePeopleApart, uint? People, (int Count, ulong Sum)? Slots);
}
