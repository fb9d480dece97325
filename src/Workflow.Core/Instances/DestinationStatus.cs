namespace Workflow.Core.Instances;

/// <summary>The status of an activity instance destination (statement 3.11).</summary>
public enum DestinationStatus
{
    /// <summary>One of its events is planned, runs or waits.</summary>
    Active = 1,

    /// <summary>All its events are completed.</summary>
    Completed = 2,

    /// <summary>It was ended before, for instance because the activity's succeeding rule became true without it (statement 3.1).</summary>
    Expired = 3,
}
