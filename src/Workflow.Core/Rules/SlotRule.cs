using System.Globalization;
using Workflow.Core.Formats;
using Workflow.Core.Instances;

namespace Workflow.Core.Rules;

/// <summary>A logical function over the slots of an activity (statement 3.7).</summary>
internal sealed class SlotRule : Rule
{
    private readonly SlotFunctionKind _kind;
    private readonly Operand<Number>? _count;
    private readonly Rule _predicate;

    public SlotRule(SlotFunctionKind kind, Operand<Number>? count, Rule predicate)
        : base(count is null ? RuleSize.Above(predicate.Size) : RuleSize.Above(count.Size, predicate.Size))
    {
        _kind = kind;
        _count = count;
        _predicate = predicate;
    }

    public static string Words(SlotFunctionKind kind, Operand<Number>? count) => kind switch
    {
        SlotFunctionKind.All => "All",
        SlotFunctionKind.AllSlots => "All Slots",
        SlotFunctionKind.AllCompleted => "All Completed",
        SlotFunctionKind.AtLeast => $"At Least {RuleWriter.Of(count!)}",
        SlotFunctionKind.AtMost => $"At Most {RuleWriter.Of(count!)}",
        _ => "None",
    };

    internal override Rule Rebuild(RuleBinder binder)
    {
        var function = Words(_kind, _count);
        binder.UseAnswers(function);
        if (_kind is SlotFunctionKind.All)
        {
            binder.Reads.AddEveryDestination();
        }

        ReportSenselessCount(binder, function);
        return new SlotRule(_kind, _count is null ? null : binder.BindWithin(_count), binder.BindPredicate(_predicate, function));
    }

    internal override TextTree ToTree() => new($"{_kind}", [.. _count is null ? Array.Empty<TextTree>() : [_count.ToTree()], _predicate.ToTree()]);

    internal override void Write(RuleWriter writer) =>
        writer.Append(Words(_kind, _count)).Append(" (").Append(_predicate, within: RuleRank.Or).Append(")");

    internal override bool Decide(in RuleScope scope) => _kind switch
    {
        SlotFunctionKind.All => EveryDestination(scope),
        SlotFunctionKind.AllSlots => IsEverySlotCompleted(scope) && NoAnswer(scope, satisfying: false),
        SlotFunctionKind.AllCompleted => scope.CompletedSlots > 0 && NoAnswer(scope, satisfying: false),
        SlotFunctionKind.None => NoAnswer(scope, satisfying: true),
        _ => IsCountAccepted(scope),
    };

    /// <summary>The destinations as the model has them: each activity instance destination with its answer, or with its own values while it has none
    /// (statement 0.1).</summary>
    private bool EveryDestination(in RuleScope scope)
    {
        if (scope.DestinationCount == 1 && scope.DestinationAt(0) is { Activity.IsJustOnce: true, WorklistHeader: not null, Destinations.Count: > 0 } everybody)
        {
            return EveryEntry(scope, everybody);
        }

        var entries = new DestinationEntries(scope);
        while (entries.MoveNext())
        {
            if (!_predicate.Evaluate(entries.Current))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>In plan just once: asks the rule for every user with the copy of their slot, or with the initial values while they have none. Asks it for every
    /// role or group by the slots of its members. At least one of them must hold a slot (statement 0.1).</summary>
    private bool EveryEntry(in RuleScope scope, ActivityInstanceDestination everybody)
    {
        var current = scope;
        foreach (var entry in everybody.People)
        {
            if (entry.Kind is DestinationKind.User)
            {
                var slot = everybody.WorklistHeader!.SlotOf(entry.Name);
                current.LookAt(everybody, slot?.Fields ?? everybody.Fields.Initial, slot, slot?.Status);
                if (!_predicate.Evaluate(current))
                {
                    return false;
                }
            }
            else if (!EveryMember(current, everybody, entry))
            {
                return false;
            }
        }

        return true;
    }

    private bool EveryMember(RuleScope current, ActivityInstanceDestination everybody, in Destination entry)
    {
        var isAnybodyThere = false;
        foreach (var slot in everybody.WorklistHeader!.Slots)
        {
            if (slot.Entry != entry)
            {
                continue;
            }

            isAnybodyThere = true;
            current.LookAt(everybody, slot.Fields, slot, slot.Status);
            if (!_predicate.Evaluate(current))
            {
                return false;
            }
        }

        return isAnybodyThere;
    }

    private static bool IsEverySlotCompleted(in RuleScope scope)
    {
        var completed = scope.CompletedSlots;
        var total = scope.SlotTotal;
        if (scope.Recorder is { } recorder)
        {
            recorder.Value("slots completed", completed.ToString(CultureInfo.InvariantCulture));
            recorder.Value("slots planned", total.ToString(CultureInfo.InvariantCulture));
        }

        return completed == total;
    }

    private bool NoAnswer(in RuleScope scope, bool satisfying)
    {
        if (_predicate is FieldRule clause && clause.CanBeAskedDirectly(scope))
        {
            return clause.CountIn(scope) == (satisfying ? 0 : scope.CompletedSlots);
        }

        var answers = new CompletedAnswers(scope);
        while (answers.MoveNext())
        {
            if (_predicate.Evaluate(answers.Current) == satisfying)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsCountAccepted(in RuleScope scope)
    {
        if (!_count!.Read(scope, out var bound))
        {
            return false;
        }

        var accepted = _kind is SlotFunctionKind.AtLeast ? Order.GreaterOrEqual : Order.LessOrEqual;
        return (Number.OrderOf(AnswerCount.Of(_predicate, scope), bound) & accepted) != 0;
    }

    private void ReportSenselessCount(RuleBinder binder, string function)
    {
        if (_count is not Constant<Number> { Value: var count })
        {
            return;
        }

        if (_kind is SlotFunctionKind.AtLeast && count < 1)
        {
            binder.Report($"'{function}' is true before anybody has answered", "3.7", "Ask for 1 or more.");
        }
        else if (_kind is SlotFunctionKind.AtMost && count < 0)
        {
            binder.Report($"'{function}' can never be true", "3.7", "Ask for 0 or more.");
        }
    }
}
