namespace Workflow.Core.Records;

/// <summary>A task in its searchable form (statement 1.1). Its entries name its users, groups and roles.</summary>
public sealed record WorklistHeaderRecord
{
    /// <summary>The serial number under which the task is opened.</summary>
    public required SerialNumber Serial { get; init; }

    /// <summary>The number of the activity instance.</summary>
    public required int ActivityInstance { get; init; }

    /// <summary>The name of the process definition.</summary>
    public required string Definition { get; init; }

    /// <summary>The version of the process definition. A store tells it when it is asked; in a commit it does not count.</summary>
    public int DefinitionVersion { get; init; }

    /// <summary>The folio of the process instance; may be empty.</summary>
    public required string Folio { get; init; }

    /// <summary>The user who started the process instance.</summary>
    public required string Originator { get; init; }

    /// <summary>The name of the activity.</summary>
    public required string Activity { get; init; }

    /// <summary>The name of the event.</summary>
    public required string Event { get; init; }

    /// <summary>How urgent it is shown to be (statement 1.16).</summary>
    public required Priority Priority { get; init; }

    /// <summary>When the task began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The state of the process instance when the task was found. While it stays the same, an engine need not load the task again. A store may tell
    /// it in a list of tasks; null where it does not, and in a commit.</summary>
    public StoredState? State { get; init; }
}
