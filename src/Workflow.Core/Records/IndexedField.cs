namespace Workflow.Core.Records;

/// <summary>The value of a process field that instances can be searched by (statement 13.10).</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="Value">Its value as text, the same for values that are equal; null for none.</param>
public readonly record struct IndexedField(string Name, string? Value);
