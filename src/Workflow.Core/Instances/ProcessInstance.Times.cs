namespace Workflow.Core.Instances;

/// <content>When it started, and when it ended.</content>
public sealed partial class ProcessInstance
{
    private readonly long _startedAt;
    private long _beginsAt;
    private long _endedAt;

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt => Instant.Of(_startedAt);

    /// <summary>The instant from which its age counts: when it was started, or the instant that its start rule gave (statement 5.4b).</summary>
    public DateTimeOffset BeginsAt
    {
        get => Instant.Of(_beginsAt);
        internal set => _beginsAt = value.UtcTicks;
    }

    /// <summary>The instant at which it begins, while it waits for that; null otherwise (statement 5.4b).</summary>
    public DateTimeOffset? StartsAt => DelayedStart.Of(this);

    /// <summary>When it completed or was deleted; null before.</summary>
    public DateTimeOffset? EndedAt => Instant.OrNull(_endedAt);
}
