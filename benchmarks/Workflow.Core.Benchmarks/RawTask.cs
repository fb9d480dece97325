using Workflow.Core.Instances;

namespace Workflow.Core.Benchmarks;

/// <summary>The data that the bare loop keeps of one destination: its task, its slot and its answer.</summary>
internal sealed class RawTask(string user, string @event, DateTimeOffset startedAt)
{
    public string User { get; } = user;

    public string Event { get; } = @event;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public SlotStatus Status { get; set; } = SlotStatus.Open;

    public string? Action { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}
