namespace Workflow.Core.Instances;

/// <summary>Why an activity instance, a destination or an event ended as Expired.</summary>
public enum ExpiryReason
{
    /// <summary>The preceding rule was false (statement 0.4).</summary>
    PrecedingRuleFalse = 1,

    /// <summary>The activity's succeeding rule became true without it (statement 3.1).</summary>
    SucceedingRuleTrue = 2,

    /// <summary>The activity's policy for succeeding rules that can no longer become true says so (statement 0.3).</summary>
    Unresolved = 3,

    /// <summary>The user has left the role through which they were a destination (statement 4.9).</summary>
    LeftRole = 4,

    /// <summary>An escalation has ended it (statements 6.8 and 6.9).</summary>
    Escalation = 5,

    /// <summary>A goto has ended it (statement 10.10).</summary>
    Goto = 6,

    /// <summary>The code of one of its server events has ended it (statement 7.5).</summary>
    ServerEvent = 7,

    /// <summary>An administrator has ended it (statement 10.10e).</summary>
    Administrator = 8,

    /// <summary>The process instance was deleted (statement 8.6b).</summary>
    Deleted = 9,

    /// <summary>The originator has withdrawn the instance (statement 13.11).</summary>
    Withdrawn = 10,

    /// <summary>The arrival was not enough for the join, which keeps it (statement 13.1).</summary>
    ArrivalKept = 11,

    /// <summary>The arrival came after the join had passed in this round, or from elsewhere (statement 13.1d).</summary>
    ArrivalDropped = 12,

    /// <summary>A join has passed that expires the other branches (statement 13.1e).</summary>
    JoinPassed = 13,

    /// <summary>An activity has completed that ends the process (statement 13.1g).</summary>
    ProcessEnded = 14,

    /// <summary>The rule of the activity's milestone has become false (statement 13.1j).</summary>
    MilestoneOver = 15,

    /// <summary>The instance has ended that started this one, which ends with it (statement 7.11b).</summary>
    ParentEnded = 16,
}
