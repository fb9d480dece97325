namespace Workflow.Core.Persistence;

/// <summary>A process instance as it is stored.</summary>
/// <param name="Version">How often it was committed.</param>
/// <param name="Parts">Its parts, ordered by key.</param>
public sealed record StoredProcess(long Version, IReadOnlyList<StoredPart> Parts);
