using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Writes the remaining data of the destination rule of an activity instance.</summary>
internal static class PlanningWriter
{
    /// <summary>The beginning of the long lists of a planning says which of them it has.</summary>
    public const byte HasQuestion = 1;
    public const byte HasExclusions = 2;

    /// <summary>The users whom the rule leaves out, beside a question.</summary>
    public const byte HasLeftOut = 4;

    /// <summary>The roles and groups that were reported as unknown.</summary>
    public const byte HasReported = 8;

    /// <summary>The questions by name of a destination rule, beside its other destinations.</summary>
    public const byte HasAsked = 16;

    /// <summary>The question for the list that gives slots their data.</summary>
    public const byte HasList = 32;

    /// <summary>The questions by name that are asked again, beside what is followed.</summary>
    public const byte FollowsQuestions = 64;

    /// <summary>The long lists of an activity instance's planning.</summary>
    public static Range Lists(PartWriter writer, ActivityInstance activity)
    {
        var planning = activity.Planning;
        var leftOut = planning.Question?.LeftOut;
        writer.Begin(PartKind.Planning);
        writer.Byte((byte)((planning.Question is null ? 0 : HasQuestion)
            | (planning.Exclusions is null ? 0 : HasExclusions)
            | (leftOut is null ? 0 : HasLeftOut)
            | (planning.Reported is null ? 0 : HasReported)
            | (planning.Question is { Asked.Count: > 0 } ? HasAsked : 0)
            | (planning.Question is { List: not null } ? HasList : 0)
            | (planning.FollowedQuestions.Count > 0 ? FollowsQuestions : 0)));
        if (planning.Question is { } question)
        {
            writer.Number(question.Number);
            Wanted(writer, question.Wanted);
        }

        writer.Flag(planning.Turns is not null);
        if (planning.Turns is { } turns)
        {
            SnapshotWriter.Destinations(writer, turns.All);
        }

        writer.Flag(planning.Followed is not null);
        if (planning.Followed is { } wanted)
        {
            Wanted(writer, wanted);
            SnapshotWriter.Destinations(writer, planning.KnownMembers);
        }

        Exclusions(writer, planning.Exclusions);
        LeftOut(writer, leftOut);
        if (planning.Reported is { } reported)
        {
            SnapshotWriter.Destinations(writer, reported);
        }

        Questions(writer, planning);
        var piece = writer.End(PartPlace.Of(activity));
        planning.ListsChecksum = writer.ChecksumOf(piece);
        return piece;
    }

    public static void Planning(PartWriter writer, DestinationPlanning? planning)
    {
        writer.Flag(planning is not null);
        if (planning is null)
        {
            return;
        }

        writer.Number(planning.Turns?.Taken ?? 0);
        writer.Flag(planning.SharedTaken is not null);
        if (planning.SharedTaken is { } taken)
        {
            writer.Number(taken.Count);
            foreach (var count in taken)
            {
                writer.Number(count);
            }
        }

        // The timer at which roles are asked for again stood here until version 5: its number, and when it is due.
        writer.Number(0);
        writer.Flag(false);
        writer.OptionalChecksum(planning.ListsChecksum);
    }

    private static void Questions(PartWriter writer, DestinationPlanning planning)
    {
        if (planning.Question is { Asked: { Count: > 0 } asked })
        {
            Asked(writer, asked);
        }

        if (planning.Question is { List: { } list })
        {
            writer.Raise(PartFormat.WithQuestions);
            Question(writer, list);
        }

        if (planning.FollowedQuestions is { Count: > 0 } followed)
        {
            Asked(writer, followed);
        }
    }

    private static void Asked(PartWriter writer, IReadOnlyList<AskedQuestion> all)
    {
        writer.Raise(PartFormat.WithQuestions);
        writer.Number(all.Count);
        foreach (var asked in all)
        {
            Question(writer, asked.Question);
            writer.Number(asked.Set);
            writer.Number(asked.Before);
            writer.Flag(asked.IsResolved);
        }
    }

    private static void Question(PartWriter writer, NamedQuestion question)
    {
        writer.Text(question.Name);
        writer.Number(question.Arguments.Count);
        foreach (var argument in question.Arguments)
        {
            writer.Value(argument);
        }
    }

    private static void Exclusions(PartWriter writer, IReadOnlyList<Exclusion>? exclusions)
    {
        if (exclusions is null)
        {
            return;
        }

        writer.Number(exclusions.Count);
        foreach (var exclusion in exclusions)
        {
            writer.Text(exclusion.User);
            writer.Text(exclusion.Set);
            SnapshotWriter.Destinations(writer, exclusion.Through);
        }
    }

    private static void LeftOut(PartWriter writer, IReadOnlyList<LeftOut>? leftOut)
    {
        if (leftOut is null)
        {
            return;
        }

        writer.Number(leftOut.Count);
        foreach (var (set, users) in leftOut)
        {
            writer.Number(set);
            SnapshotWriter.Destinations(writer, users);
        }
    }

    private static void Wanted(PartWriter writer, IReadOnlyList<WantedDestination> all)
    {
        writer.Number(all.Count);
        foreach (var wanted in all)
        {
            SnapshotWriter.Destination(writer, wanted.Destination);
            writer.Number(wanted.Set);
            writer.Flag(wanted.IsResolved);
        }
    }
}
