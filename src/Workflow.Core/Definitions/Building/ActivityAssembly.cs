using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Builds one activity from its draft, and collects the problems.</summary>
internal sealed partial class ActivityAssembly
{
    private readonly DefinitionProblems _problems;
    private readonly ActivityBuilder _draft;
    private readonly int _ordinal;
    private readonly FieldTable _processFields;
    private readonly EscalationAssembly _escalations;
    private readonly Action<string, GotoRequest> _checkGoto;
    private readonly string? _defaultCalendar;
    private readonly FieldTable _activityFields;
    private readonly FieldTable _destinationFields;
    private AnswerNames? _names;

    public ActivityAssembly(
        DefinitionProblems problems, ActivityBuilder draft, int ordinal, FieldTable processFields, string? defaultCalendar, EscalationAssembly escalations,
        Action<string, GotoRequest> checkGoto)
    {
        (_escalations, _checkGoto) = (escalations, checkGoto);
        _problems = problems;
        _draft = draft;
        _ordinal = ordinal;
        _processFields = processFields;
        _defaultCalendar = defaultCalendar;
        _activityFields = FieldAssembly.Table(draft.Element, draft.AllFields, FieldScope.Activity);
        _destinationFields = FieldAssembly.Table(draft.Element, draft.AllFields, FieldScope.Destination);
    }

    public ActivityDefinition Assemble(IReadOnlyList<LineDefinition> lines, bool areActorsWanted, bool isExclusive)
    {
        _problems.CheckName($"activity '{_draft.Name}'", _draft.Name);
        var fields = CheckFields();
        var rules = new ActivityRules(
            Bind("preceding rule", _draft.Preceding, Binder(RulePlace.Preceding)),
            StartRule(),
            Destinations(),
            Bind("succeeding rule", _draft.Succeeding, Binder(RulePlace.ActivitySucceeding)),
            Outcomes(),
            _draft.Unresolved,
            Escalations(_draft.Escalations, $"activity '{_draft.Name}'"));
        var milestone = Binder(RulePlace.Milestone);
        _problems.CheckUnique(_draft.Events.Select(item => item.Name), "event", _draft.Element);
        _problems.AddIf(
            _draft.Events.Any(item => item is ClientEventDraft) && _draft.Events.Any(item => item is ServerEventDraft { TakesAnswers: true }),
            _draft.Element, "it has a task and an event that waits for an answer, and its outcomes would see the answers to the task only", "7.3b",
            "Let each have an activity of its own.");
        return new ActivityDefinition(
            _draft.Name,
            _ordinal,
            rules,
            [.. _draft.Events.Select(Event)],
            [.. fields.Select(field => new DataFieldDefinition(field, isRequiredAtStart: false))],
            _activityFields,
            _destinationFields,
            _draft.TaskPriority,
            _draft.Duration,
            [.. lines.Where(line => string.Equals(line.From, _draft.Name, StringComparison.Ordinal))])
        {
            AreActorsWanted = areActorsWanted,
            ExceptionRule = _draft.OnException,
            Join = _draft.Join,
            EndsProcess = _draft.IsEnd,
            IsExclusive = isExclusive,
            KeepsRest = _draft.IsRestKept,
            Milestone = Bind("milestone", _draft.Reached, milestone),
            MilestoneReads = milestone.Reads,
        };
    }

    private DueTime? StartRule() => _draft.Start is { } draft
        ? _problems.Bind($"start rule of activity '{_draft.Name}'", draft, Binder(RulePlace.Start), _defaultCalendar)
        : null;

    private IReadOnlyList<Field> CheckFields()
    {
        var fields = FieldAssembly.Check(
            _problems, "activity", _draft.Name, _draft.AllFields, FieldScope.Activity, FieldScope.Destination);
        foreach (var field in fields)
        {
            _problems.AddIf(
                _processFields.OrdinalOf(field.Name) >= 0,
                $"data field '{field.Name}' of activity '{_draft.Name}'",
                "the process has a data field of this name too, and callers who set it by name would not know which",
                "11.1",
                "Give one of them another name.");
            _problems.AddIf(
                AnswerFields.IsTaken(field),
                $"data field '{field.Name}' of activity '{_draft.Name}'",
                "the engine stores people's answers under this name as a text, and cannot do so in another scope or type",
                "2.4",
                "Give it another name.");
        }

        return fields;
    }

    private EventDefinition Event(EventDraft item)
    {
        var element = $"event '{item.Name}' of activity '{_draft.Name}'";
        _problems.CheckName(element, item.Name);
        var binder = Binder(RulePlace.EventSucceeding, item.TakesAnswers ? item : null);
        var rule = item.SucceedingRule is { } written ? _problems.Bind(element, written, binder) : null;
        _problems.AddIf(
            item is ServerEventDraft { TakesAnswers: true } && binder.Reads.Answers, element,
            "its succeeding rule counts answers of slots, and an answer of another system completes them behind it, so the rule would stay false", "7.3",
            "Count them in an outcome, or in the succeeding rule of the activity.");
        var bound = item.Bind(this, rule, Escalations(item.Escalations, element));
        bound.ExceptionRule = item.ExceptionRule;
        return bound;
    }

    private EscalationDefinition[] Escalations(IReadOnlyList<EscalationDraft> drafts, string owner) =>
        _escalations.Assemble(drafts, owner, () => Binder(RulePlace.Escalation));

