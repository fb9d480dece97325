using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Snapshots;

/// <summary>Reads what <see cref="CountsWriter"/> wrote.</summary>
internal static class CountsReader
{
    /// <param name="reader">The reader of the part of the activity instance.</param>
    /// <param name="definition">The definition of its activity.</param>
    /// <param name="destinations">How many destinations it has.</param>
    /// <returns>The counts; null where there are none.</returns>
    public static OwnerClaims.OfDestinations? Read(ref PartReader reader, ActivityDefinition definition, int destinations)
    {
        if (reader.Version < PartFormat.WithCounts)
        {
            return null;
        }

        var active = reader.Integer() - 1;
        if ((destinations > 1) == (active < 0))
        {
            throw reader.Refuse("it has several destinations without counts, or counts without several destinations");
        }

        if (active < 0)
        {
            return null;
        }

        var (atWork, needSharedSlot) = (reader.Integer(), reader.Integer());
        AnswerCounts? answers = null;
        for (var left = reader.Count(); left > 0; left--)
        {
            answers ??= new AnswerCounts();
            Answer(ref reader, definition, answers);
        }

        return active > destinations || atWork > active || needSharedSlot > active - atWork
            ? throw reader.Refuse("it counts more destinations than it has")
            : new OwnerClaims.OfDestinations(active, atWork, needSharedSlot, answers);
    }

    private static void Answer(ref PartReader reader, ActivityDefinition definition, AnswerCounts answers)
    {
        var name = reader.Text();
        var answer = new CountedText(definition.DestinationFields.OrdinalOf(name), reader.Text(), reader.Integer());
        if (answer.Ordinal < 0 || !answers.Takes(answer.Text) || answers.Find(answer.Ordinal, answer.Text) is not null)
        {
            throw reader.Refuse($"there is no destination field '{name}' in which answers could be counted, or they are counted twice");
        }

        answers.Restore(answer);
    }
}
