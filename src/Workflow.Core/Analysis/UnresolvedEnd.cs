using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>The way an activity ends when no outcome is true, and whether its definition foresees that (statement 0.3).</summary>
internal sealed class UnresolvedEnd(ProcessDefinition definition, ActivityDefinition activity)
{
    public const string WhyPolicyUnknown =
        "how many destinations there are is not known, and with more destinations than slots it waits for an answer that cannot come";

    private readonly string? _atFirst = activity.ActivityFields.Initial[activity.OutcomeOrdinal].Reference as string;
    private readonly bool _isEndHandled = IsEndHandled(definition, activity);

    /// <summary>Whether the definition itself says what happens then. The activity fails or waits as it is told to. Or it ends, and a line can follow the first
    /// value of <c>Outcome</c>, which may be nothing. Null when it ends so in some cases only.</summary>
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
        WhenUnresolved.Complete => $"ends without an outcome{WhatIsHeld}",
        WhenUnresolved.Expire => $"expires without an outcome{WhatIsHeld}",
        null => $"ends without an outcome{WhatIsHeld}, or waits for an answer that cannot come",
        _ => "waits for an answer that cannot come",
    };

    private string WhatIsHeld => _atFirst is null ? "" : $" ('{_atFirst}' at first, which no line follows)";

    /// <summary>An activity without lines is an end, and the value that was declared for it says which one. Where there are lines, a value that none of them
    /// follows ends the branch without a word.</summary>
    private static bool IsEndHandled(ProcessDefinition definition, ActivityDefinition activity)
    {
        var atFirst = activity.ActivityFields.Initial[activity.OutcomeOrdinal];
        return activity.OutgoingLines.Length == 0
            ? !atFirst.IsNull
            : new LinesAfter(definition, activity).CanBeFollowed(atFirst.Reference as string);
    }

    /// <summary>The policy; null when it is not known.</summary>
    private WhenUnresolved? PolicyIn(SlotPlan plan) =>
        activity.WhenUnresolved is not WhenUnresolved.ByPlan ? activity.WhenUnresolved : ByPlan(plan);

    /// <summary>Planned once, a task without a rule of its own stays open, and with such a rule the only destination is completed. Fewer slots than
    /// destinations leave destinations that can never answer.</summary>
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
