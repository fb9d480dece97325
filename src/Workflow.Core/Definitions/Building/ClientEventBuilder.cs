using Workflow.Core.Calendars;
using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Builds a task for people: its actions, and the data that it shows (statements 1.1 and 2.1).</summary>
public sealed class ClientEventBuilder
{
    private readonly List<ActionBuilder> _actions = [];
    private readonly List<EscalationDraft> _escalations = [];

    internal ClientEventBuilder()
    {
    }

    internal IReadOnlyList<ActionBuilder> Actions => _actions;

    internal IReadOnlyList<EscalationDraft> Escalations => _escalations;

    internal ExceptionHandler? OnException { get; private set; }

    internal Rule? Succeeding { get; private set; }

    internal Operand<string>? UrlText { get; private set; }

    internal Operand<string>? DataText { get; private set; }

    internal bool AllowsAnyUser { get; private set; }

    internal bool AllowsSendBack { get; private set; }

    /// <summary>Adds an action that finishes: the user's slot is completed (statement 2.3).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="define">Says who may take it and what it sets.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Action(string name, Action<ActionBuilder>? define = null) => Add(new ActionBuilder(name, ActionKind.Finish), define);

    /// <summary>Adds an action that saves the user's changes and leaves their slot open (statement 2.3).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="define">Says who may take it and what it sets.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Update(string name, Action<ActionBuilder>? define = null) => Add(new ActionBuilder(name, ActionKind.Update), define);

