using Workflow.Core.Instances;

namespace Workflow.Core.Benchmarks;

/// <summary>The data that the bare loop keeps of one process instance: what the engine keeps of it too, as objects.</summary>
internal sealed class RawInstance
{
    public required long Id { get; init; }

    public required string Definition { get; init; }

    public required int Version { get; init; }

    public required string Folio { get; init; }

    public required string Originator { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public ProcessInstanceStatus Status { get; set; } = ProcessInstanceStatus.Active;

    public FieldValue[] Fields { get; } = new FieldValue[SpeedOfLight.FieldNames.Length];

    /// <summary>The activity that runs now: once it has ended, only the history knows of it, as in the engine.</summary>
    public RawActivity? Running { get; set; }

    /// <summary>The history. Its length is known to the loop, so it need not grow.</summary>
    public List<RawFact> History { get; } = new(SpeedOfLight.FactCount);

    /// <summary>The values that the FieldChanged facts of the history speak of, in their order.</summary>
    public List<FieldValue> Written { get; } = new(TenSteps.Count);

    /// <summary>The time of the facts that are added.</summary>
    public DateTimeOffset Now { get; set; }

    public void Add(JournalKind kind, int activity = 0, int destination = 0, int @event = 0, string? name = null, bool result = false) =>
        History.Add(new RawFact(name, Now.UtcTicks, activity, destination, @event, (byte)kind, result));
}
