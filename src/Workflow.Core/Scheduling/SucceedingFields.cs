using Workflow.Core.Definitions.Migration;

namespace Workflow.Core.Scheduling;

/// <summary>The data fields of an instance in another version of its definition. Fields that are new there have their initial values (statement 8.8).</summary>
internal static class SucceedingFields
{
    /// <param name="fields">The values.</param>
    /// <param name="table">The fields of the other version.</param>
    /// <param name="positions">Of each field its new position.</param>
    public static DataFields Of(DataFields fields, FieldTable table, IReadOnlyList<int> positions)
    {
        var now = DataFields.InitialOf(table);
        for (var ordinal = 0; ordinal < positions.Count; ordinal++)
        {
            now.Set(positions[ordinal], fields[ordinal]);
        }

        return now;
    }

    /// <summary>A field that holds the name of an action or an outcome holds its new name (statement 8.8c).</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="ordinal">The position of the field; negative where there is none.</param>
    /// <param name="name">Gives the new name.</param>
    public static void Rename(DataFields fields, int ordinal, Func<string, string> name)
    {
        if (ordinal >= 0 && fields[ordinal].Reference is string before && name(before) is var now && now != before)
        {
            fields.Set(ordinal, FieldValue.From(now));
        }
    }

    /// <summary>The new name of a field that somebody has named for an event of an activity.</summary>
    public static string NameOf(string field, ActivitySuccession activity, Succession succession)
    {
        var (from, to) = (activity.From, activity.To);
        return NameOf(field, from.DestinationFields, to.DestinationFields, activity.OwnFields)
            ?? NameOf(field, from.ActivityFields, to.ActivityFields, activity.SharedFields)
            ?? NameOf(field, succession.From.ProcessFields, succession.To.ProcessFields, succession.Fields)
            ?? field;
    }

    /// <summary>The new name of a process field; the same where there is no such field.</summary>
    public static string NameOfProcessField(string field, Succession succession) =>
        NameOf(field, succession.From.ProcessFields, succession.To.ProcessFields, succession.Fields) ?? field;

    private static string? NameOf(string field, FieldTable from, FieldTable to, IReadOnlyList<int> positions) =>
        from.OrdinalOf(field) is >= 0 and var ordinal ? to.Names[positions[ordinal]] : null;
}
