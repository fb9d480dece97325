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
        if (!IsPossible(reader.Version, has))
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
        if ((has & PlanningWriter.HasAsked) != 0)
        {
            question = question! with { Asked = Asked(ref reader, question.Wanted.Count) };
        }

        if ((has & PlanningWriter.HasList) != 0)
        {
            question = question! with { List = Question(ref reader) };
        }

        AskedQuestion[] followed = [];
        if ((has & PlanningWriter.FollowsQuestions) != 0)
        {
            followed = Asked(ref reader, synchronized?.Length ?? throw reader.Refuse("it follows questions and nothing else"));
        }

        reader.End();
        activity.Planning.RestoreLists(question, turns, synchronized, followed, known, exclusions, reported);
        activity.Planning.ListsChecksum = PartFormat.ChecksumOf(part);
    }

    /// <summary>Whether the beginning of the lists can stand there: each has come with a version, and some need a question.</summary>
    private static bool IsPossible(byte version, byte has)
    {
        const int Earlier = PlanningWriter.HasQuestion | PlanningWriter.HasExclusions | PlanningWriter.HasLeftOut | PlanningWriter.HasReported;
        const int OfQuestion = PlanningWriter.HasLeftOut | PlanningWriter.HasAsked | PlanningWriter.HasList;
        var known = version >= PartFormat.WithQuestions
            ? Earlier | PlanningWriter.HasAsked | PlanningWriter.HasList | PlanningWriter.FollowsQuestions
            : Earlier;
        return (has & ~known) == 0 && ((has & PlanningWriter.HasQuestion) != 0 || (has & OfQuestion) == 0);
    }

    private static AskedQuestion[] Asked(ref PartReader reader, int wanted)
    {
        var all = new AskedQuestion[reader.Count()];
        var least = 0;
        for (var index = 0; index < all.Length; index++)
        {
            all[index] = new AskedQuestion(Question(ref reader), reader.Integer(), reader.Integer(), reader.Flag());
            if (all[index].Before < least || all[index].Before > wanted)
            {
                throw reader.Refuse($"{all[index].Before.Invariant()} is no place of an answer");
            }

            least = all[index].Before;
        }

        return all;
    }

    private static NamedQuestion Question(ref PartReader reader)
    {
        var name = reader.Text();
        var arguments = new FieldValue[reader.Count()];
        for (var index = 0; index < arguments.Length; index++)
        {
            arguments[index] = reader.Value();
        }

        return new NamedQuestion(name, arguments);
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
