namespace Workflow.Core.Client;

/// <summary>How many instances that are neither Completed nor Deleted are in each status (statement 8.6).</summary>
/// <param name="Running">Code of them runs, or is planned.</param>
/// <param name="Active">They wait.</param>
/// <param name="Error">Something of them has failed.</param>
/// <param name="Stopped">An administrator has stopped them.</param>
public sealed record ProcessCounts(BoundedCount Running, BoundedCount Active, BoundedCount Error, BoundedCount Stopped);
