using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>An event that waits for a signal.</summary>
internal sealed record SignalEventDraft(string Name, string Signal, Rule? SucceedingRule, SignalEventBuilder Builder) : EventDraft(Name, SucceedingRule)
{
    public override IReadOnlyList<EscalationDraft> Escalations => Builder.Escalations;

    public override ExceptionHandler? ExceptionRule => Builder.OnException;

    public override EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule, EscalationDefinition[] escalations) =>
        new SignalEventDefinition(Name, Signal, succeedingRule, escalations);
}
