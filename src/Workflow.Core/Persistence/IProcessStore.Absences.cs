namespace Workflow.Core.Persistence;

/// <content>Tasks together with the absences in which tasks are shared with somebody. A list of a user's tasks needs both.</content>
public partial interface IProcessStore
{
    /// <summary>Finds the tasks that are open for somebody, and the absences in which tasks are shared with a user.</summary>
    /// <param name="entries">The user, and the roles and groups they belong to.</param>
    /// <param name="query">Which tasks; its statuses are for the engine.</param>
    /// <param name="substitute">The name of the user; case does not count.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page of tasks, as <see cref="FindTasksAsync"/> finds them, and all absences, as <see cref="FindAbsencesSharedWithAsync"/> finds
    /// them.</returns>
    /// <remarks>A store that does not implement it asks both questions. A store in a database should ask them as one.</remarks>
    async ValueTask<TasksAndAbsences> FindTasksAndAbsencesAsync(
        IReadOnlyCollection<Destination> entries, WorklistQuery query, string substitute, CancellationToken cancellation)
    {
        var absences = await FindAbsencesSharedWithAsync(substitute, cancellation).ConfigureAwait(false);
        return new TasksAndAbsences(await FindTasksAsync(entries, query, cancellation).ConfigureAwait(false), absences);
    }

    /// <summary>Finds the stored data of a task, also of an ended one, and the absences in which tasks are shared with a user.</summary>
    /// <param name="serial">The serial number of the task.</param>
    /// <param name="substitute">The name of the user; case does not count.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The task, as <see cref="FindTaskAsync"/> finds it, and all absences, as <see cref="FindAbsencesSharedWithAsync"/> finds them.</returns>
    /// <remarks>A store that does not implement it asks both questions. A store in a database should ask them as one.</remarks>
    async ValueTask<TaskAndAbsences> FindTaskAndAbsencesAsync(SerialNumber serial, string substitute, CancellationToken cancellation)
    {
        var absences = await FindAbsencesSharedWithAsync(substitute, cancellation).ConfigureAwait(false);
        return new TaskAndAbsences(await FindTaskAsync(serial, cancellation).ConfigureAwait(false), absences);
    }
}
