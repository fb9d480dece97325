namespace Workflow.Core.Persistence;

/// <summary>Names one version of a process definition.</summary>
/// <param name="Name">The name of the definition; case counts.</param>
/// <param name="Version">Its version.</param>
public readonly record struct DefinitionVersion(string Name, int Version);
