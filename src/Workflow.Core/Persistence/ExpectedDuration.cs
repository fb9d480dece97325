namespace Workflow.Core.Persistence;

/// <summary>How long the tasks of an activity are expected to take (statement 1.16).</summary>
/// <param name="Version">The version of the process definition.</param>
/// <param name="Activity">The name of the activity.</param>
/// <param name="Duration">How long, from the beginning of the task; at most a thousand years.</param>
public readonly record struct ExpectedDuration(DefinitionVersion Version, string Activity, TimeSpan Duration);
