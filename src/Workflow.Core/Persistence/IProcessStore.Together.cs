using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <content>Several things that are loaded together.</content>
public partial interface IProcessStore
{
    /// <summary>Loads several instances as a whole.</summary>
    /// <param name="processInstances">The instances.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>For each instance, in the order given, what <see cref="LoadAsync(ProcessInstanceId, CancellationToken)"/> loads; null when there is no such
    /// instance.</returns>
    /// <remarks>A store that does not implement it loads one instance after the other. A store in a database should load them with one question.</remarks>
    async ValueTask<IReadOnlyList<StoredProcess?>> LoadProcessesAsync(IReadOnlyList<ProcessInstanceId> processInstances, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(processInstances);
        var loaded = new List<StoredProcess?>(processInstances.Count);
        foreach (var processInstance in processInstances)
        {
            loaded.Add(await LoadAsync(processInstance, cancellation).ConfigureAwait(false));
        }

        return loaded;
    }

    /// <summary>Loads what is needed to show each of several tasks.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>For each task, in the order given, what <see cref="LoadAsync(ProcessInstanceId, int, int, CancellationToken)"/> loads;
    /// null when there is no such instance.</returns>
    /// <remarks>A store that does not implement it loads one task after the other. A store in a database should load them with one question.</remarks>
    async ValueTask<IReadOnlyList<StoredProcess?>> LoadTasksAsync(IReadOnlyList<WorklistHeaderRecord> tasks, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var loaded = new List<StoredProcess?>(tasks.Count);
        foreach (var task in tasks)
        {
            loaded.Add(await LoadAsync(task.Serial.ProcessInstance, task.ActivityInstance, task.Serial.Destination, cancellation).ConfigureAwait(false));
        }

        return loaded;
    }
}
