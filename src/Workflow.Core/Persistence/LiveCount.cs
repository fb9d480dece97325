using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>How many instances of a process definition have a status.</summary>
/// <param name="Definition">The name of the process definition.</param>
/// <param name="Status">The status, as <see cref="ProcessQuery.Status"/> means it.</param>
/// <param name="Instances">How many; positive.</param>
public readonly record struct LiveCount(string Definition, ProcessInstanceStatus Status, int Instances);
