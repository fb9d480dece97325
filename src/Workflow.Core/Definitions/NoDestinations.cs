namespace Workflow.Core.Definitions;

/// <summary>The behavior when a destination rule finds nobody (statement 4.12), or a task's number of slots is null or below 1 (statement 4.13).</summary>
public enum NoDestinations
{
    /// <summary>The process instance goes into Error, in front of the destination rule. A retry asks the rule again.</summary>
    Error = 1,

    /// <summary>The activity completes without destinations; its lines are evaluated.</summary>
    SkipActivity = 2,

    /// <summary>The activity waits and asks its destination rule again at every role interval of the engine, until there is somebody with a slot.</summary>
    WaitForRole = 3,
}
