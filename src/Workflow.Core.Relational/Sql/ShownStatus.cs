using Workflow.Core.Instances;

namespace Workflow.Core.Relational.Sql;

/// <summary>The column of the status as others see it. A pending call makes an Active instance Running. Completed and Deleted are both kept as Completed, and
/// the column of the stored status tells them apart: so the indexes know one kind of ended instance.</summary>
internal static class ShownStatus
{
    /// <summary>The status that others see, of an instance p.</summary>
    public const string Column = "CASE WHEN p.status = 6 THEN 6 ELSE p.shown END AS shown";

    /// <summary>The value of the column.</summary>
    /// <param name="status">The stored status.</param>
    /// <param name="hasPendingCall">Whether a call is pending.</param>
    public static int Of(ProcessInstanceStatus status, bool hasPendingCall) => (int)(status switch
    {
        ProcessInstanceStatus.Active when hasPendingCall => ProcessInstanceStatus.Running,
        ProcessInstanceStatus.Deleted => ProcessInstanceStatus.Completed,
        _ => status,
    });

    /// <summary>Whether an instance of the status has ended.</summary>
    public static bool HasEnded(ProcessInstanceStatus status) => Of(status, hasPendingCall: false) == (int)ProcessInstanceStatus.Completed;
}
