namespace Workflow.Core.Definitions.Migration;

/// <summary>Finds the successors of elements by their names, and collects the obstacles (statements 8.8 and 8.8b).</summary>
/// <param name="from">The version that is left.</param>
/// <param name="to">The version that takes its place.</param>
/// <param name="renames">The elements whose name has changed.</param>
internal sealed class NameMatch(ProcessDefinition from, ProcessDefinition to, Renames renames)
{
    private readonly List<DefinitionProblem> _obstacles = [];
    private readonly HashSet<Rename> _used = [];

    /// <summary>The reasons why instances cannot change the version, in the order of the old version.</summary>
    public IReadOnlyList<DefinitionProblem> Obstacles => _obstacles;

    /// <summary>The version that is left, in words.</summary>
    public string Old => $"version {from.Version.Invariant()}";

    /// <summary>The version that takes its place, in words.</summary>
    public string New => $"version {to.Version.Invariant()}";

    /// <summary>Finds the successors of the elements of a kind in one place.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="within">The old names of the activity and the event; empty for the process.</param>
    /// <param name="olds">The old names, in the order of the definition.</param>
    /// <param name="news">The new names.</param>
    /// <param name="implied">The new name that follows from other names; null for the old one.</param>
    /// <returns>The new names by the old ones, of those that have a successor.</returns>
    public IReadOnlyDictionary<string, string> Match(
        ElementKind kind, IReadOnlyList<string> within, IEnumerable<string> olds, IEnumerable<string> news, Func<string, string>? implied = null)
    {
        string[] all = [.. olds];
        string[] candidates = [.. news];
        var there = candidates.ToHashSet(StringComparer.Ordinal);
        var named = Named(kind, within, all, candidates);
        var successors = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in all)
        {
            var rename = named.GetValueOrDefault(name);
            var follows = implied?.Invoke(name) ?? name;
            var successor = rename?.To ?? (there.Contains(follows) ? follows : name);
            if (!there.Contains(successor))
            {
                if (rename is null)
                {
                    Missing(kind, within, name, $"{New} has none of this name");
                }

                continue;
            }

            if (!taken.TryAdd(successor, name))
            {
                Add(kind, within, name, $"it would become '{Names.Printable(successor)}', as '{Names.Printable(taken[successor])}' does",
                    "Give each a successor of its own.", "8.8b");
                continue;
            }

            successors.Add(name, successor);
        }

        return successors;
    }

    /// <summary>An element has no successor.</summary>
    public void Missing(ElementKind kind, IReadOnlyList<string> within, string name, string why, string statement = "8.8") => Add(
        kind, within, name, why, $"Add it to {New}, or name its successor with Renames.{kind}(...).", statement);

    /// <summary>A rename in an activity or an event that the old version does not have has named nothing. That of one without a successor is no obstacle of
    /// its own.</summary>
    public void RefuseUnused()
    {
        foreach (var rename in renames.All.Where(rename => _used.Add(rename)))
        {
            var activity = from.Find(rename.Within[0]);
            if (activity is null)
            {
                Add(rename, $"{Old} has no activity '{Names.Printable(rename.Within[0])}'");
            }
            else if (rename.Within.Count > 1 && !Array.Exists(activity.EventArray, item => item.Name == rename.Within[1]))
            {
                Add(rename, $"{Old} has no event '{Names.Printable(rename.Within[1])}' in activity '{activity.Name}'");
            }
        }
    }

    private Dictionary<string, Rename> Named(ElementKind kind, IReadOnlyList<string> within, string[] olds, string[] news)
    {
        var named = new Dictionary<string, Rename>(StringComparer.Ordinal);
        foreach (var rename in renames.All.Where(rename => rename.IsFor(kind, within)))
        {
            if (!_used.Add(rename))
            {
                continue;
            }

            if (!olds.Contains(rename.From, StringComparer.Ordinal))
            {
                Add(rename, $"{Old} has none of this name. {NearestName.Proposal(rename.From, olds)}");
            }
            else if (!named.TryAdd(rename.From, rename))
            {
                Add(rename, "it has two successors in the mapping");
            }
            else if (!news.Contains(rename.To, StringComparer.Ordinal))
            {
                Add(rename, $"{New} has no {Rename.Word(kind)} '{Names.Printable(rename.To)}' in its place. {NearestName.Proposal(rename.To, news)}");
            }
        }

        return named;
    }

    private void Add(Rename rename, string why) => _obstacles.Add(new DefinitionProblem(rename.Element, why.TrimEnd('.'), "8.8", "Correct the mapping."));

    private void Add(ElementKind kind, IReadOnlyList<string> within, string name, string why, string remedy, string statement) =>
        _obstacles.Add(new DefinitionProblem(Rename.Words(kind, within, name), why, statement, remedy));
}
