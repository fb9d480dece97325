namespace Workflow.Core.Persistence;

/// <summary>One part of a process instance as it is stored. The meaning of the bytes is none of the store's business.</summary>
/// <param name="Key">Which part.</param>
/// <param name="Content">Its bytes.</param>
public readonly record struct StoredPart(PartKey Key, ReadOnlyMemory<byte> Content);
