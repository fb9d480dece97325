namespace Workflow.Core.Persistence;

/// <summary>A task, and the absences in which tasks are shared with a user.</summary>
/// <param name="Task">The task; null when there never was one.</param>
/// <param name="Absences">The absences, by the name of the absent user, case aside.</param>
public readonly record struct TaskAndAbsences(StoredTask? Task, IReadOnlyList<OutOfOffice> Absences);
