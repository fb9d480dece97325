using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>An event as it was written down.</summary>
internal abstract record EventDraft(string Name, Rule? SucceedingRule)
{
    public abstract IReadOnlyList<EscalationDraft> Escalations { get; }

    /// <summary>The event with its rules bound to the data fields of its activity.</summary>
    public abstract EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule, EscalationDefinition[] escalations);
}

/// <summary>A server event or an IPC event: nothing of it but its succeeding rule is bound.</summary>
internal sealed record SystemEventDraft(
    string Name, Rule? SucceedingRule, Func<Rule?, EscalationDefinition[], EventDefinition> Make, EventEscalations OwnEscalations)
    : EventDraft(Name, SucceedingRule)
{
    public override IReadOnlyList<EscalationDraft> Escalations => OwnEscalations.Drafts;

    /// <summary>Code that only computes, as the code of an event.</summary>
    public static ServerEventCode WithoutWaiting(Action<ServerEventContext> code) => (context, _) =>
    {
        code(context);
        return ValueTask.CompletedTask;
    };

    public override EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule, EscalationDefinition[] escalations) =>
        Make(succeedingRule, escalations);
}

/// <summary>A client event.</summary>
internal sealed record ClientEventDraft(string Name, ClientEventBuilder Builder) : EventDraft(Name, Builder.Succeeding)
{
    public override IReadOnlyList<EscalationDraft> Escalations => Builder.Escalations;

    public override EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule, EscalationDefinition[] escalations) =>
        activity.Client(this, succeedingRule, escalations);
}
