namespace Workflow.Core.Client;

/// <summary>A process definition that is deployed here, as a user sees it (statement 13.10).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version on which new instances start (statement 8.7b); where it is not deployed here, the one that was deployed here last.</param>
/// <param name="MayStart">Whether the user has the Start right.</param>
/// <param name="Instances">How many instances of all its versions there are; null for a user who lacks the View right.</param>
public sealed record DefinitionSummary(string Name, int Version, bool MayStart, ProcessCounts? Instances);
