using Workflow.Core.Formats;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>Somebody to whom an action of the kind Redirect gives the task (statements 1.11 and 2.1).</summary>
public abstract class ActionReceiver
{
    private ActionReceiver()
    {
    }

    /// <summary>The receiver as canonical text.</summary>
    internal abstract TextTree ToTree();

    /// <summary>The receiver in words.</summary>
    /// <returns>For example <c>user in process field "Deputy"</c>.</returns>
    public sealed override string ToString() => ToTree() switch
    {
        { Children: [var operand] } tree => $"{tree.Label} in {operand.OnOneLine}",
        var tree => tree.Label,
    };

    /// <summary>The names that are written in the definition; empty where only data or the resolver tell.</summary>
    internal virtual IReadOnlyList<string> Written => [];

    /// <summary>A copy in which fields are resolved to their positions; problems go to the binder.</summary>
    internal virtual ActionReceiver Bind(RuleBinder binder) => this;

    /// <summary>The user whom an operand names.</summary>
    internal sealed class OfUser(Operand<string> user) : ActionReceiver
    {
        internal override IReadOnlyList<string> Written => user.OnlyValues ?? [];

        internal override ActionReceiver Bind(RuleBinder binder) => new OfUser(user.Bind(binder));

        internal override TextTree ToTree() => new("user", user.ToTree());

        public string? Read(in RuleScope scope) => user.Read(scope, out var name) ? name : null;
    }

    /// <summary>The users whom a list names.</summary>
    internal sealed class OfUsers(Operand<IReadOnlyList<string>> users) : ActionReceiver
    {
        internal override IReadOnlyList<string> Written => [.. users.OnlyValues?.SelectMany(names => names) ?? []];

        internal override ActionReceiver Bind(RuleBinder binder) => new OfUsers(users.Bind(binder));

        internal override TextTree ToTree() => new("users", users.ToTree());

        public IReadOnlyList<string> Read(in RuleScope scope) => users.Read(scope, out var names) ? names : [];
    }

    /// <summary>The users with which the resolver answers a question by name (statement 4.8b).</summary>
    internal sealed class OfQuestion(QuestionDefinition question) : ActionReceiver
    {
        public QuestionDefinition Question => question;

        internal override ActionReceiver Bind(RuleBinder binder) => new OfQuestion(question.Bind(binder));

        internal override TextTree ToTree() => new(question.Exact);
    }

    /// <summary>The user who started the process instance.</summary>
    internal sealed class Originator : ActionReceiver
    {
        internal override TextTree ToTree() => new("originator");
    }

    /// <summary>The manager of the user whose part of the task it is.</summary>
    internal sealed class Manager : ActionReceiver
    {
        internal override TextTree ToTree() => new("manager");
    }
}
