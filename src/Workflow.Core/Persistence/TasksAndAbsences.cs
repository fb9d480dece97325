using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>A page of open tasks, and the absences in which tasks are shared with a user.</summary>
/// <param name="Tasks">The tasks, in the order that the query asked for.</param>
/// <param name="Absences">The absences, by the name of the absent user, case aside.</param>
public readonly record struct TasksAndAbsences(IReadOnlyList<WorklistHeaderRecord> Tasks, IReadOnlyList<OutOfOffice> Absences);
