using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Finds activities whose outcomes can all be false when everybody has answered, with answers for which they are.</summary>
internal sealed class OutcomeCheck : DefinitionCheck
{
    private const string WhyPlanUncertain = "none of them is true, but only data or the resolver tell how many slots and destinations there are";

    public override IEnumerable<Finding> Find(ProcessDefinition definition) => definition.ActivityArray
        .Where(activity => activity.OutcomeArray.Length > 0 && Array.TrueForAll(activity.OutcomeArray, outcome => outcome.Rule is not null))
        .Select(activity => Of(definition, activity))
        .OfType<Finding>();

    private static Finding? Of(ProcessDefinition definition, ActivityDefinition activity)
    {
        var end = new UnresolvedEnd(definition, activity);
        var plans = SlotPlans.Of(activity.DestinationRule, Array.Exists(activity.EventArray, IsForAnybody));
        var open = plans.All.Where(plan => end.IsForeseen(plan) != true).ToList();
        if (open.Count == 0)
        {
            return null;
        }

        if (WhyNotTried(activity) is { } reason)
        {
            return NotTried(activity, reason);
        }

        var found = Try(new AnswerTrial(definition, activity, plans), plans, open, end);
        if (found.FindAll(answers => answers.IsCertain) is { Count: > 0 } certain && AreCertain(plans, found))
        {
            return AllFalse(activity, certain, end, plans.AreAll);
        }

        if (found.Count > 0)
        {
            var first = found[0];
            return NotTried(activity, $"after {InWords(first)} {first.WhyUncertain ?? WhyPlanUncertain}");
        }

        var tooMany = open.Select(plan => plan.Slots).Where(slots => slots > AnswerTrial.MostSlots).Distinct().Select(slots => slots.Invariant()).ToList();
        return tooMany.Count == 0
            ? null
            : NotTried(activity, $"it plans more than {AnswerTrial.MostSlots.Invariant()} slots, the most that are tried: {string.Join(", ", tooMany)}");
    }

    /// <summary>Whether nobody needs to be a destination to answer: anyone may, or an outside system does.</summary>
    private static bool IsForAnybody(EventDefinition item) =>
        item is ClientEventDefinition { AllowsAnyUser: true } or ServerEventDefinition { Answers.Count: > 0 };

    /// <summary>The findings in each plan. If the definition says which plans there are, and each can happen, one certain finding is enough. If a role decides,
    /// each number of people that leads there matters.</summary>
    private static List<TriedAnswers> Try(AnswerTrial trial, SlotPlans plans, List<SlotPlan> open, UnresolvedEnd end)
    {
        var found = new List<TriedAnswers>();
        foreach (var plan in open.Where(plan => plan.Slots <= AnswerTrial.MostSlots))
        {
            if (trial.Find(plan) is not { } answers)
            {
                continue;
            }

            found.Add(answers.IsCertain && end.IsForeseen(plan) is null
                ? answers with { WhyUncertain = $"none of them is true, but {UnresolvedEnd.WhyPolicyUnknown}" }
                : answers);
            if (plans is { AreCertain: true, AreAll: true } && found[^1].IsCertain)
            {
                break;
            }
        }

        return found;
    }

    private static bool AreCertain(SlotPlans plans, List<TriedAnswers> found) => plans.AreCertain
        || (plans.AreAll && found.Count(answers => answers.IsCertain) == plans.All.Count);

    private static string? WhyNotTried(ActivityDefinition activity)
    {
        var tasks = activity.EventArray.Where(item => item.TakesAnswers).ToList();
        return tasks switch
        {
            [] => "it has no task and waits for no answer, and what its outcomes read is not known before it runs",
            [_, _, ..] => "it has several tasks, or waits for several answers",
            [{ SucceedingRule: not null }] when activity.DestinationRule.IsPerDestination => "its task has a succeeding rule of its own",
            [ServerEventDefinition { SucceedingRule: not null }] => "the event that waits for an answer has a succeeding rule of its own",
            [var task] when task.FinalAnswers.Count > AnswerTrial.MostActions => $"its task has {task.FinalAnswers.Count.Invariant()} actions that finish, "
                + $"and {AnswerTrial.MostActions.Invariant()} are the most that are tried",
            _ => null,
        };
    }

    private static Finding AllFalse(ActivityDefinition activity, List<TriedAnswers> found, UnresolvedEnd end, bool arePlansAll) => new(
        FindingIds.OutcomesCanAllBeFalse,
        FindingSeverity.Warning,
        PathOf(activity),
        $"{(arePlansAll ? $"after {InWords(found[0])}" : ByNumber(found))} none of its outcomes is true, so it {end.WhatHappens(found[0].Plan)}",
        "Add an outcome for the rest, for example with the rule Answers.AllGiven as the last one, or say what happens: with OutcomeAtFirst(...) and a "
        + "line that follows this value, or with WhenUnresolved(...).");

    private static Finding NotTried(ActivityDefinition activity, string reason) => new(
        FindingIds.OutcomesNotTried,
        FindingSeverity.Information,
        PathOf(activity),
        $"the check could not find out whether its outcomes can all be false: {reason}",
        "Make sure that one of them is true at the end, or say what happens: with OutcomeAtFirst(...) and a line that follows this value, or with "
        + "WhenUnresolved(...).");

    /// <summary>A role or group decides how many people answer, so it matters which numbers lead there.</summary>
    /// <returns>For example <c>when 1 person is asked, after the answer 'Yes', and when 2 people are asked, after the answers 'Yes', 'No',</c>.</returns>
    private static string ByNumber(List<TriedAnswers> found)
    {
        var numbers = found.Select(answers => answers.Plan.Slots == 1
            ? $"when 1 person is asked, after {AnswersOf(answers)}"
            : $"when {answers.Plan.Slots.Invariant()} people are asked, after {AnswersOf(answers)}");
        return $"the members of its role or group decide how many people are asked: {string.Join(", and ", numbers)},";
    }

    private static string InWords(TriedAnswers found) =>
        $"{AnswersOf(found)} in {found.Plan.Slots.Invariant()} {(found.Plan.Slots == 1 ? "slot" : "slots")}";

    private static string AnswersOf(TriedAnswers found) =>
        $"the {(found.Answers.Count == 1 ? "answer" : "answers")} {string.Join(", ", found.Answers.Select(answer => $"'{answer}'"))}";
}
