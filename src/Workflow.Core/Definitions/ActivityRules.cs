using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>The rules of one activity, bound to its data fields.</summary>
internal sealed record ActivityRules(
    Rule? Preceding,
    DueTime? Start,
    DestinationRule Destination,
    Rule? Succeeding,
    OutcomeDefinition[] Outcomes,
    WhenUnresolved WhenUnresolved,
    EscalationDefinition[] Escalations);
