namespace Workflow.Core.Definitions;

/// <summary>The behavior when every answer that can come has come and the succeeding rule is still false (statement 0.3).</summary>
public enum WhenUnresolved
{
    /// <summary>The behavior of the plan itself. A destination that can never complete waits, and the stall is reported. An activity whose last destination has
    /// completed completes without an outcome.</summary>
    ByPlan = 0,

    /// <summary>The activity waits; the stall is reported.</summary>
    Wait = 1,

    /// <summary>The activity completes without an outcome; its lines are evaluated.</summary>
    Complete = 2,

    /// <summary>The activity expires; its lines are evaluated.</summary>
    Expire = 3,

    /// <summary>The process instance goes into Error.</summary>
    Fail = 4,
}
