namespace Workflow.Core.Benchmarks;

/// <summary>The record of one activity run.</summary>
internal sealed class RawActivity(string name, DateTimeOffset startedAt)
{
    public string Name { get; } = name;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public DateTimeOffset? EndedAt { get; set; }
}
