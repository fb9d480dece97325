namespace Workflow.Core.Client;

/// <summary>How many tasks of an activity a user has.</summary>
/// <param name="Definition">The name of the process definition.</param>
/// <param name="Activity">The name of the activity.</param>
/// <param name="Tasks">How many; positive.</param>
/// <param name="Late">How many of these are late: their flag is yellow or red (statement 1.16).</param>
public readonly record struct ActivityTaskCount(string Definition, string Activity, int Tasks, int Late);
