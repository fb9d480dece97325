using Workflow.Core.Contexts;
using Workflow.Core.Formats;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>The action of an escalation (statement 6.7).</summary>
public abstract class EscalationAction
{
    private EscalationAction()
    {
    }

    /// <summary>The action as canonical text. Code is known by its name.</summary>
    internal abstract TextTree ToTree();

    /// <summary>The action in words.</summary>
    /// <returns>For example <c>redirect to the manager</c>.</returns>
    public override string ToString() => ToTree().OnOneLine;

    /// <summary>A copy in which fields are resolved to their positions; problems go to the binder.</summary>
    internal virtual EscalationAction Bind(RuleBinder binder) => this;

    /// <summary>Calls code.</summary>
    internal sealed class Run(string name, EscalationCode code) : EscalationAction
    {
        public string Name => name;

        public EscalationCode Code => code;

        /// <summary>The class of the host that the code calls; null for code that is none (statement 7.1b).</summary>
        public CodeClass? Class { get; init; }

        internal override TextTree ToTree() => new($"run {ExactText.Quoted(name)}");
    }

    /// <summary>Gives the task to a user (statement 6.7b).</summary>
    internal sealed class Redirect(Operand<string> user) : EscalationAction
    {
        public Operand<string> User => user;

        internal override EscalationAction Bind(RuleBinder binder) => new Redirect(user.Bind(binder));

        internal override TextTree ToTree() => new("redirect to user", user.ToTree());
    }

    /// <summary>Gives each part of the task to the manager of whoever has it (statement 6.7d).</summary>
    internal sealed class RedirectToManager : EscalationAction
    {
        internal override TextTree ToTree() => new("redirect to the manager");
    }

    /// <summary>Goes to an activity (statement 6.7c).</summary>
    internal sealed class GoTo(GotoRequest request) : EscalationAction
    {
        public GotoRequest Request => request;

        internal override TextTree ToTree() => GotoText.Of(request);
    }

    /// <summary>Ends the activity; its lines are asked (statement 6.8).</summary>
    internal sealed class ExpireActivity : EscalationAction
    {
        internal override TextTree ToTree() => new("expire the activity");
    }

    /// <summary>Ends the event; the destination goes on with the next one (statement 6.9).</summary>
    internal sealed class ExpireEvent : EscalationAction
    {
        internal override TextTree ToTree() => new("expire the event");
    }
}
