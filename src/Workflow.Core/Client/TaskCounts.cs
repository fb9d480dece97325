namespace Workflow.Core.Client;

/// <summary>How many tasks a user has (statement 13.10).</summary>
/// <param name="Total">All of them.</param>
/// <param name="ByActivity">Those that were counted, by process definition and activity, ordinally.</param>
public sealed record TaskCounts(BoundedCount Total, IReadOnlyList<ActivityTaskCount> ByActivity);
