using Workflow.Core.Instances;

namespace Workflow.Core.Records;

/// <summary>A process instance as it can be searched for (statement 13.10). It is kept until the instance is purged.</summary>
public sealed record ProcessRecord
{
    private readonly long _startedAt;
    private readonly long _endedAt;
    private readonly long _parent;

    /// <summary>The number of the process instance.</summary>
    public required ProcessInstanceId Id { get; init; }

    /// <summary>The name of the process definition it runs on.</summary>
    public required string Definition { get; init; }

    /// <summary>The version of the process definition it runs on.</summary>
    public required int DefinitionVersion { get; init; }

    /// <summary>The name that people call the instance by; may be empty.</summary>
    public required string Folio { get; init; }

    /// <summary>The user who started it.</summary>
    public required string Originator { get; init; }

    /// <summary>The status. In a commit, <see cref="ProcessInstanceStatus.Running"/> does not occur; a store tells it of an Active instance with a pending
    /// call.</summary>
    public required ProcessInstanceStatus Status { get; init; }

    /// <summary>When it was started; with a delayed start, when it begins (statement 5.4b).</summary>
    public required DateTimeOffset StartedAt
    {
        get => Instant.Of(_startedAt);
        init => _startedAt = value.UtcTicks;
    }

    /// <summary>When it completed or was deleted; null before.</summary>
    public DateTimeOffset? EndedAt
    {
        get => Instant.OrNull(_endedAt);
        init => _endedAt = Instant.Ticks(value);
    }

    /// <summary>Why it is in Error; null otherwise (statement 8.1).</summary>
    public string? Error { get; init; }

    /// <summary>The process instance that started it as a sub-process; null for none (statement 7.7). The first commit of an instance says it, and later ones
    /// do not change it.</summary>
    public ProcessInstanceId? Parent
    {
        get => _parent == 0 ? null : new ProcessInstanceId(_parent);
        init => _parent = value?.Value ?? 0;
    }

    /// <summary>The process fields that the definition makes searchable, in the definition's order.</summary>
    public IReadOnlyList<IndexedField> Fields { get; init; } = [];

    /// <summary>The reason why the stored searchable fields are missing: their stored form cannot be read (statement 14.7b). Null when it can. A store tells it
    /// when it is asked; in a commit it is null.</summary>
    public string? Problem { get; init; }

    /// <summary>The reason why no engine takes the instance up by itself; null if engines do (statement 14.4). A store tells it when it is asked; in a commit
    /// it is null.</summary>
    public string? SetAside { get; init; }
}