    /// <summary>Adds an action that goes to an activity. It completes no slot and sets no outcome, and no line is followed of what ends (statements 2.11b and
    /// 2.12).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="to">The name of the activity that starts.</param>
    /// <param name="expiring">The activities that end; the task's own when not said.</param>
    /// <param name="ifActive">The treatment of a target that is still active then (statement 10.10d).</param>
    /// <param name="define">Says who may take it and what it sets.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder GoTo(
        string name, string to, Expiring? expiring = null, ActiveTarget ifActive = ActiveTarget.Again, Action<ActionBuilder>? define = null)
    {
        ArgumentNullException.ThrowIfNull(to);
        return Add(
            new ActionBuilder(name, ActionKind.GotoActivity) { Goto = new GotoRequest(to, expiring ?? Expiring.OwnActivity, ifActive) }, define);
    }

    /// <summary>Adds an action that gives the user's part of the task to another user, as a redirect does (statements 1.11 and 2.11b). It completes no slot and
    /// sets no outcome.</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="to">The user who gets it: a field, or another operand. It is read when the action is taken, with the changes of its user. The action is
    /// refused without a value.</param>
    /// <param name="define">Says who may take it and what it sets.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Redirect(string name, Operand<string> to, Action<ActionBuilder>? define = null)
    {
        ArgumentNullException.ThrowIfNull(to);
        return Redirect(name, receivers => receivers.Users(to), define);
    }

    /// <summary>Adds an action that gives the user's part of the task to others, as a redirect does (statements 1.11 and 2.11b). It completes no slot and
    /// sets no outcome.</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="to">Names the users who get it, for example <c>to => to.Manager()</c>.</param>
    /// <param name="define">Says who may take it and what it sets.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Redirect(string name, Action<ReceiverBuilder> to, Action<ActionBuilder>? define = null)
    {
        ArgumentNullException.ThrowIfNull(to);
        var receivers = new ReceiverBuilder();
        to(receivers);
        return Add(new ActionBuilder(name, ActionKind.Redirect) { Receivers = receivers.Receivers }, define);
    }

    /// <summary>Adds an action that gives the user's slot back, so that others can take it (statements 1.9 and 2.11b). It completes no slot and sets no
    /// outcome. Only a user who has the task open can take it.</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="define">Says who may take it and what it sets.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Release(string name, Action<ActionBuilder>? define = null) => Add(new ActionBuilder(name, ActionKind.Release), define);

    /// <summary>Decides what becomes of an exception of the task: its texts, its succeeding rule, and its escalations (statement 8.3).</summary>
    /// <param name="decide">Decides. Where it throws, the exception rule of the activity is asked.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder ExceptionRule(ExceptionHandler decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        OnException = decide;
        return this;
    }

    /// <summary>Sets the succeeding rule: asked after every finished slot; when it is true the task is done and vanishes from all worklists. Without one it is
    /// done when all slots are (statements 0.2 and 3.1), or as the outcomes say (statement 2.7).</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder SucceedingRule(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Succeeding = rule;
        return this;
    }

    /// <summary>Sets the address where people work on the task, as a template. When the task opens, values replace the names in braces: process and activity
    /// fields, <c>{SerialNumber}</c> and <c>{ProcessInstance}</c>. Values are percent-encoded, a null is empty, and <c>{{</c> is a brace (statement
    /// 1.1).</summary>
    /// <param name="template">An address of at most 2,000 characters.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Url(string template)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(template);
        UrlText = TextTemplate.Parse(template, isUrl: true);
        return this;
    }

    /// <summary>Sets the address where people work on the task, as an interpolated string. When the task opens, values replace its data fields. Values are
    /// percent-encoded, and a null is empty (statement 1.1).</summary>
    /// <param name="text">The address, for example <c>$"https://claims.example/{TaskField.SerialNumber}?amount={Amount}"</c>.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Url(TaskText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        UrlText = TextTemplate.Of(text, isUrl: true);
        return this;
    }

    /// <summary>Says where the user works on the task, by a text that is the whole address (statement 1.1). The text is read when the task opens and taken as
    /// it is.</summary>
    /// <param name="address">A process or activity field, or another operand; no address when it is null.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Url(Operand<string> address)
    {
        ArgumentNullException.ThrowIfNull(address);
        UrlText = address;
        return this;
    }

    /// <summary>Sets the text that the task shows, for example a field of the process. It is read when the task opens (statement 1.1).</summary>
    /// <param name="data">A process or activity field, or another operand.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Data(Operand<string> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataText = data;
        return this;
    }

    /// <summary>Sets the text that the task shows, as a template like that of <see cref="Url(string)"/>. Values are shown as they are (statement
    /// 1.1).</summary>
    /// <param name="template">The text, with names in braces.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Data(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        DataText = TextTemplate.Parse(template, isUrl: false);
        return this;
    }

    /// <summary>Sets the text that the task shows, as an interpolated string. When the task opens, values replace its data fields. A null is empty (statement
    /// 1.1).</summary>
    /// <param name="text">The text, for example <c>$"{Purpose}: {Amount}"</c>.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Data(TaskText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        DataText = TextTemplate.Of(text, isUrl: false);
        return this;
    }

    /// <summary>Lets anyone act who has the serial number. The task is still on the worklists of its destinations only (statement 2.10).</summary>
    /// <returns>This builder.</returns>
    public ClientEventBuilder AllowAnyUser()
    {
        AllowsAnyUser = true;
        return this;
    }

    /// <summary>Lets those who have the task send it back to an activity that has run (statement 13.11). An administrator may do so without it.</summary>
    /// <returns>This builder.</returns>
    public ClientEventBuilder AllowSendBack()
    {
        AllowsSendBack = true;
        return this;
    }

    /// <summary>Adds an escalation that fires when the task takes too long (statement 6.1). It continues while the task sleeps (statement 6.6).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="after">How long after the start of the task; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <param name="then">Says what it does, for example <c>then => then.RedirectToManager()</c>.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Escalation(string name, Delay after, Action<EventEscalationBuilder> then, Repeat? repeat = null) =>
        Escalation(name, DueTime.After(after), then, repeat);

    /// <summary>Adds an escalation that fires at an instant, or some time before or after one (statements 6.1 and 6.3).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="when">When it fires; at once when that is past as the task starts.</param>
    /// <param name="then">Says what it does, for example <c>then => then.ExpireEvent()</c>.</param>
    /// <param name="repeat">How often it fires again; never when not said.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Escalation(string name, DueTime when, Action<EventEscalationBuilder> then, Repeat? repeat = null)
    {
        _escalations.Add(EscalationDraft.Of(name, when, new EventEscalationBuilder(), then, repeat));
        return this;
    }

    private ClientEventBuilder Add(ActionBuilder action, Action<ActionBuilder>? define)
    {
        ArgumentNullException.ThrowIfNull(action.Name, "name");
        define?.Invoke(action);
        _actions.Add(action);
        return this;
    }
}
