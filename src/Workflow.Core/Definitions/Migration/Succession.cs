namespace Workflow.Core.Definitions.Migration;

/// <summary>The element of one version that each element of another becomes (statement 8.8). It holds for every instance, and does not look at any.</summary>
internal sealed class Succession
{
    private Succession(ProcessDefinition from, ProcessDefinition to) => (From, To) = (from, to);

    /// <summary>The version that is left.</summary>
    public ProcessDefinition From { get; }

    /// <summary>The version that takes its place.</summary>
    public ProcessDefinition To { get; }

    /// <summary>Why no instance can go from one to the other, each with the element and what to do; none when instances can.</summary>
    public required IReadOnlyList<DefinitionProblem> Obstacles { get; init; }

    /// <summary>Of each process field its new position.</summary>
    public required IReadOnlyList<int> Fields { get; init; }

    /// <summary>Of each activity its successor; only without obstacles are all there.</summary>
    public required IReadOnlyList<ActivitySuccession?> Activities { get; init; }

    /// <summary>The new names of lines, by their old ones.</summary>
    public required IReadOnlyDictionary<string, string> Lines { get; init; }

    /// <summary>The new names of the escalations of the process, by their old ones.</summary>
    public required IReadOnlyDictionary<string, string> Escalations { get; init; }

    /// <summary>The activities whose actors only the new version keeps, because a destination rule of it asks for them.</summary>
    public IEnumerable<string> ActivitiesThatKeepActorsNow => Activities
        .Where(change => change!.To.AreActorsWanted && !change.From.AreActorsWanted)
        .Select(change => change!.To.Name);

    /// <summary>Compares two versions.</summary>
    /// <param name="from">The version that is left.</param>
    /// <param name="to">The version that takes its place.</param>
    /// <param name="renames">The elements whose name has changed.</param>
    public static Succession Of(ProcessDefinition from, ProcessDefinition to, Renames renames)
    {
        var names = new NameMatch(from, to, renames);
        var activities = names.Match(
            ElementKind.Activity, [], from.ActivityArray.Select(activity => activity.Name), to.ActivityArray.Select(activity => activity.Name));
        var fields = FieldMatch.Of(names, [], from.ProcessFields, to.ProcessFields);
        var escalations = names.Match(ElementKind.Escalation, [], NamesOf(from.EscalationArray), NamesOf(to.EscalationArray));
        ActivitySuccession?[] successions =
        [
            .. from.ActivityArray.Select(activity => activities.TryGetValue(activity.Name, out var successor)
                ? ActivitySuccession.Of(names, activity, to.Find(successor)!)
                : null),
        ];
        var lines = LineMatch.Of(names, from, to, activities, successions);
        names.RefuseUnused();
        return new Succession(from, to)
        {
            Fields = fields, Activities = successions, Lines = lines, Escalations = escalations, Obstacles = names.Obstacles,
        };
    }

    internal static IEnumerable<string> NamesOf(EscalationDefinition[] escalations) => escalations.Select(escalation => escalation.Name);

    /// <summary>The new name of an activity. It may be one that only the history knows.</summary>
    public string ActivityOf(string name) => From.Find(name) is { } known ? Activities[known.Ordinal]!.To.Name : name;

    /// <summary>The new name of a line.</summary>
    public string LineOf(string name) => Lines.GetValueOrDefault(name, name);
}
