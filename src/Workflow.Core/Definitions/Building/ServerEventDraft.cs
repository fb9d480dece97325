using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>A server event.</summary>
internal sealed record ServerEventDraft(string Name, Rule? SucceedingRule, ServerEventCode Code, bool IsPure, ServerEventBuilder Builder)
    : EventDraft(Name, SucceedingRule)
{
    public override IReadOnlyList<EscalationDraft> Escalations => Builder.Escalations;

    public override ExceptionHandler? ExceptionRule => Builder.OnException;

    /// <summary>Code that only computes, as the code of an event.</summary>
    public static ServerEventCode WithoutWaiting(Action<ServerEventContext> code) => (context, _) =>
    {
        code(context);
        return ValueTask.CompletedTask;
    };

    public override EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule, EscalationDefinition[] escalations) =>
        activity.Server(this, succeedingRule, escalations);
}
