using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds activities whose outcomes can all be false when everybody has answered, with answers for which they are.</summary>
internal sealed class OutcomeCheck : DefinitionCheck
{
    public override IEnumerable<Finding> Find(ProcessDefinition definition)
    {
        foreach (var activity in definition.ActivityArray.Where(activity => activity.OutcomeArray.Length > 0 && !IsForeseen(activity)))
        {
            if (WhyNotTried(activity) is { } reason)
            {
                yield return NotTried(activity, reason);
            }
            else if (new AnswerTrial(definition, activity).Find() is { } found)
            {
                yield return found.IsCertain ? AllFalse(activity, found) : NotTried(activity, $"after {InWords(found)} {found.WhyUncertain}");
            }
        }
    }

    /// <summary>Whether the definition says itself what happens then: it fails, or ends with what Outcome holds at first (statement 0.3).</summary>
    private static bool IsForeseen(ActivityDefinition activity) => Policy(activity) switch
    {
        WhenUnresolved.Fail => true,
        WhenUnresolved.Complete or WhenUnresolved.Expire => !activity.ActivityFields.Initial[activity.OutcomeOrdinal].IsNull,
        _ => false,
    };

    /// <summary>What is done at the end, by the plan where nothing is said: fewer slots than destinations leave destinations that can never answer.</summary>
    private static WhenUnresolved Policy(ActivityDefinition activity)
    {
        var rule = activity.DestinationRule;
        return activity.WhenUnresolved is not WhenUnresolved.ByPlan
            ? activity.WhenUnresolved
            : rule.Plan is PlanOption.JustOnce || (rule.Plan is PlanOption.PerDestination && SlotNumbers.Of(rule)[0] < SlotNumbers.DestinationsOf(rule))
                ? WhenUnresolved.Wait
                : WhenUnresolved.Complete;
    }

    private static string? WhyNotTried(ActivityDefinition activity)
    {
        if (Array.Exists(activity.OutcomeArray, outcome => outcome.Rule is null))
        {
            return null;
        }

        var tasks = activity.EventArray.OfType<ClientEventDefinition>().ToList();
        return tasks switch
        {
            [] => "it has no task, and what its outcomes read is not known before it runs",
            [_, _, ..] => "it has several tasks",
            [{ SucceedingRule: not null }] when activity.DestinationRule.IsPerDestination => "its task has a succeeding rule of its own",
            [var task] when AnswerTrial.ActionsOf(task).Count > AnswerTrial.MostActions =>
                $"its task has {AnswerTrial.ActionsOf(task).Count.Invariant()} actions that finish, "
                + $"and {AnswerTrial.MostActions.Invariant()} are the most that are tried",
            _ when SlotNumbers.Of(activity.DestinationRule).All(slots => slots > AnswerTrial.MostSlots) =>
                $"it plans more than {AnswerTrial.MostSlots.Invariant()} slots, which are the most that are tried",
            _ => null,
        };
    }

    private static Finding AllFalse(ActivityDefinition activity, TriedAnswers found) => new(
        FindingIds.OutcomesCanAllBeFalse,
        FindingSeverity.Warning,
        PathOf(activity),
        $"after {InWords(found)} none of its outcomes is true, so it {WhatHappens(activity)}",
        "Add an outcome for the rest, for example with the rule Answers.AllGiven as the last one, or say what happens with OutcomeAtFirst(...) and "
        + "WhenUnresolved(...).");

    private static Finding NotTried(ActivityDefinition activity, string reason) => new(
        FindingIds.OutcomesNotTried,
        FindingSeverity.Information,
        PathOf(activity),
        $"whether its outcomes can all be false was not found out: {reason}",
        "Make sure that one of them is true at the end, or say what happens with OutcomeAtFirst(...) and WhenUnresolved(...).");

    private static string WhatHappens(ActivityDefinition activity) => Policy(activity) switch
    {
        WhenUnresolved.Complete => "ends without an outcome",
        WhenUnresolved.Expire => "expires without an outcome",
        _ => "waits for an answer that cannot come",
    };

    private static string InWords(TriedAnswers found)
    {
        var answers = string.Join(", ", found.Answers.Select(answer => $"'{answer}'"));
        return $"the {(found.Answers.Count == 1 ? "answer" : "answers")} {answers} in {found.Slots.Invariant()} {(found.Slots == 1 ? "slot" : "slots")}";
    }
}
