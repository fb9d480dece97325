using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Support;

/// <summary>A store that hands everything on to another; a test overrides what it wants to disturb.</summary>
internal abstract class StoreAround : IProcessStore
{
    /// <summary>The store that is asked.</summary>
    protected abstract IProcessStore Asked { get; }

    public bool KeepsNews => Asked.KeepsNews;

    public virtual ValueTask<NewsPage> ReadNewsAsync(
        string? place, string owner, int limit, CancellationToken cancellation) =>
        Asked.ReadNewsAsync(place, owner, limit, cancellation);

    public virtual ValueTask RemoveNewsAsync(string place, CancellationToken cancellation) => Asked.RemoveNewsAsync(place, cancellation);

    public virtual ValueTask<ProcessInstanceId> ReserveAsync(
        CancellationToken cancellation) =>
        Asked.ReserveAsync(cancellation);

    public virtual ValueTask<StoredProcess?> LoadAsync(
        ProcessInstanceId processInstance, CancellationToken cancellation) =>
        Asked.LoadAsync(processInstance, cancellation);

    public virtual ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation) => Asked.LoadTaskAsync(serial, cancellation);

    /// <summary>One after the other, so that a test which disturbs
    /// <see cref="LoadAsync(ProcessInstanceId, int, int, CancellationToken)"/> disturbs this too.</summary>
    public virtual async ValueTask<IReadOnlyList<StoredProcess?>> LoadTasksAsync(IReadOnlyList<WorklistHeaderRecord> tasks, CancellationToken cancellation)
    {
        var loaded = new List<StoredProcess?>(tasks.Count);
        foreach (var task in tasks)
        {
            loaded.Add(await LoadAsync(task.Serial.ProcessInstance, task.ActivityInstance, task.Serial.Destination, cancellation));
        }

        return loaded;
    }

    /// <summary>One after the other, so that a test which disturbs <see cref="LoadAsync(ProcessInstanceId, CancellationToken)"/> disturbs this too.</summary>
    public virtual async ValueTask<IReadOnlyList<StoredProcess?>> LoadProcessesAsync(
        IReadOnlyList<ProcessInstanceId> processInstances, CancellationToken cancellation)
    {
        var loaded = new List<StoredProcess?>(processInstances.Count);
        foreach (var processInstance in processInstances)
        {
            loaded.Add(await LoadAsync(processInstance, cancellation));
        }

        return loaded;
    }

    public virtual ValueTask CommitAsync(
        Commit commit, CancellationToken cancellation) =>
        Asked.CommitAsync(commit, cancellation);

    public virtual ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(
        ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation) =>
        Asked.ReadJournalAsync(processInstance, after, limit, cancellation);

    public virtual ValueTask<ServerItemRecord?> FindServerItemAsync(
        SerialNumber serial, CancellationToken cancellation) =>
        Asked.FindServerItemAsync(serial, cancellation);

    public virtual ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(
        ServerItemQuery query, CancellationToken cancellation) =>
        Asked.FindServerItemsAsync(query, cancellation);

    public virtual ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(
        ProcessQuery query, CancellationToken cancellation) =>
        Asked.FindProcessesAsync(query, cancellation);

    public virtual ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, CancellationToken cancellation) =>
        Asked.FindProcessesOfAsync(participants, query, cancellation);

    public virtual ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(
        ClaimQuery query, CancellationToken cancellation) =>
        Asked.ClaimAsync(query, cancellation);

    public virtual ValueTask RenewAsync(
        string owner, TimeSpan lease, CancellationToken cancellation) =>
        Asked.RenewAsync(owner, lease, cancellation);

    public virtual ValueTask ReleaseAsync(
        ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation) =>
        Asked.ReleaseAsync(claim, putOff, cancellation);

    public virtual ValueTask<bool> SetAsideAsync(
        ProcessInstanceId processInstance, string? reason, CancellationToken cancellation) =>
        Asked.SetAsideAsync(processInstance, reason, cancellation);

    public virtual ValueTask<StoredProcess?> LoadAsync(
        ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation) =>
        Asked.LoadAsync(processInstance, activityInstance, destination, cancellation);

    public virtual ValueTask<StoredTask?> FindTaskAsync(
        SerialNumber serial, CancellationToken cancellation) =>
        Asked.FindTaskAsync(serial, cancellation);

    public virtual ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation) =>
        Asked.FindTasksAsync(entries, query, cancellation);

    public virtual ValueTask<IReadOnlyList<Destination>> FindRolesOfTasksAsync(
        Destination? after, int limit, CancellationToken cancellation) =>
        Asked.FindRolesOfTasksAsync(after, limit, cancellation);

    public virtual ValueTask<bool> HasTakenPartAsync(
        ProcessInstanceId processInstance, IReadOnlyCollection<Destination> entries, CancellationToken cancellation) =>
        Asked.HasTakenPartAsync(processInstance, entries, cancellation);

    public virtual ValueTask<IReadOnlyList<ProcessTimer>> FindTimersAsync(
        TimerQuery query, CancellationToken cancellation) =>
        Asked.FindTimersAsync(query, cancellation);

    public virtual ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellation) =>
        Asked.NextDueAsync(after, cancellation);

    public virtual ValueTask SaveAsync(
        string user, OutOfOffice? absence, CancellationToken cancellation) =>
        Asked.SaveAsync(user, absence, cancellation);

    public virtual ValueTask<OutOfOffice?> FindAbsenceAsync(
        string user, CancellationToken cancellation) =>
        Asked.FindAbsenceAsync(user, cancellation);

    public virtual ValueTask<IReadOnlyList<OutOfOffice>> FindAbsencesSharedWithAsync(
        string substitute, CancellationToken cancellation) =>
        Asked.FindAbsencesSharedWithAsync(substitute, cancellation);

    public virtual ValueTask<StoredRequest?> FindRequestAsync(
        string key, CancellationToken cancellation) =>
        Asked.FindRequestAsync(key, cancellation);

    public virtual ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(
        MessageQuery query, CancellationToken cancellation) =>
        Asked.FindMessagesAsync(query, cancellation);

    public virtual ValueTask<bool> DiscardMessageAsync(MessageKey message, CancellationToken cancellation) =>
        Asked.DiscardMessageAsync(message, cancellation);

    public virtual ValueTask<int> PurgeAsync(
        DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation) =>
        Asked.PurgeAsync(endedBefore, definition, limit, cancellation);

    public virtual ValueTask<bool> RemoveAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        Asked.RemoveAsync(processInstance, cancellation);

    public virtual ValueTask<StoredDefinition> KeepDefinitionAsync(
        StoredDefinition definition, bool becomesDefault, CancellationToken cancellation) =>
        Asked.KeepDefinitionAsync(definition, becomesDefault, cancellation);

    public virtual ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(
        string name, CancellationToken cancellation) =>
        Asked.FindDefinitionsAsync(name, cancellation);

    public virtual ValueTask<IReadOnlyList<DefinitionVersion>> FindDefaultVersionsAsync(
        CancellationToken cancellation) =>
        Asked.FindDefaultVersionsAsync(cancellation);

    public virtual ValueTask<bool> SetDefaultVersionAsync(
        DefinitionVersion version, CancellationToken cancellation) =>
        Asked.SetDefaultVersionAsync(version, cancellation);

    public virtual ValueTask<DefinitionRemoval> RemoveDefinitionAsync(
        DefinitionVersion version, CancellationToken cancellation) =>
        Asked.RemoveDefinitionAsync(version, cancellation);

    public virtual ValueTask<IReadOnlyList<VersionInUse>> CountVersionsInUseAsync(CancellationToken cancellation) =>
        Asked.CountVersionsInUseAsync(cancellation);

    public virtual ValueTask<int> CountProcessesAsync(ProcessQuery query, int atMost, CancellationToken cancellation) =>
        Asked.CountProcessesAsync(query, atMost, cancellation);

    public virtual ValueTask<int> CountProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, int atMost, CancellationToken cancellation) =>
        Asked.CountProcessesOfAsync(participants, query, atMost, cancellation);

    public virtual ValueTask<IReadOnlyList<LiveCount>> CountLiveAsync(
        IReadOnlyCollection<string>? definitions, int atMost, CancellationToken cancellation) =>
        Asked.CountLiveAsync(definitions, atMost, cancellation);

    public virtual ValueTask<IReadOnlyList<TaskCountOf>> CountTasksAsync(TaskCountQuery query, CancellationToken cancellation) =>
        Asked.CountTasksAsync(query, cancellation);
}
