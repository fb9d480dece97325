namespace Workflow.Core.Definitions.Migration;

/// <summary>Finds the successors of lines. A line that is called after what it joins follows the new names (statement 8.8).</summary>
internal static class LineMatch
{
    public static IReadOnlyDictionary<string, string> Of(
        NameMatch names, ProcessDefinition from, ProcessDefinition to, IReadOnlyDictionary<string, string> activities,
        IReadOnlyList<ActivitySuccession?> successions)
    {
        var olds = from.LineArray.ToDictionary(line => line.Name, StringComparer.Ordinal);
        var news = to.LineArray.ToDictionary(line => line.Name, StringComparer.Ordinal);
        var successors = names.Match(
            ElementKind.Line, [], from.LineArray.Select(line => line.Name), to.LineArray.Select(line => line.Name),
            name => Implied(from, olds[name], activities, successions));
        foreach (var line in from.LineArray)
        {
            // A line that is missing, or whose activity is, has been told already.
            if (successors.TryGetValue(line.Name, out var successor) && NewOf(line.From, activities) is { } left && left != (news[successor].From ?? ""))
            {
                names.Missing(
                    ElementKind.Line, [], line.Name, $"it leaves {Words(line.From)}, and '{Names.Printable(successor)}' of {names.New} leaves "
                        + $"{Words(news[successor].From)}", "8.8b");
            }
        }

        return successors;
    }

    /// <summary>The name that a line without a name of its own has after its activities, or its outcome, are renamed.</summary>
    private static string Implied(
        ProcessDefinition from, LineDefinition line, IReadOnlyDictionary<string, string> activities, IReadOnlyList<ActivitySuccession?> successions)
    {
        var (left, target) = (line.From is null ? "Start" : activities.GetValueOrDefault(line.From, line.From), activities.GetValueOrDefault(line.To, line.To));
        if (line.Name == $"{line.From ?? "Start"} to {line.To}")
        {
            return $"{left} to {target}";
        }

        if (line.From is not null && from.Find(line.From) is { } activity)
        {
            foreach (var outcome in activity.OutcomeArray)
            {
                if (line.Name == $"{line.From} on {outcome.Name} to {line.To}")
                {
                    var now = successions[activity.Ordinal]?.Outcomes.GetValueOrDefault(outcome.Name) ?? outcome.Name;
                    return $"{left} on {now} to {target}";
                }
            }
        }

        return line.Name;
    }

    private static string? NewOf(string? activity, IReadOnlyDictionary<string, string> activities) =>
        activity is null ? "" : activities.GetValueOrDefault(activity);

    private static string Words(string? activity) => activity is null ? "the start" : $"activity '{Names.Printable(activity)}'";
}
