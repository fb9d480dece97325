using Workflow.Core.Instances;

namespace Workflow.Core.Client;

/// <summary>A process instance that has been started.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Status">Its status when the start returned: it waits, has completed, or a server event failed. It is Running if the engine was stopped
/// meanwhile. Then the next engine on the same store continues it (statement 14.5).</param>
public readonly record struct StartedProcess(ProcessInstanceId Id, ProcessInstanceStatus Status);
