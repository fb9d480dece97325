namespace Workflow.Core.Definitions.Migration;

/// <summary>Finds the successors of data fields: those of the same scope and type (statement 8.8b).</summary>
internal static class FieldMatch
{
    /// <summary>The position of a field that has no successor.</summary>
    public const int None = -1;

    /// <summary>Of each process field its new position.</summary>
    public static IReadOnlyList<int> Of(NameMatch names, IReadOnlyList<string> within, FieldTable from, FieldTable to)
    {
        var successors = names.Match(ElementKind.Field, within, from.Names, to.Names);
        return Positions(names, within, from, to, successors, other: null);
    }

    /// <summary>Of each field of an activity, and of its destinations, its new position.</summary>
    public static (IReadOnlyList<int> Shared, IReadOnlyList<int> Own) Of(
        NameMatch names, IReadOnlyList<string> within, ActivityDefinition from, ActivityDefinition to)
    {
        var successors = names.Match(
            ElementKind.Field, within,
            from.ActivityFields.Names.Concat(from.DestinationFields.Names).Distinct(StringComparer.Ordinal),
            to.ActivityFields.Names.Concat(to.DestinationFields.Names));
        return (
            Positions(names, within, from.ActivityFields, to.ActivityFields, successors, to.DestinationFields),
            Positions(names, within, from.DestinationFields, to.DestinationFields, successors, to.ActivityFields));
    }

    private static int[] Positions(
        NameMatch names, IReadOnlyList<string> within, FieldTable from, FieldTable to, IReadOnlyDictionary<string, string> successors, FieldTable? other)
    {
        var positions = new int[from.Count];
        for (var ordinal = 0; ordinal < positions.Length; ordinal++)
        {
            positions[ordinal] = None;
            if (!successors.TryGetValue(from.Names[ordinal], out var successor))
            {
                continue;
            }

            var position = to.OrdinalOf(successor);
            if (position < 0 && other is not null)
            {
                names.Missing(
                    ElementKind.Field, within, from.Names[ordinal], $"'{Names.Printable(successor)}' has another scope in {names.New}", "8.8b");
            }
            else if (to.Shapes[position] != from.Shapes[ordinal])
            {
                names.Missing(
                    ElementKind.Field, within, from.Names[ordinal],
                    $"it holds {from.Shapes[ordinal]}, and '{Names.Printable(successor)}' of {names.New} holds {to.Shapes[position]}", "8.8b");
            }
            else
            {
                positions[ordinal] = position;
            }
        }

        return positions;
    }
}
