using System.Text.Json;
using Workflow.Core.Instances;

namespace Workflow.Core.Benchmarks;

/// <summary>A process instance at rest as a JSON document of about 2 KB: who and where, and the values of its data fields.</summary>
internal sealed record SnapshotDocument
{
    /// <summary>The weight of the document.</summary>
    public const int About = 2_048;

    /// <summary>Names, numbers and times are not always of the same length.</summary>
    public const int Tolerance = 40;

    private const int FieldCount = 16;
    private const int ValueLength = 73;

    private static readonly SnapshotField[] SomeFields =
        [.. Enumerable.Range(0, FieldCount).Select(number =>
            new SnapshotField($"Field {(char)('A' + number)}", "Text", new string((char)('a' + number), ValueLength)))];

    public required long Id { get; init; }

    public required string Definition { get; init; }

    public required int Version { get; init; }

    public required string Folio { get; init; }

    public required string Originator { get; init; }

    public required ProcessInstanceStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string? Activity { get; init; }

    public required SnapshotField[] Fields { get; init; }

    public static byte[] Write(RawDecision instance) => JsonSerializer.SerializeToUtf8Bytes(
        new SnapshotDocument
        {
            Id = instance.Id,
            Definition = instance.Definition,
            Version = instance.Version,
            Folio = instance.Folio,
            Originator = instance.Originator,
            Status = instance.Status,
            StartedAt = instance.StartedAt,
            Activity = instance.Running?.Name,
            Fields = SomeFields,
        },
        SnapshotJson.Default.SnapshotDocument);

    public static SnapshotDocument Read(byte[] document) =>
        JsonSerializer.Deserialize(document, SnapshotJson.Default.SnapshotDocument)
        ?? throw new InvalidOperationException("The snapshot holds nothing.");
}
