namespace Workflow.Core;

/// <summary>Finds the name that somebody most likely meant when they misspelled it, for the remedy of a message.</summary>
internal static class NearestName
{
    private const int MostShown = 10;

    /// <summary>The text to write instead: the nearest name if there is one that resembles the text, and the names there are.</summary>
    /// <param name="wrong">The text that is no name.</param>
    /// <param name="names">The names there are, in their order.</param>
    /// <returns>For example <c>Did you mean 'Approve'? There are: 'Approve', 'Decline'.</c></returns>
    public static string Proposal(string wrong, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return "There are none.";
        }

        var shown = string.Join(", ", names.Take(MostShown).Select(name => $"'{Names.Printable(name)}'"));
        var all = names.Count > MostShown ? $"There are {names.Count.Invariant()}, among them: {shown}." : $"There are: {shown}.";
        return Find(wrong, names) is { } nearest ? $"Did you mean '{Names.Printable(nearest)}'? {all}" : all;
    }

    /// <summary>The name that takes the fewest changes of letters to get to; of several the first. Null when most letters would have to change.</summary>
    public static string? Find(string wrong, IEnumerable<string> names)
    {
        var folded = Folded(wrong);
        var nearest = names
            .Select(name => (Name: name, Distance: DistanceOf(folded, Folded(name))))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is { } found && nearest.Distance * 2 <= Math.Max(wrong.Length, found.Length) ? found : null;
    }

    /// <summary>Longer texts than names are cut off, so that the time stays small.</summary>
    private static string Folded(string text) => (text.Length > Limits.NameLength ? text[..Limits.NameLength] : text).Trim().ToUpperInvariant();

    /// <summary>How many letters must be inserted, removed or replaced.</summary>
    private static int DistanceOf(string from, string to)
    {
        var former = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var letter in from)
        {
            var current = new int[to.Length + 1];
            current[0] = former[0] + 1;
            for (var place = 1; place <= to.Length; place++)
            {
                var replaced = former[place - 1] + (letter == to[place - 1] ? 0 : 1);
                current[place] = Math.Min(replaced, Math.Min(former[place], current[place - 1]) + 1);
            }

            former = current;
        }

        return former[^1];
    }
}
