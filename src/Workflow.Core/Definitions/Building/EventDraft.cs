using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>An event as it was written down.</summary>
internal abstract record EventDraft(string Name, Rule? SucceedingRule)
{
    public abstract IReadOnlyList<EscalationDraft> Escalations { get; }

    /// <summary>Decides what becomes of its exceptions; null for nobody.</summary>
    public abstract ExceptionHandler? ExceptionRule { get; }

    /// <summary>Whether answers are written to <c>Action Result</c> (statement 2.4).</summary>
    public virtual bool TakesAnswers => false;

    /// <summary>The names that <c>Action Result</c> can hold behind the event.</summary>
    public virtual IEnumerable<string> Answers => [];

    /// <summary>Those of them that end it.</summary>
    public virtual IEnumerable<string> FinalAnswers => [];

    /// <summary>The event with its rules bound to the data fields of its activity.</summary>
    public abstract EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule, EscalationDefinition[] escalations);
}

/// <summary>The start of another process.</summary>
internal sealed record IpcEventDraft(string Name, string ChildProcess, SubProcessBuilder Builder) : EventDraft(Name, Builder.Succeeding)
{
    public override IReadOnlyList<EscalationDraft> Escalations => Builder.Escalations;

    public override ExceptionHandler? ExceptionRule => Builder.OnException;

    public override EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule, EscalationDefinition[] escalations) =>
        activity.SubProcess(this, succeedingRule, escalations);
}

/// <summary>A client event.</summary>
internal sealed record ClientEventDraft(string Name, ClientEventBuilder Builder) : EventDraft(Name, Builder.Succeeding)
{
    public override IReadOnlyList<EscalationDraft> Escalations => Builder.Escalations;

    public override ExceptionHandler? ExceptionRule => Builder.OnException;

    public override bool TakesAnswers => true;

    public override IEnumerable<string> Answers => Named(ActionKind.Finish, ActionKind.Update);

    public override IEnumerable<string> FinalAnswers => Named(ActionKind.Finish);

    private IEnumerable<string> Named(params ActionKind[] kinds) =>
        Builder.Actions.Where(action => kinds.Contains(action.Kind)).Select(action => action.Name);

    public override EventDefinition Bind(ActivityAssembly activity, Rule? succeedingRule, EscalationDefinition[] escalations) =>
        activity.Client(this, succeedingRule, escalations);
}