    private OutcomeDefinition[] Outcomes()
    {
        _problems.AddIf(
            _draft.Outcomes.Count > 0 && _draft.Succeeding is not null, _draft.Element, "it has outcomes and a succeeding rule, and the outcomes take the "
                + "place of the rule", "2.5",
            "Leave one of them out.");
        _problems.AddIf(
            _draft.SaidAtFirst is not null && _draft.Outcomes.Count == 0 && !_draft.DeclaresOutcomeField, _draft.Element,
            "OutcomeAtFirst says what its outcome is at first, and it has no outcomes", "2.4",
            "Give it some with OutcomesFromActions() or Outcome(...), or leave OutcomeAtFirst out.");
        _problems.AddIf(
            _draft.SaidAtFirst is not null && _draft.DeclaresOutcomeField, _draft.Element,
            $"OutcomeAtFirst says what '{Rules.Outcome.Name}' holds at first, and so does the field of this name that it declares", "2.4",
            "Leave one of them out: the field has the value that it is declared with.");
        _problems.CheckUnique(_draft.Outcomes.Select(outcome => outcome.Name), "outcome", _draft.Element);
        return [.. _draft.Outcomes.Select(Outcome)];
    }

    private OutcomeDefinition Outcome(OutcomeDefinition draft)
    {
        var element = $"outcome '{draft.Name}' of activity '{_draft.Name}'";
        _problems.CheckName(element, draft.Name);
        return new OutcomeDefinition(draft.Name, draft.Rule is null ? null : _problems.Bind(element, draft.Rule, Binder(RulePlace.ActivitySucceeding)));
    }

    private DestinationRule Destinations()
    {
        var plan = _draft.Plan ?? PlanOption.JustOnce;
        var slots = _draft.Allocation ?? Slots.Number(1);
        var hasClientEvent = _draft.Events.Any(item => item is ClientEventDraft);
        var element = $"destination rule of activity '{_draft.Name}'";
        _problems.AddIf(
            hasClientEvent && plan is PlanOption.PerSlot, element, "plan per slot has no destinations, so nobody could act on the client event", "4.5",
            "Plan just once or per destination, or use a server event.");
        _problems.AddIf(
            hasClientEvent && _draft.Sets.Count == 0 && plan is not PlanOption.PerSlot, element, "the client event has no destinations", "4.12",
            "Say who gets the task.");
        _problems.AddIf(
            slots is SlotAllocation.EachDestination && (_draft.Sets.Count == 0 || plan is PlanOption.PerSlot), element,
            "a slot for each destination, and there are no destinations", "4.4",
            "Give a number with Slots.Number(...), or a list with Slots.ForEach(...).");
        CheckCount(element, slots, hasClientEvent);
        _problems.AddIf(
            plan is PlanOption.PerDestination or PlanOption.PerDestinationInTurn && _draft.Sets.Count == 0, element,
            "it plans per destination, and there are no destinations", "4.5", "Name its destinations with Destinations(...), or plan per slot.");
        _problems.AddIf(
            slots is not SlotAllocation.EachDestination && slots.Source is not null && plan is not PlanOption.PerSlot, element,
            "instance data is for plan per slot only", "4.7", "Plan per slot, or give a number of slots without a list.");
        return new DestinationRule(plan, BindSlots(element, slots), Sets(element), _draft.WhenNobodyPolicy, hasClientEvent);
    }

    private DestinationSet[] Sets(string element)
    {
        _problems.CheckUnique(_draft.Sets.Select(set => set.Name), "destination set", _draft.Element);
        return [.. _draft.Sets.Select(set => Set(element, set))];
    }

    private DestinationSet Set(string element, SetDraft draft)
    {
        var place = $"destination set '{draft.Name}' of activity '{_draft.Name}'";
        _problems.CheckName(place, draft.Name);
        _problems.AddIf(draft.Sources.Count == 0, place, "it names nobody", "4.1", "Add users, groups or roles.");
        var binder = Binder(RulePlace.DestinationSet);
        var rule = draft.Rule?.Bind(binder);
        var bound = new DestinationSet(
            draft.Name, rule, [.. draft.Sources.Select(source => source.Bind(binder))], [.. draft.Except.Select(source => source.Bind(binder))],
            draft.Treatment);
        _problems.Take(place, binder);
        return bound;
    }

    private void CheckCount(string element, SlotAllocation slots, bool hasClientEvent)
    {
        if (slots is not SlotAllocation.Fixed { Count: var count })
        {
            return;
        }

        _problems.AddIf(count < 0, element, $"it plans {count.Invariant()} slots", "4.4", "Plan none or more.");
        _problems.AddIf(hasClientEvent && count == 0, element, "it plans no slot, so nobody could act on the client event", "4.13", "Plan at least one.");
    }

    /// <summary>Slots are counted before there is a destination, so only process and activity fields are in reach.</summary>
    private SlotAllocation BindSlots(string element, SlotAllocation slots)
    {
        var binder = Binder(RulePlace.DestinationSet);
        var bound = slots.Bind(binder);
        _problems.Take(element, binder);
        return bound;
    }

    private Rule? Bind(string kind, Rule? rule, RuleBinder binder) =>
        rule is null ? null : _problems.Bind($"{kind} of activity '{_draft.Name}'", rule, binder);

    private RuleBinder Binder(RulePlace place, EventDraft? only = null) => new(place, _processFields, _activityFields, _destinationFields)
    {
        Names = only is null ? _names ??= AnswerFields.NamesOf(_draft) : AnswerFields.NamesOf(_draft, only),
    };
}
