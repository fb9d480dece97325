using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>An event as it was written down.</summary>
internal abstract record EventDraft(string Name, Rule? SucceedingRule)
{
    /// <summary>The event with its rules bound to the data fields of its activity.</summary>
    public abstract EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule);
}

/// <summary>A server event or an IPC event: nothing of it but its succeeding rule is bound.</summary>
internal sealed record SystemEventDraft(string Name, Rule? SucceedingRule, Func<Rule?, EventDefinition> Make) : EventDraft(Name, SucceedingRule)
{
    /// <summary>Code that only computes, as the code of an event.</summary>
    public static ServerEventCode WithoutWaiting(Action<ServerEventContext> code) => (context, _) =>
    {
        code(context);
        return ValueTask.CompletedTask;
    };

    public override EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule) => Make(succeedingRule);
}

/// <summary>A client event.</summary>
internal sealed record ClientEventDraft(string Name, ClientEventBuilder Builder) : EventDraft(Name, Builder.Succeeding)
{
    public override EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule) => activity.Client(this, succeedingRule);
}
