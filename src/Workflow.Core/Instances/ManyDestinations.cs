namespace Workflow.Core.Instances;

/// <summary>The data that an activity instance with several destinations keeps of them all.</summary>
internal sealed class ManyDestinations
{
    /// <summary>The destinations, in the order of their numbers, and room for more.</summary>
    public required ActivityInstanceDestination[] All { get; set; }

    /// <summary>The sum over their numbers.</summary>
    public ulong Sum { get; set; }

    /// <summary>How many more there are that are not loaded.</summary>
    public int Unloaded { get; init; }

    /// <summary>How many in front have ended, as far as anybody has looked.</summary>
    public int EndedInFront { get; set; }

    /// <summary>How they have answered; null until a rule asks.</summary>
    public AnswerCounts? Answers { get; set; }

    /// <summary>How many are at work, as of the last commit.</summary>
    public int AtWork { get; set; }

    /// <summary>How many need one of the slots that all share, as of the last commit.</summary>
    public int NeedSharedSlot { get; set; }

    /// <summary>Takes up what has changed in a destination since it was counted last.</summary>
    /// <returns>Whether a count has changed.</returns>
    public bool CountWork(ActivityInstanceDestination destination)
    {
        var (before, now) = (destination.CountedWork, WorkOfDestination.Of(destination));
        if (before == now)
        {
            return false;
        }

        Change(before, by: -1);
        Change(now, by: 1);
        destination.CountedWork = now;
        return true;
    }

    /// <summary>How many are at work, and how many need a shared slot, of those that are not loaded.</summary>
    public (int AtWork, int NeedSharedSlot) CountUnloaded(ReadOnlySpan<ActivityInstanceDestination> loaded)
    {
        var (atWork, needSharedSlot) = (AtWork, NeedSharedSlot);
        foreach (var destination in loaded)
        {
            atWork -= destination.CountedWork is DestinationWork.AtWork ? 1 : 0;
            needSharedSlot -= destination.CountedWork is DestinationWork.NeedsSharedSlot ? 1 : 0;
        }

        return (atWork, needSharedSlot);
    }

    private void Change(DestinationWork work, int by)
    {
        AtWork += work is DestinationWork.AtWork ? by : 0;
        NeedSharedSlot += work is DestinationWork.NeedsSharedSlot ? by : 0;
        Invariant.Holds(AtWork >= 0 && NeedSharedSlot >= 0);
    }
}
