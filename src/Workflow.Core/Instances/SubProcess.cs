namespace Workflow.Core.Instances;

/// <summary>A process instance that an event has started (statement 7.7).</summary>
/// <param name="Id">The process instance. Until its start is delivered, there is no such instance yet. In a preview it is 0 for one
/// that would start (statement 13.9).</param>
/// <param name="Definition">The name of its process definition.</param>
/// <param name="DefinitionVersion">The version on which it is started.</param>
public sealed record SubProcess(ProcessInstanceId Id, string Definition, int DefinitionVersion);
