using Workflow.Core.Instances;

namespace Workflow.Core.Records;

/// <summary>A change that a command makes to the tasks and to their users, groups and roles.</summary>
/// <param name="Serial">The serial number of the task.</param>
public abstract record WorklistChange(SerialNumber Serial)
{
    /// <summary>A task began. It replaces an earlier task of the same serial number in the store. The store still keeps the earlier users, groups and
    /// roles.</summary>
    /// <param name="Header">The task.</param>
    /// <param name="Entries">The users, groups and roles that it is for.</param>
    public sealed record Opened(WorklistHeaderRecord Header, IReadOnlyList<Destination> Entries) : WorklistChange(Header.Serial);

    /// <summary>A task is for one more.</summary>
    /// <param name="Serial">The serial number of the task.</param>
    /// <param name="Entry">The user, group or role.</param>
    public sealed record EntryAdded(SerialNumber Serial, Destination Entry) : WorklistChange(Serial);

    /// <summary>A user, group or role no longer has a task. The store remembers the entry, so that the engine can tell the user how the task ended (statement
    /// 1.8).</summary>
    /// <param name="Serial">The serial number of the task.</param>
    /// <param name="Entry">The user, group or role.</param>
    public sealed record EntryRemoved(SerialNumber Serial, Destination Entry) : WorklistChange(Serial);

    /// <summary>A user has taken a slot of a task that did not name them. They acted as a member of a role, for another, or because anyone may. The store keeps
    /// that they have taken part (statement 9.1).</summary>
    /// <param name="Serial">The serial number of the task.</param>
    /// <param name="User">The name of the user.</param>
    public sealed record TookPart(SerialNumber Serial, string User) : WorklistChange(Serial);

    /// <summary>A task ended. The store remembers the task and its entries (statement 1.8).</summary>
    /// <param name="Serial">The serial number of the task.</param>
    /// <param name="End">Completed or expired.</param>
    public sealed record Closed(SerialNumber Serial, WorklistItemEnd End) : WorklistChange(Serial);
}
