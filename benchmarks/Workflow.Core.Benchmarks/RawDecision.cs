using Workflow.Core.Instances;

namespace Workflow.Core.Benchmarks;

/// <summary>The data that the bare loop keeps of one process instance in which people decide: what the engine keeps of it too, as objects.</summary>
internal sealed class RawDecision(int facts, int written)
{
    public required long Id { get; init; }

    public required string Definition { get; init; }

    public required int Version { get; init; }

    public required string Folio { get; init; }

    public required string Originator { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required RawTask[] Tasks { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public ProcessInstanceStatus Status { get; set; } = ProcessInstanceStatus.Active;

    public string? Outcome { get; set; }

    /// <summary>The activity that runs now: once it has ended, only the history knows of it, as in the engine.</summary>
    public RawActivity? Running { get; set; }

    /// <summary>The history. Its length is known to the loop, so it need not grow.</summary>
    public List<RawDecisionFact> History { get; } = new(facts);

    /// <summary>The values that the FieldChanged facts of the history speak of, in their order.</summary>
    public List<FieldValue> Written { get; } = new(written);

    /// <summary>The instance as JSON while it waits; only in raw + snapshot.</summary>
    public byte[]? Snapshot { get; set; }

    /// <summary>The time of the facts that are added.</summary>
    public DateTimeOffset Now { get; set; }

    public void Add(
        JournalKind kind, int activity = 0, int destination = 0, int @event = 0, string? name = null, string? detail = null, string? user = null,
        bool result = false) =>
        History.Add(new RawDecisionFact(name, detail, user, Now.UtcTicks, activity, destination, @event, (byte)kind, result));

    public void Write(string field, string value, int activity, int destination = 0)
    {
        Written.Add(FieldValue.From(value));
        Add(JournalKind.FieldChanged, activity, destination, name: field);
    }
}
