using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>Writes a task for people down: what they may decide, and what the task shows (statements 1.1 and 2.1).</summary>
public sealed class ClientEventBuilder
{
    private readonly List<ActionBuilder> _actions = [];

    internal ClientEventBuilder()
    {
    }

    internal IReadOnlyList<ActionBuilder> Actions => _actions;

    internal Rule? Succeeding { get; private set; }

    internal string? UrlText { get; private set; }

    internal Operand<string>? DataText { get; private set; }

    internal bool AllowsAnyUser { get; private set; }

    /// <summary>Adds an action that finishes: the user's slot is completed (statement 2.3).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="define">Says who may take it and what it sets.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Action(string name, Action<ActionBuilder>? define = null) => Add(name, ActionKind.Finish, define);

    /// <summary>Adds an action that saves what the user has changed and leaves his slot open (statement 2.3).</summary>
    /// <param name="name">The name; unique within the event.</param>
    /// <param name="define">Says who may take it and what it sets.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Update(string name, Action<ActionBuilder>? define = null) => Add(name, ActionKind.Update, define);

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

    /// <summary>Says where the task is worked on.</summary>
    /// <param name="template">An address, in which <c>{SerialNumber}</c> and <c>{ProcessInstance}</c> stand for the task's own; at most 2,000
    /// characters.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Url(string template)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(template);
        UrlText = template;
        return this;
    }

    /// <summary>Says what the task shows beside, for example a field of the process; it is read when the event starts (statement 1.1).</summary>
    /// <param name="data">A process or activity field, or another operand.</param>
    /// <returns>This builder.</returns>
    public ClientEventBuilder Data(Operand<string> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataText = data;
        return this;
    }

    /// <summary>Lets anyone act who has the serial number. The task is still on the worklists of its destinations only (statement 2.10).</summary>
    /// <returns>This builder.</returns>
    public ClientEventBuilder AllowAnyUser()
    {
        AllowsAnyUser = true;
        return this;
    }

    private ClientEventBuilder Add(string name, ActionKind kind, Action<ActionBuilder>? define)
    {
        ArgumentNullException.ThrowIfNull(name);
        var action = new ActionBuilder(name, kind);
        define?.Invoke(action);
        _actions.Add(action);
        return this;
    }
}
