namespace Workflow.Core.Persistence;

/// <summary>Names a message from one process instance to another. No two messages in a store have the same key.</summary>
/// <param name="To">The process instance that the message is for.</param>
/// <param name="From">The process instance that sent it.</param>
/// <param name="Number">The number of the message among those of the sender.</param>
public readonly record struct MessageKey(ProcessInstanceId To, ProcessInstanceId From, int Number);
