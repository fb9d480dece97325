namespace Workflow.Core.Management;

/// <summary>The kinds of code that a definition brings and the engine calls.</summary>
public enum CodeKind
{
    /// <summary>The code of a server event, pure or not (statement 7.1).</summary>
    ServerEvent = 1,

    /// <summary>The code of an escalation (statement 6.7).</summary>
    Escalation = 2,
}
