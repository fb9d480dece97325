using Workflow.Core.Instances;

namespace Workflow.Core.Client;

/// <summary>One destination or delegate of a task, as an administrator sees it (statements 1.5 and 1.12).</summary>
public readonly record struct WorklistEntry
{
    /// <summary>The serial number of the task.</summary>
    public required SerialNumber Serial { get; init; }

    /// <summary>The name of the process definition.</summary>
    public required string Definition { get; init; }

    /// <summary>The folio of the process instance; may be empty.</summary>
    public required string Folio { get; init; }

    /// <summary>The user who started the process instance.</summary>
    public required string Originator { get; init; }

    /// <summary>The name of the activity.</summary>
    public required string Activity { get; init; }

    /// <summary>The name of the event.</summary>
    public required string Event { get; init; }

    /// <summary>When the task began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How late the task was when it was read (statement 1.16); null when there is a problem.</summary>
    public PriorityFlag? Flag { get; init; }

    /// <summary>The user, group or role that has the task.</summary>
    public required Destination Destination { get; init; }

    /// <summary>The user who holds the slot, where one does. Of a role or group, there is an entry for each member that does.</summary>
    public string? User { get; init; }

    /// <summary>The status of the task for the destination, or for the user who holds the slot; null when there is a problem.</summary>
    public WorklistItemStatus? Status { get; init; }

    /// <summary>The user for whom a delegate acts (statement 1.12); null for a destination itself.</summary>
    public string? ActingFor { get; init; }

    /// <summary>The reason why its users cannot see the task (statement 14.7b). Its instance cannot be read, or its version is not deployed here. Null when
    /// there is none.</summary>
    public string? Problem { get; init; }

    /// <summary>The actions that are delegated (statement 1.12); null for all that the user who delegated may take, and for a destination itself.</summary>
    public IReadOnlyList<string>? Actions { get; init; }
}
