using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>One event of an activity: a task of people, code that runs on the server, or the start of another process. Each activity instance destination
/// runs the events of its activity one after the other.</summary>
public abstract class EventDefinition
{
    private protected EventDefinition(string name, Rule? succeedingRule)
    {
        Name = name;
        SucceedingRule = succeedingRule;
    }

    /// <summary>The name; unique within the activity.</summary>
    public string Name { get; }

    /// <summary>Whether the event is done when an answer, a return or a finish has come; null for the default (statements 0.2, 3.1 and 7.3).</summary>
    public Rule? SucceedingRule { get; }

    /// <summary>The same event with its rules bound to the data fields of its activity.</summary>
    internal abstract EventDefinition Bind(Rule? succeedingRule);
}

/// <summary>A task that waits for users (statement 1.1).</summary>
public sealed class ClientEventDefinition : EventDefinition
{
    internal ClientEventDefinition(string name, Rule? succeedingRule = null)
        : base(name, succeedingRule)
    {
    }

    internal override EventDefinition Bind(Rule? succeedingRule) => new ClientEventDefinition(Name, succeedingRule);
}

/// <summary>Code that runs on the server; it may make the event wait for an outside system (statement 7.1).</summary>
public sealed class ServerEventDefinition : EventDefinition
{
    internal ServerEventDefinition(string name, ServerEventCode code, bool isPure, Rule? succeedingRule = null)
        : base(name, succeedingRule)
    {
        Code = code;
        IsPure = isPure;
    }

    /// <summary>Whether the code has no effect outside the process instance, so that no checkpoint is committed before and after it
    /// (statement 14.4).</summary>
    public bool IsPure { get; }

    internal ServerEventCode Code { get; }

    internal override EventDefinition Bind(Rule? succeedingRule) => new ServerEventDefinition(Name, Code, IsPure, succeedingRule);
}

/// <summary>The start of another process (statement 7.7).</summary>
public sealed class IpcEventDefinition : EventDefinition
{
    internal IpcEventDefinition(string name, string childProcess, Rule? succeedingRule = null)
        : base(name, succeedingRule) => ChildProcess = childProcess;

    /// <summary>The name of the process definition that is started.</summary>
    public string ChildProcess { get; }

    internal override EventDefinition Bind(Rule? succeedingRule) => new IpcEventDefinition(Name, ChildProcess, succeedingRule);
}
