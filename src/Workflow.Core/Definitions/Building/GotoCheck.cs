namespace Workflow.Core.Definitions.Building;

/// <summary>Finds the activities that a goto names.</summary>
/// <param name="problems">Takes the problems.</param>
/// <param name="ordinals">The positions of the activities, by name.</param>
internal sealed class GotoCheck(DefinitionProblems problems, IReadOnlyDictionary<string, int> ordinals)
{
    public void Check(string element, GotoRequest request)
    {
        foreach (var activity in new[] { request.Activity, request.Expiring.Activity }.OfType<string>())
        {
            problems.AddIf(
                !ordinals.ContainsKey(activity), element, $"it names the activity '{activity}', which does not exist", "13.4",
                "Declare the activity, or correct the name.");
        }
    }
}
