namespace Workflow.Core.Records;

/// <summary>Tells the state of an instance from every other one it has had, also where a store was restored (statement 14.7c). A state without the name of
/// a commit does not: an engine names its commits on stores that are shared.</summary>
/// <param name="Version">How often it was committed.</param>
/// <param name="LastCommit">The name of the commit that left it so; empty if it has none.</param>
public readonly record struct StoredState(long Version, string LastCommit);
