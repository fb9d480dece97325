using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="PlanningWriter"/> wrote.</summary>
internal static class PlanningReader
{
    /// <summary>The long lists of an activity instance's planning.</summary>
    public static void Lists(ReadOnlySpan<byte> part, ActivityInstance activity)
    {
        var reader = new PartReader(
            part, PartKind.Planning, PartPlace.Of(activity),
            $"planning of activity instance {activity.Id.Invariant()} of process instance {activity.Process.Id}");
        var has = reader.Byte();
        if (has > (PlanningWriter.HasQuestion | PlanningWriter.HasExclusions | PlanningWriter.HasLeftOut | PlanningWriter.HasReported)
            || (has & (PlanningWriter.HasQuestion | PlanningWriter.HasLeftOut)) == PlanningWriter.HasLeftOut)
        {
            throw reader.Refuse($"{has.Invariant()} says nothing about a planning");
        }

        var question = (has & PlanningWriter.HasQuestion) != 0 ? new MemberQuestion(reader.Integer(), Wanted(ref reader), LeftOut: null) : null;
        var turns = reader.Flag() ? new DestinationTurns(SnapshotReader.Destinations(ref reader)) : null;
        WantedDestination[]? synchronized = null;
        Destination[] known = [];
        if (reader.Flag())
        {
            synchronized = Wanted(ref reader);
            known = SnapshotReader.Destinations(ref reader);
        }

        var exclusions = (has & PlanningWriter.HasExclusions) != 0 ? Exclusions(ref reader) : null;
        if ((has & PlanningWriter.HasLeftOut) != 0)
        {
            question = question! with { LeftOut = LeftOut(ref reader) };
        }

        var reported = (has & PlanningWriter.HasReported) != 0 ? SnapshotReader.Destinations(ref reader) : null;
        reader.End();
        activity.Planning.RestoreLists(question, turns, synchronized, known, exclusions, reported);
        activity.Planning.ListsChecksum = PartFormat.ChecksumOf(part);
    }

    private static Exclusion[] Exclusions(ref PartReader reader)
    {
        var exclusions = new Exclusion[reader.Count()];
        for (var index = 0; index < exclusions.Length; index++)
        {
            exclusions[index] = new Exclusion(reader.Text(), reader.Text(), SnapshotReader.Destinations(ref reader));
        }

        return exclusions;
    }

    private static LeftOut[] LeftOut(ref PartReader reader)
    {
        var leftOut = new LeftOut[reader.Count()];
        for (var index = 0; index < leftOut.Length; index++)
        {
            leftOut[index] = new LeftOut(reader.Integer(), SnapshotReader.Destinations(ref reader));
        }

        return leftOut;
    }

    /// <returns>The planning, and the checksum of its long lists; null for none.</returns>
    public static (DestinationPlanning Planning, uint? Lists) Planning(ref PartReader reader, ActivityInstance activity, bool isAtWork)
    {
        var planning = new DestinationPlanning(activity, reader.Integer());
        List<int>? sharedTaken = null;
        if (reader.Flag())
        {
            sharedTaken = [];
            for (var left = reader.Count(); left > 0; left--)
            {
                sharedTaken.Add(reader.Integer());
            }
        }

        planning.Restore(sharedTaken);
        Timer(ref reader, activity, isAtWork);
        return (planning, reader.Version >= PartFormat.Counted ? reader.OptionalChecksum() : null);
    }

    /// <summary>An activity instance that had ended could still have one.</summary>
    private static void Timer(ref PartReader reader, ActivityInstance activity, bool isAtWork)
    {
        var number = reader.Integer();
        if (reader.OptionalInstant(activity.Process.StartedAt) is not { } dueAt)
        {
            return;
        }

        if (reader.Version >= PartFormat.WithTimers)
        {
            throw reader.Refuse("a timer is not among the others");
        }

        if (number != 0 && isAtWork)
        {
            TimerReader.OfRoles(reader, activity, number, dueAt);
        }
    }

    private static WantedDestination[] Wanted(ref PartReader reader)
    {
        var wanted = new WantedDestination[reader.Count()];
        for (var index = 0; index < wanted.Length; index++)
        {
            wanted[index] = new WantedDestination(SnapshotReader.Destination(ref reader), reader.Integer(), reader.Flag());
        }

        return wanted;
    }
}
