namespace Workflow.Core.Definitions.Building;

/// <summary>Checks the exclusive groups of a process (statement 13.1f). An activity may be in several of them: it takes all of them at once, so nothing holds
/// one while it waits for another.</summary>
internal static class GroupCheck
{
    public static void Check(DefinitionProblems problems, ProcessDraft draft)
    {
        foreach (var group in draft.Groups)
        {
            var element = group.Activities.Count == 0
                ? "exclusive group"
                : $"exclusive group of {string.Join(", ", group.Activities.Select(name => $"'{name}'"))}";
            problems.AddIf(
                group.Activities.Count == 0, element, "it has no activity, so it excludes nothing", "13.1f", "Name its activities, or leave it out.");
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in group.Activities)
            {
                problems.AddIf(!known.Add(name), element, $"it names the activity '{name}' twice", "13.1f", "Name each activity once.");
                problems.AddIf(
                    !draft.Activities.Any(activity => activity.Name == name), element, $"it names the activity '{name}', which does not exist", "13.1f",
                    "Declare the activity, or correct the name.");
            }
        }
    }
}
