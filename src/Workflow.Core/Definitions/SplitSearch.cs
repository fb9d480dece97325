namespace Workflow.Core.Definitions;

/// <summary>Finds the split whose branches come together at a join that names none (statement 13.1e).</summary>
internal static class SplitSearch
{
    /// <summary>Stands for the start of the process.</summary>
    public const string Start = "";

    /// <summary>Finds the nearest activity, or the start, that at least two lines leave by which the join is reached, and from which all lines that lead to the
    /// join come.</summary>
    /// <param name="lines">All lines, as the activities that they leave and lead to.</param>
    /// <param name="join">The name of the activity with the join.</param>
    /// <returns>The name; null where there is none.</returns>
    public static string? Find(IReadOnlyList<(string From, string To)> lines, string join)
    {
        string[] sources = [.. lines.Where(line => line.To == join).Select(line => line.From)];
        string? nearest = null;
        var least = int.MaxValue;
        foreach (var split in lines.Select(line => line.From).Distinct().Where(split => split != join))
        {
            // Each line is followed as far as the join, and not over the split again.
            (string From, string To)[] between = [.. lines.Where(line => line.From != join && line.From != split && line.To != split)];
            var followed = lines.Where(line => line.From == split).Select(line => DistancesFrom(between, line.To)).ToList();
            int[] leading = [.. followed.Where(distances => distances.ContainsKey(join)).Select(distances => distances[join])];
            if (leading.Length > 1 && leading.Min() < least
                && sources.All(source => source == split || followed.Exists(reached => reached.ContainsKey(source))))
            {
                (nearest, least) = (split, leading.Min());
            }
        }

        return nearest;
    }

    /// <summary>Whether lines lead from one activity to another, over any number of others.</summary>
    public static bool Leads(IReadOnlyList<(string From, string To)> lines, string from, string to) =>
        lines.Any(line => line.From == from && DistancesFrom(lines, line.To).ContainsKey(to));

    /// <summary>The activities to which lines lead from one, each with the number of lines on the shortest way; the one itself with 0.</summary>
    private static Dictionary<string, int> DistancesFrom(IReadOnlyList<(string From, string To)> lines, string start)
    {
        var distances = new Dictionary<string, int>(StringComparer.Ordinal) { [start] = 0 };
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var at))
        {
            foreach (var line in lines.Where(line => line.From == at))
            {
                if (distances.TryAdd(line.To, distances[at] + 1))
                {
                    open.Enqueue(line.To);
                }
            }
        }

        return distances;
    }
}
