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
            var (leading, reached, distance) = Follow(lines, split, join);
            if (leading > 1 && distance < least && sources.All(source => source == split || reached.Contains(source)))
            {
                (nearest, least) = (split, distance);
            }
        }

        return nearest;
    }

    /// <summary>Follows each line of a split as far as the join, and not over the split again.</summary>
    private static (int Leading, HashSet<string> Reached, int Distance) Follow(IReadOnlyList<(string From, string To)> lines, string split, string join)
    {
        var (leading, all, least) = (0, new HashSet<string>(StringComparer.Ordinal), int.MaxValue);
        foreach (var first in lines.Where(line => line.From == split))
        {
            var distances = new Dictionary<string, int>(StringComparer.Ordinal) { [first.To] = 1 };
            var open = new Queue<string>([first.To]);
            all.Add(first.To);
            while (open.TryDequeue(out var at))
            {
                foreach (var line in lines.Where(line => line.From == at && at != join && at != split && line.To != split))
                {
                    if (distances.TryAdd(line.To, distances[at] + 1))
                    {
                        open.Enqueue(line.To);
                        all.Add(line.To);
                    }
                }
            }

            if (distances.TryGetValue(join, out var distance))
            {
                leading++;
                least = Math.Min(least, distance);
            }
        }

        return (leading, all, least);
    }
}
