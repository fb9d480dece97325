namespace Workflow.Core.Instances;

/// <summary>The status of an activity instance (statement 3.11).</summary>
public enum ActivityInstanceStatus
{
    /// <summary>Its destinations are at work.</summary>
    Active = 1,

    /// <summary>Its succeeding rule was true, or nobody was left to wait for (statements 3.11, 0.3).</summary>
    Completed = 2,

    /// <summary>Its preceding rule was false, or it was ended from outside before its succeeding rule was true (statements 0.4, 3.11).</summary>
    Expired = 3,
}
