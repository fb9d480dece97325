namespace Workflow.Core.Definitions.Building;

/// <summary>Checks that an activity that keeps the rest can have one (statement 13.1l).</summary>
internal static class RestCheck
{
    private const string Statement = "13.1l";

    public static void Check(DefinitionProblems problems, ProcessDraft draft)
    {
        foreach (var activity in draft.Activities)
        {
            if (activity.IsRestKept)
            {
                Check(problems, activity, $"activity '{activity.Name}'");
            }
        }
    }

    private static void Check(DefinitionProblems problems, ActivityBuilder activity, string element)
    {
        problems.AddIf(
            activity.Plan is null or PlanOption.JustOnce || activity is { Plan: PlanOption.PerSlot, Allocation: SlotAllocation.Fixed { Count: 1 } }, element,
            "it keeps the rest, and its plan makes one activity instance destination, so there is no rest", Statement,
            "Plan per destination, or per slot with several slots, or leave out KeepRest().");
        problems.AddIf(
            activity.Plan is PlanOption.PerDestinationInTurn, element,
            "it keeps the rest, and the succeeding rule is asked after the last turn, so there is no rest", Statement,
            "Plan per destination, all at once, or leave out KeepRest().");
        problems.AddIf(
            activity is { Succeeding: null, Outcomes.Count: 0 }, element,
            "it keeps the rest when its succeeding rule is true, and it has neither a succeeding rule nor outcomes", Statement,
            "Say with SucceedingRule(...) when the lines are asked, or leave out KeepRest().");
        problems.AddIf(
            activity.IsEnd, element, "it ends the process, so the rest could not go on", Statement, "Leave out EndsProcess(), or KeepRest().");
    }
}
