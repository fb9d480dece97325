using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>The store of an engine that only rehearses: everything is read in it, and nothing is stored. A change answers as it would, and does nothing.
/// The instance, the task and the absences of a question are read once.</summary>
internal sealed partial class RehearsalStore(IProcessStore store) : IProcessStore
{
    private readonly Dictionary<ProcessInstanceId, StoredProcess?> _processes = [];
    private readonly Dictionary<SerialNumber, StoredProcess?> _partsOfTasks = [];
    private readonly Dictionary<SerialNumber, StoredTask?> _tasks = [];
    private readonly Dictionary<string, IReadOnlyList<OutOfOffice>> _absences = new(NameComparer.Default);

    public bool IsShared => store.IsShared;

    public string KeyPart => store.KeyPart;

    public async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation)
    {
        if (!_processes.TryGetValue(processInstance, out var known))
        {
            _processes.Add(processInstance, known = await store.LoadAsync(processInstance, cancellation).ConfigureAwait(false));
        }

        return known;
    }

    public async ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation)
    {
        if (!_partsOfTasks.TryGetValue(serial, out var known))
        {
            _partsOfTasks.Add(serial, known = await store.LoadTaskAsync(serial, cancellation).ConfigureAwait(false));
        }

        return known;
    }

    /// <summary>The parts of a task are the same, whether its activity instance is known or not.</summary>
    public ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation) =>
        _partsOfTasks.GetValueOrDefault(new SerialNumber(processInstance, destination)) is { Parts.Count: > 1 } known
            ? ValueTask.FromResult<StoredProcess?>(known)
            : store.LoadAsync(processInstance, activityInstance, destination, cancellation);

    public async ValueTask<StoredTask?> FindTaskAsync(SerialNumber serial, CancellationToken cancellation)
    {
        if (!_tasks.TryGetValue(serial, out var known))
        {
            _tasks.Add(serial, known = await store.FindTaskAsync(serial, cancellation).ConfigureAwait(false));
        }

        return known;
    }

    public async ValueTask<IReadOnlyList<OutOfOffice>> FindAbsencesSharedWithAsync(string substitute, CancellationToken cancellation)
    {
        if (!_absences.TryGetValue(substitute, out var known))
        {
            _absences.Add(substitute, known = await store.FindAbsencesSharedWithAsync(substitute, cancellation).ConfigureAwait(false));
        }

        return known;
    }

    public async ValueTask<TaskAndAbsences> FindTaskAndAbsencesAsync(SerialNumber serial, string substitute, CancellationToken cancellation)
    {
        if (!_tasks.ContainsKey(serial) && !_absences.ContainsKey(substitute))
        {
            (_tasks[serial], _absences[substitute]) = await store.FindTaskAndAbsencesAsync(serial, substitute, cancellation).ConfigureAwait(false);
        }

        var task = await FindTaskAsync(serial, cancellation).ConfigureAwait(false);
        return new TaskAndAbsences(task, await FindAbsencesSharedWithAsync(substitute, cancellation).ConfigureAwait(false));
    }

    public ValueTask SaveAsync(string user, OutOfOffice? absence, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }

    public async ValueTask<bool> SetAsideAsync(ProcessInstanceId processInstance, string? reason, CancellationToken cancellation) =>
        await LoadAsync(processInstance, cancellation).ConfigureAwait(false) is not null;

    public async ValueTask<bool> RemoveAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        await LoadAsync(processInstance, cancellation).ConfigureAwait(false) is not null;

    public async ValueTask<bool> SetDefaultVersionAsync(DefinitionVersion version, CancellationToken cancellation) =>
        await IsKeptAsync(version, cancellation).ConfigureAwait(false);

    public async ValueTask<DefinitionRemoval> RemoveDefinitionAsync(DefinitionVersion version, CancellationToken cancellation)
    {
        if (!await IsKeptAsync(version, cancellation).ConfigureAwait(false))
        {
            return DefinitionRemoval.NotFound;
        }

        var defaults = await store.FindDefaultVersionsAsync(cancellation).ConfigureAwait(false);
        if (defaults.Contains(version))
        {
            return DefinitionRemoval.IsDefault;
        }

        var live = new ProcessQuery { Definition = version.Name, DefinitionVersion = version.Version, HasEnded = false, Limit = 1 };
        return (await store.FindProcessesAsync(live, cancellation).ConfigureAwait(false)).Count > 0 ? DefinitionRemoval.IsInUse : DefinitionRemoval.Removed;
    }

    public ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation) => throw Stores();

    public ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => throw Stores();

    public ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation) => throw Stores();

    public ValueTask RenewAsync(string owner, TimeSpan lease, CancellationToken cancellation) => throw Stores();

    public ValueTask ReleaseAsync(ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation) => throw Stores();

    public ValueTask<bool> DiscardMessageAsync(MessageKey message, CancellationToken cancellation) => throw Stores();

    public ValueTask<int> PurgeAsync(DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation) => throw Stores();

    public ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation) => throw Stores();

    private async ValueTask<bool> IsKeptAsync(DefinitionVersion version, CancellationToken cancellation)
    {
        var kept = await store.FindDefinitionsAsync(version.Name, cancellation).ConfigureAwait(false);
        return kept.Any(definition => definition.Version == version && !definition.IsRemoved);
    }

    /// <summary>A way of the engine has forgotten to ask whether it only rehearses. Nothing is stored all the same.</summary>
    private static InvalidOperationException Stores() => new("A rehearsal stores nothing.");
}
