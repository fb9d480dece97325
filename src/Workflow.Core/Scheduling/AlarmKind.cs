namespace Workflow.Core.Scheduling;

/// <summary>What a person should look at.</summary>
internal enum AlarmKind
{
    /// <summary>The instance went into Error.</summary>
    Failed = 1,

    /// <summary>An activity is stalled.</summary>
    Stalled,

    /// <summary>The roles of an activity could not be followed this time.</summary>
    RolesNotFollowed,
}
