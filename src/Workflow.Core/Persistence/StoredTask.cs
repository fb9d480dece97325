using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>The data that a store keeps of a task.</summary>
/// <param name="Header">The task; the latest, when several had the serial number one after the other.</param>
/// <param name="Entries">The users, groups and roles that it is for, and those that it was for.</param>
/// <param name="End">How it ended; null while it is open.</param>
public sealed record StoredTask(WorklistHeaderRecord Header, IReadOnlyList<Destination> Entries, WorklistItemEnd? End);
