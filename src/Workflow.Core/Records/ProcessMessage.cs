namespace Workflow.Core.Records;

/// <summary>A message from one process instance to another. The commit of the sender stores it, and the commit of the receiver removes it. So it arrives
/// exactly once (statement 14.2).</summary>
/// <param name="From">The process instance that sends it.</param>
/// <param name="Number">The number of the message among those of the sender; positive.</param>
/// <param name="To">The process instance that it is for.</param>
/// <param name="Content">The content of the message; the store does not read it.</param>
public readonly record struct ProcessMessage(ProcessInstanceId From, int Number, ProcessInstanceId To, ReadOnlyMemory<byte> Content);
