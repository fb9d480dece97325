using Workflow.Core.Instances;

namespace Workflow.Core.Client;

/// <summary>One destination or delegate of a task, as an administrator sees it (statements 1.5 and 1.12).</summary>
/// <param name="Serial">The serial number of the task.</param>
/// <param name="Definition">The name of the process definition.</param>
/// <param name="Activity">The name of the activity.</param>
/// <param name="Event">The name of the event.</param>
/// <param name="Destination">The user, group or role that has the task.</param>
/// <param name="User">The user who holds the slot, where one does; of a role or group, there is an entry for each member that does.</param>
/// <param name="Status">The status of the task for the destination, or for the user who holds the slot; null when there is a problem.</param>
/// <param name="ActingFor">The user for whom a delegate acts (statement 1.12); null for a destination itself.</param>
/// <param name="Problem">The reason why its users cannot see the task (statement 14.7b). Its instance cannot be read, or its version is not deployed here. Null
/// when there is none.</param>
/// <param name="Actions">The actions that are delegated (statement 1.12); null for all that the user who delegated
/// may take, and for a destination itself.</param>
public readonly record struct WorklistEntry(
    SerialNumber Serial,
    string Definition,
    string Activity,
    string Event,
    Destination Destination,
    string? User,
    WorklistItemStatus? Status,
    string? ActingFor = null,
    string? Problem = null,
    IReadOnlyList<string>? Actions = null);
