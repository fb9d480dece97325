namespace Workflow.Core.Records;

/// <summary>A change of a task, as news tells it (statement 13.12).</summary>
/// <param name="Serial">The serial number of the task.</param>
/// <param name="Kind">What has changed.</param>
/// <param name="Activity">The name of the activity.</param>
/// <param name="For">The users, groups and roles concerned. When somebody is added or removed, it is they. Otherwise it is everybody whom the task is, or was,
/// for.</param>
public sealed record TaskNews(SerialNumber Serial, TaskNewsKind Kind, string Activity, IReadOnlyList<Destination> For);
