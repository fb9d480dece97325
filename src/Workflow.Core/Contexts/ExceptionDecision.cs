namespace Workflow.Core.Contexts;

/// <summary>The answer of an exception rule (statement 8.3).</summary>
public enum ExceptionDecision
{
    /// <summary>The process instance goes into Error. An administrator can retry it.</summary>
    Error = 0,

    /// <summary>The instance goes on without what failed. An event is completed without results, a rule is false, and the action of an escalation is
    /// done.</summary>
    Continue = 1,
}
