namespace Workflow.Core.Benchmarks;

/// <summary>One data field in a <see cref="SnapshotDocument"/>.</summary>
internal sealed record SnapshotField(string Name, string Type, string Value);
