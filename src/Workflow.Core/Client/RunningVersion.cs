namespace Workflow.Core.Client;

/// <summary>A version of a process definition on which instances run (statement 8.7c).</summary>
/// <param name="Definition">The name of the process definition.</param>
/// <param name="Version">The number of the version.</param>
/// <param name="Instances">How many instances on it are neither Completed nor Deleted.</param>
/// <param name="IsDeployedHere">Whether the engine that was asked has deployed it. If no engine has, nothing moves these instances, and nothing of them is
/// lost.</param>
public readonly record struct RunningVersion(string Definition, int Version, long Instances, bool IsDeployedHere);
