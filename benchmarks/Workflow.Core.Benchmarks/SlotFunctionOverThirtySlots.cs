using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks;

/// <summary>J9: one slot function over thirty completed slots, one for each of thirty destinations, against the same lines written by hand.</summary>
/// <remarks>Both go through the destinations and the completed slots of each. They read the same text field of each by position, and count those that say yes.
/// Twenty of thirty do, and twenty are asked for.</remarks>
public class SlotFunctionOverThirtySlots
{
    private const int Slots = 30;
    private const int Enough = 20;
    private const int VotePosition = 0;

    private static readonly DestinationField<string> Vote = new("Vote");

    private readonly ActivityInstanceDestination _last;
    private readonly Rule _rule;

    public SlotFunctionOverThirtySlots()
    {
        var processFields = FieldsOf.Table("the process", []);
        var activityFields = FieldsOf.Table("the activity", []);
        var destinationFields = FieldsOf.Table("the activity", [Vote]);
        var process = FieldsOf.Process(new DataFields(processFields));
        var now = process.StartedAt;
        var activity = process.AddActivity("Vote", 0, line: null, new DataFields(activityFields), now);
        activity.PlanSlots(Slots, Slots, isJustOnce: false);
        for (var slot = 0; slot < Slots; slot++)
        {
            activity.AddDestination([], 1, FieldValue.Null, new DataFields(destinationFields), now);
        }

        foreach (var destination in activity.Destinations)
        {
            destination.Set(VotePosition, FieldValue.From(destination.Id % 3 == 0 ? "nay" : "yes"));
            destination.Complete(now);
            activity.DestinationEnded();
        }

        _last = activity.Destinations[^1];
        _rule = FieldsOf.Bound(
            Answers.AtLeast(Enough).Satisfy(Vote == "yes"),
            new RuleBinder(RulePlace.ActivitySucceeding, processFields, activityFields, destinationFields));
    }

    [GlobalSetup]
    public void Check() => FieldsOf.RequireSame(ByHand(), Engine(), expected: true);

    [Benchmark(Baseline = true)]
    public bool ByHand() => ByHand(_last);

    [Benchmark]
    public bool Engine() => _rule.Evaluate(RuleScope.OfActivity(_last));

    /// <summary>Not inlined, as no rule is: otherwise the loop around it could take the reading out of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ByHand(ActivityInstanceDestination last)
    {
        var count = 0;
        foreach (var destination in last.Activity.DestinationSpan)
        {
            if (destination.SlotList is { } slots)
            {
                foreach (var slot in slots)
                {
                    count += slot.Status is SlotStatus.Completed && SaysYes(slot.Fields) ? 1 : 0;
                }
            }
            else
            {
                for (var answer = 0; answer < destination.OwnCompletedSlots; answer++)
                {
                    count += SaysYes(destination.Fields) ? 1 : 0;
                }
            }
        }

        return count >= Enough;
    }

    private static bool SaysYes(DataFields fields) =>
        fields[VotePosition].TryGet(out string vote) && string.Equals(vote, "yes", StringComparison.Ordinal);
}
