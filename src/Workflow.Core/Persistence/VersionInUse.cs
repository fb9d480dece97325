namespace Workflow.Core.Persistence;

/// <summary>A version of a process definition on which instances run.</summary>
/// <param name="Version">The version, which need not be deployed anywhere.</param>
/// <param name="Instances">How many instances on it are neither Completed nor Deleted; positive.</param>
public readonly record struct VersionInUse(DefinitionVersion Version, long Instances);
