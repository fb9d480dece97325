namespace Workflow.Core.Instances;

/// <summary>A way on which an activity instance came to be: a line that a split has taken, and the way on which the split itself was (statement
/// 13.1c).</summary>
/// <param name="Split">The number of the activity instance that was the split; 0 for the start of the process.</param>
/// <param name="Line">The name of the line that it has taken.</param>
/// <param name="Outer">The way of the split; null for none.</param>
internal sealed record Branch(int Split, string Line, Branch? Outer)
{
    /// <summary>The part of a way that left a split; null when the way does not come from there.</summary>
    public static Branch? From(Branch? way, int split)
    {
        while (way is not null && way.Split != split)
        {
            way = way.Outer;
        }

        return way;
    }

    /// <summary>The way that two ways have in common; null for none.</summary>
    public static Branch? Common(Branch? one, Branch? other)
    {
        for (; one is not null; one = one.Outer)
        {
            for (var candidate = other; candidate is not null; candidate = candidate.Outer)
            {
                if (candidate == one)
                {
                    return one;
                }
            }
        }

        return null;
    }

    /// <summary>A way whose lines have other names in another version (statement 8.8).</summary>
    public static Branch? Rename(Branch? way, Func<string, string> line) =>
        way is null ? null : new Branch(way.Split, line(way.Line), Rename(way.Outer, line));

    /// <summary>The innermost split from which all ways come; null for none.</summary>
    public static int? SplitOf(IReadOnlyList<Branch?> ways)
    {
        for (var part = ways[0]; part is not null; part = part.Outer)
        {
            var split = part.Split;
            if (ways.All(way => From(way, split) is not null))
            {
                return split;
            }
        }

        return null;
    }
}
