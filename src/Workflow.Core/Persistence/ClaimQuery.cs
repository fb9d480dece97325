namespace Workflow.Core.Persistence;

/// <summary>A request of an engine for work: instances whose last commit has a pending call, and instances with a timer that is due.</summary>
public sealed record ClaimQuery
{
    /// <summary>The engine; each has a name of its own, for every time that it runs.</summary>
    public required string Owner { get; init; }

    /// <summary>How long the instances are its own; positive. <see cref="IProcessStore.RenewAsync"/> makes it longer.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>Whether instances with a pending call are wanted; otherwise only those with a timer that is due.</summary>
    public bool PendingCalls { get; init; } = true;

    /// <summary>Whether instances with a timer that is due are wanted; otherwise only those with a pending call.</summary>
    public bool DueTimers { get; init; } = true;

    /// <summary>The instant up to which timers count as due.</summary>
    public required DateTimeOffset DueUntil { get; init; }

    /// <summary>The definitions that the engine can execute; instances of others are left to other engines.</summary>
    public required IReadOnlyCollection<DefinitionVersion> Definitions { get; init; }

    /// <summary>Instances that are not wanted: the engine works on them already. A claim leaves them as they are.</summary>
    public IReadOnlyCollection<ProcessInstanceId> Except { get; init; } = [];

    /// <summary>How many instances to return at most; positive.</summary>
    public required int Limit { get; init; }
}
