using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>The way an activity ends when no outcome is true, and whether its definition foresees that (statement 0.3).</summary>
internal sealed class UnresolvedEnd(ProcessDefinition definition, ActivityDefinition activity)
{
    public const string WhyPolicyUnknown =
        "how many destinations there are is not known, and with more destinations than slots it waits for an answer that cannot come";

    private readonly bool _isEndHandled = !activity.ActivityFields.Initial[activity.OutcomeOrdinal].IsNull
        || new LinesAfter(definition, activity).CanBeFollowed(outcome: null);

    /// <summary>Whether the definition says itself what happens then: it fails or waits as it is told to, or it ends, and <c>Outcome</c> holds a value at first
    /// or a line
    /// can be followed without an outcome. Null when it ends so in some cases only.</summary>
    public bool? IsForeseen(SlotPlan plan) => PolicyIn(plan) switch
    {
        WhenUnresolved.Fail => true,
        WhenUnresolved.Wait => activity.WhenUnresolved is WhenUnresolved.Wait,
        null => _isEndHandled ? null : false,
        _ => _isEndHandled,
    };

    /// <summary>In words, as the end of a sentence.</summary>
    public string WhatHappens(SlotPlan plan) => PolicyIn(plan) switch
    {
        WhenUnresolved.Complete => "ends without an outcome",
        WhenUnresolved.Expire => "expires without an outcome",
        null => "ends without an outcome, or waits for an answer that cannot come",
        _ => "waits for an answer that cannot come",
    };

    /// <summary>The policy; null when it is not known.</summary>
    private WhenUnresolved? PolicyIn(SlotPlan plan) =>
        activity.WhenUnresolved is not WhenUnresolved.ByPlan ? activity.WhenUnresolved : ByPlan(plan);

    /// <summary>Planned once, a task without a rule of its own stays open, and with such a rule the only destination is completed. Fewer slots than destinations
    /// leave destinations that can never answer.</summary>
    private WhenUnresolved? ByPlan(SlotPlan plan) => activity.DestinationRule switch
    {
        { Plan: PlanOption.JustOnce } => activity.EventArray.OfType<ClientEventDefinition>().Any(task => task.SucceedingRule is null)
            ? WhenUnresolved.Wait
            : WhenUnresolved.Complete,
        { Plan: PlanOption.PerDestination } when plan.Destinations is null => null,
        { Plan: PlanOption.PerDestination } when plan.Slots < plan.Destinations => WhenUnresolved.Wait,
        _ => WhenUnresolved.Complete,
    };
}
