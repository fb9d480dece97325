using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Analysis;

/// <summary>Gives an activity with one task all answers there are, in one plan at a time. It asks for outcomes when the engine does:
/// after every answer, or in turn after the last.</summary>
/// <remarks>The trial ignores who gives an answer. Of the order, it keeps only which answer was the last, if a rule asks for it. So two sequences that agree in
/// both are tried once.</remarks>
internal sealed class AnswerTrial
{
    public const int MostSlots = 6;
    public const int MostActions = 4;

    private readonly ProcessDefinition _definition;
    private readonly ActivityDefinition _activity;
    private readonly IReadOnlyList<string> _actions;
    private readonly (OutcomeDefinition Outcome, PartialRule? Rule)[] _outcomes;
    private readonly PartialRule? _eventRule;
    private readonly HashSet<string> _restricted;
    private readonly bool _arePeopleKnown;
    private readonly bool _doesLastAnswerCount;
    private readonly bool _areDestinationsSeen;

    /// <summary>Whether one answer completes all slots: that of an outside system, where there is one destination for all (statement 3.7).</summary>
    private readonly bool _answersAllAtOnce;

    public AnswerTrial(ProcessDefinition definition, ActivityDefinition activity, SlotPlans plans)
    {
        _definition = definition;
        _activity = activity;
        var task = Array.Find(activity.EventArray, item => item.TakesAnswers);
        _actions = task?.FinalAnswers ?? [];
        _restricted = task is ClientEventDefinition client ? RestrictedOf(client) : [];
        _answersAllAtOnce = task is ServerEventDefinition && activity.DestinationRule.Plan is PlanOption.JustOnce;
        var reads = activity.OutcomeArray.Select(outcome => outcome.Rule)
            .Append(task?.SucceedingRule)
            .OfType<Rule>()
            .Select(rule => Knowledge(RulePlace.ActivitySucceeding).ReadsOf(rule))
            .ToList();
        _doesLastAnswerCount = reads.Exists(read => read.LastAnswer);
        _areDestinationsSeen = _doesLastAnswerCount || reads.Exists(read => read.EveryDestination);
        _arePeopleKnown = plans.All.All(plan => plan.People is not null);
        _eventRule = task?.SucceedingRule is { } rule ? PartialRule.Of(rule, Knowledge(RulePlace.EventSucceeding)) : null;
        var knowledge = Knowledge(RulePlace.ActivitySucceeding);
        _outcomes = [.. activity.OutcomeArray.Select(outcome => (outcome, outcome.Rule is null ? null : PartialRule.Of(outcome.Rule, knowledge)))];
    }

    private static HashSet<string> RestrictedOf(ClientEventDefinition task) => task.ActionArray
        .Where(action => action.Rights.AreRestricted)
        .Select(action => action.Name)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Answers after which no outcome is true: certain ones if there are any. Null when there are none.</summary>
    public TriedAnswers? Find(SlotPlan plan)
    {
        TriedAnswers? uncertain = null;
        var current = new List<TriedAnswers> { new(plan, [], WhyUncertain: null) };
        var answers = Math.Min(plan.Slots, plan.People ?? plan.Slots);
        for (var answered = 1; answered <= answers; answered++)
        {
            var next = new List<TriedAnswers>();
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (var tried in current.SelectMany(former => AnswersAfter(former).Select(action => Add(former, action))))
            {
                if (!known.Add(KeyOf(tried)))
                {
                    continue;
                }

                if (_answersAllAtOnce && answered < answers)
                {
                    next.Add(tried);
                    continue;
                }

                var (isOver, outcome, why) = Ask(tried, isLast: answered == answers);
                var after = tried with { WhyUncertain = tried.WhyUncertain ?? why };
                if (isOver && outcome != true)
                {
                    if (after.IsCertain)
                    {
                        return after;
                    }

                    uncertain ??= after;
                }
                else if (!isOver)
                {
                    next.Add(after);
                }
            }

            current = next;
        }

        return uncertain;
    }

    private IEnumerable<string> AnswersAfter(TriedAnswers former) => _answersAllAtOnce && former.Answers.Count > 0 ? [former.Answers[0]] : _actions;

    /// <summary>The trial does not vary who answers, so an action that not everybody may take may be impossible where it stands.</summary>
    private TriedAnswers Add(TriedAnswers former, string action) => former with
    {
        Answers = [.. former.Answers, action],
        WhyUncertain = former.WhyUncertain
            ?? (_restricted.Contains(action) ? $"the check could not try who can give these answers, because not everybody may take '{action}'" : null),
    };

    /// <summary>The same for answers after which every rule comes to the same.</summary>
    private string KeyOf(TriedAnswers tried)
    {
        var answers = string.Join('\n', tried.Answers.Order(StringComparer.Ordinal));
        return $"{answers}\n\n{(_doesLastAnswerCount ? tried.Answers[^1] : "")}\n{tried.IsCertain}";
    }

    /// <summary>The state that the engine would find after an answer: whether that was the last one, and whether an outcome is true.</summary>
    private (bool IsOver, bool? Outcome, string? WhyUncertain) Ask(TriedAnswers tried, bool isLast)
    {
        var inTurn = _activity.DestinationRule.Plan is PlanOption.PerDestinationInTurn;
        if (inTurn && !isLast)
        {
            return (false, null, null);
        }

        var (slots, _, people) = tried.Plan;
        var destination = TrialInstance.WithAnswers(_definition, _activity, slots, people ?? slots, tried.Answers, _areDestinationsSeen);
        if (_eventRule is not null && _eventRule.Evaluate(RuleScope.OfEvent(destination)) is var isDone && isDone != true)
        {
            // False at the last answer is a stall of the task, whatever the outcomes.
            var why = isDone is null ? $"the check could not find out whether the task is over: {_eventRule.WhyUnknown}" : null;
            return isLast ? (true, isDone is null ? null : true, why) : (false, null, why);
        }

        bool? result = false;
        string? whyUncertain = null;
        foreach (var (outcome, rule) in _outcomes)
        {
            var isTrue = rule!.Evaluate(RuleScope.OfActivity(destination));
            result |= isTrue;
            whyUncertain ??= isTrue is null ? $"the outcome '{outcome.Name}' could not be tried: {rule.WhyUnknown}" : null;
        }

        return (isLast || result == true || _eventRule is not null, result, result is null ? whyUncertain : null);
    }

    private RuleKnowledge Knowledge(RulePlace place) => new(_definition, _activity, place)
    {
        Knows = field => field is { Scope: FieldScope.Destination, Name: ActionResult.Name },
        KnowsAnswers = true,
        KnowsDestinations = _arePeopleKnown,
    };
}
