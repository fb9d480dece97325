using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>One event of an activity: a task of people, code that runs on the server, a wait for a signal, or the start of another process. Each activity
/// instance destination runs the events of its activity one after the other.</summary>
public abstract class EventDefinition
{
    private protected EventDefinition(string name, Rule? succeedingRule, EscalationDefinition[] escalations)
    {
        Name = name;
        SucceedingRule = succeedingRule;
        EscalationArray = escalations;
    }

    /// <summary>The name; unique within the activity.</summary>
    public string Name { get; }

    /// <summary>Whether the event is done when an answer, a return or a finish has come; null for the default (statements 0.2, 3.1 and 7.3).</summary>
    public Rule? SucceedingRule { get; }

    /// <summary>The escalations, which act when the event takes too long (statement 6.1).</summary>
    public IReadOnlyList<EscalationDefinition> Escalations => EscalationArray;

    /// <summary>Whether it has an exception rule of its own (statement 8.3).</summary>
    public bool HasExceptionRule => ExceptionRule is not null;

    /// <summary>The answers that end it, in the order of the definition: the actions that finish a task, or the answers of an outside system. Empty for an
    /// event that takes none (statements 2.4 and 7.3b).</summary>
    internal virtual IReadOnlyList<string> FinalAnswers => [];

    /// <summary>Whether answers are written to <c>Action Result</c> (statement 2.4).</summary>
    internal virtual bool TakesAnswers => FinalAnswers.Count > 0;

    internal ExceptionHandler? ExceptionRule { get; set; }

    internal EscalationDefinition[] EscalationArray { get; }
}

/// <summary>A task that waits for users (statement 1.1).</summary>
public sealed class ClientEventDefinition : EventDefinition
{
    internal ClientEventDefinition(
        string name, Rule? succeedingRule, EscalationDefinition[] escalations, IReadOnlyList<ActionDefinition> actions, Operand<string>? url,
        Operand<string>? data, bool allowsAnyUser)
        : base(name, succeedingRule, escalations)
    {
        ActionArray = [.. actions];
        UrlText = url;
        Data = data;
        AllowsAnyUser = allowsAnyUser;
        NamesRoles = actions.Any(action => action.Rights.NamesRoles);
    }

    /// <summary>The actions that a user may take, in the order in which they are shown; one of them at least finishes (statement 2.1).</summary>
    public IReadOnlyList<ActionDefinition> Actions => ActionArray;

    /// <summary>The address where people work on the task. When the task opens, values replace the names in braces; null for none (statement 1.1).</summary>
    public string? Url => UrlText is TextTemplate template ? template.Text : UrlText?.ToString();

    /// <summary>The data that the task shows besides its actions, read when the event starts; null for none (statement 1.1).</summary>
    public Operand<string>? Data { get; }

    /// <summary>Whether anyone who has the serial number may act, and not only the destinations (statement 2.10).</summary>
    public bool AllowsAnyUser { get; }

    /// <summary>Whether those who have the task may send it back to an activity that has run (statement 13.11).</summary>
    public bool AllowsSendBack { get; internal init; }

    internal override IReadOnlyList<string> FinalAnswers =>
        [.. ActionArray.Where(action => action.Kind is ActionKind.Finish).Select(action => action.Name)];

    internal override bool TakesAnswers => true;

    /// <summary>The text that makes up the address of the task; null for none.</summary>
    internal Operand<string>? UrlText { get; }

    /// <summary>Whether the address holds values that are fixed when the task opens. Otherwise it is known from the serial number, and not kept.</summary>
    internal bool KeepsUrl => UrlText is not (null or TextTemplate { IsKnownToTask: true });

    internal ActionDefinition[] ActionArray { get; }

    /// <summary>Whether the rights to an action name roles or groups.</summary>
    internal bool NamesRoles { get; }

    /// <summary>The action of a name, or null.</summary>
    internal ActionDefinition? Find(string action)
    {
        foreach (var candidate in ActionArray)
        {
            if (string.Equals(candidate.Name, action, StringComparison.Ordinal))
            {
                return candidate;
            }
        }

        return null;
    }
}

/// <summary>Code that runs on the server; it may make the event wait for an outside system (statement 7.1).</summary>
public sealed class ServerEventDefinition : EventDefinition
{
    internal ServerEventDefinition(string name, ServerEventCode code, bool isPure, Rule? succeedingRule, EscalationDefinition[] escalations)
        : base(name, succeedingRule, escalations)
    {
        Code = code;
        IsPure = isPure;
    }

    /// <summary>Whether the code has no effect outside the process instance, so that no checkpoint is committed before and after it
    /// (statement 14.4).</summary>
    public bool IsPure { get; }

    /// <summary>How often its code is called before an exception counts; null for once (statement 13.2).</summary>
    public RetryPolicy? Retries { get; internal init; }

    /// <summary>How long one call of its code may take; null for the limit of the host (statement 13.2).</summary>
    public TimeSpan? Timeout { get; internal init; }

    /// <summary>Whether it waits for an outside system in any case when its code has returned, unless the code goes elsewhere (statement 7.3b).</summary>
    public bool Waits { get; internal init; }

    /// <summary>The answers with one of which an outside system finishes the event; empty where it is finished without an answer (statement 7.3b).</summary>
    public IReadOnlyList<string> Answers { get; internal init; } = [];

    internal override IReadOnlyList<string> FinalAnswers => Answers;

    internal ServerEventCode Code { get; }

    /// <summary>The class of the host that the code calls; null for code that is none (statement 7.1b).</summary>
    internal CodeClass? Class { get; init; }
}
