namespace Workflow.Core.Instances;

/// <summary>Statuses that have something in common.</summary>
internal static class ProcessInstanceStatuses
{
    /// <summary>Whether nothing of the instance moves any more, ever.</summary>
    public static bool HasEnded(this ProcessInstanceStatus status) => status is ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted;

    /// <summary>Whether nothing of the instance moves until an administrator lets it.</summary>
    public static bool IsHalted(this ProcessInstanceStatus status) => status is ProcessInstanceStatus.Error or ProcessInstanceStatus.Stopped;
}
