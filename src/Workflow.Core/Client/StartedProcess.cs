using Workflow.Core.Instances;

namespace Workflow.Core.Client;

/// <summary>A process instance that has been started.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Status">Where it stood when the start returned: it waits, has completed, or a server event failed. Running when the engine was
/// stopped meanwhile: the next engine on the same store goes on (statement 14.5).</param>
public readonly record struct StartedProcess(ProcessInstanceId Id, ProcessInstanceStatus Status);
