using System.Text.Json.Serialization;

namespace Workflow.Core.Benchmarks;

/// <summary>The generated code that writes and reads a <see cref="SnapshotDocument"/>.</summary>
[JsonSerializable(typeof(SnapshotDocument))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
