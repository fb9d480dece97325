using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>A server event.</summary>
internal sealed record ServerEventDraft(string Name, Rule? SucceedingRule, ServerEventCode Code, bool IsPure, ServerEventBuilder Builder)
    : EventDraft(Name, SucceedingRule)
{
    public override IReadOnlyList<EscalationDraft> Escalations => Builder.Escalations;

    public override ExceptionHandler? ExceptionRule => Builder.OnException;

    /// <summary>The class of the host that the code calls; null for code that is none.</summary>
    public CodeClass? Class { get; init; }

    /// <summary>Whether it waits in any case when its code has returned.</summary>
    public bool Waits { get; init; }

    /// <summary>The answers with one of which an outside system finishes it; null where it is finished without an answer.</summary>
    public IReadOnlyList<string>? Listed { get; init; }

    public override bool TakesAnswers => Listed is not null;

    public override IEnumerable<string> Answers => Listed ?? [];

    public override IEnumerable<string> FinalAnswers => Answers;

    /// <summary>Code that only computes, as the code of an event.</summary>
    public static ServerEventCode WithoutWaiting(Action<ServerEventContext> code) => (context, _) =>
    {
        code(context);
        return ValueTask.CompletedTask;
    };

    /// <summary>A class of the host as the code of an event.</summary>
    public static ServerEventCode Calling(CodeClass code) => (context, cancellation) =>
        context.CallAsync(code, made => ((IServerEventCode)made).ExecuteAsync(context, cancellation));

    public override EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule, EscalationDefinition[] escalations) =>
        activity.Server(this, succeedingRule, escalations);
}
