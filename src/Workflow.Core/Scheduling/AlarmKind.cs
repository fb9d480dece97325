namespace Workflow.Core.Scheduling;

/// <summary>The kinds of alarm: things that a person should look at.</summary>
internal enum AlarmKind
{
    /// <summary>The instance went into Error.</summary>
    Failed = 1,

    /// <summary>An activity is stalled.</summary>
    Stalled,

    /// <summary>The roles of an activity could not be followed this time.</summary>
    RolesNotFollowed,

    /// <summary>An activity that has outcomes ended without one.</summary>
    EndedWithoutOutcome,

    /// <summary>An activity that has outcomes was skipped, so that none of them was asked.</summary>
    SkippedWithoutOutcome,

    /// <summary>No line that leaves an activity was true.</summary>
    NoLineFollowed,

    /// <summary>A task was given to a user who is called like a role or group.</summary>
    GivenToNameOfRole,

    /// <summary>A task is for a role or group that the resolver does not know.</summary>
    UnknownRole,

    /// <summary>A task is for a role or group that has no member who may act on it.</summary>
    NobodyInRole,

    /// <summary>Somebody has left the role that freed them of an exclusion, and has a task by name.</summary>
    BoundAgain,

    /// <summary>An escalation was not armed, because its date has no value.</summary>
    EscalationNotArmed,

    /// <summary>A goto did not happen, because its target is still active.</summary>
    GotoRefused,

    /// <summary>An exception rule lets the instance go on without what has failed.</summary>
    ExceptionPassed,

    /// <summary>An exception rule, or the filter of a retry policy, has thrown.</summary>
    ExceptionRuleFailed,

    /// <summary>A join still waited for arrivals when nothing could come any more.</summary>
    JoinUnfinished,

    /// <summary>An instance has completed with a signal that nothing has taken.</summary>
    SignalUnused,
}
