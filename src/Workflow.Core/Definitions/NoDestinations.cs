namespace Workflow.Core.Definitions;

/// <summary>What happens when a destination rule finds nobody (statement 4.12).</summary>
public enum NoDestinations
{
    /// <summary>The process instance goes into Error; a retry asks the destination rule again.</summary>
    Error = 1,

    /// <summary>The activity completes without destinations; its lines are evaluated.</summary>
    SkipActivity = 2,

    /// <summary>The activity waits and asks its destination rule again at every role interval of the engine, until somebody is found.</summary>
    WaitForRole = 3,
}
