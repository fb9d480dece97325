namespace Workflow.Core.Definitions.Building;

/// <summary>Checks the joins of a process: that lines lead to them, and that the splits that they name are there (statement 13.1). Checks too that no line
/// leaves an activity that ends the process (statement 13.1g).</summary>
internal static class JoinCheck
{
    public static void Check(DefinitionProblems problems, ProcessDraft draft)
    {
        foreach (var activity in draft.Activities)
        {
            if (activity.Join is { } join)
            {
                Check(problems, draft, activity.Name, join);
            }

            problems.AddIf(
                activity.IsEnd && draft.Lines.Any(line => line.From == activity.Name), $"activity '{activity.Name}'",
                "it ends the process, and a line leaves it that could never be followed", "13.1g", "Leave out the line, or EndsProcess().");
        }
    }

    private static void Check(DefinitionProblems problems, ProcessDraft draft, string activity, Arrivals join)
    {
        var element = $"join of activity '{activity}'";
        var incoming = draft.Lines.Count(line => line.To == activity);
        problems.AddIf(
            incoming == 0, element, "no line leads to the activity, so nothing could arrive", "13.1", "Draw lines to it, or leave the join out.");
        var ends = draft.Lines.Select(line => (line.From ?? SplitSearch.Start, line.To)).ToList();
        if (join.Split is not { } split)
        {
            problems.AddIf(
                join.ExpiresOthers && incoming > 0 && SplitSearch.Find(ends, activity) is null,
                element, "it expires the others, and there is no activity from which all its lines come and whose branches they are", "13.1e",
                "Name the activity that the branches leave with Of(...), or leave out ThenExpireOthers().");
            problems.AddIf(
                join.Kind is ArrivalKind.AtLeast && join.Count > incoming && incoming > 0, element,
                $"it waits for {join.Count.Invariant()} lines, and {incoming.Invariant()} lead to the activity", "13.1e",
                "Wait for fewer, or draw more lines.");
            return;
        }

        if (!draft.Activities.Any(item => item.Name == split))
        {
            problems.Add(
                element, $"it counts the lines of the activity '{split}', which does not exist", "13.1c", "Declare the activity, or correct the name.");
            return;
        }

        var outgoing = draft.Lines.Count(line => line.From == split);
        var leaving = outgoing == 0 ? "none leaves" : "only one leaves";
        problems.AddIf(
            outgoing < 2, element, $"it counts the lines of the activity '{split}', and {leaving} it, so it splits nothing", "13.1c",
            "Name the activity that the branches leave.");
        problems.AddIf(
            join.Kind is ArrivalKind.AtLeast && join.Count > outgoing && outgoing >= 2, element,
            $"it waits for {join.Count.Invariant()} lines, and {outgoing.Invariant()} leave the activity '{split}'", "13.1e",
            "Wait for fewer, or draw more lines.");
        problems.AddIf(
            outgoing >= 2 && incoming > 0 && !SplitSearch.Leads(ends, split, activity), element,
            $"it counts the lines of the activity '{split}', and none of them leads here, over any activities", "13.1c",
            "Name the activity that the branches leave, or draw the missing lines.");
    }
}
