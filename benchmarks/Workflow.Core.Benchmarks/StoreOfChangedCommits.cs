using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Benchmarks;

/// <summary>A store that is given every commit as a function makes it.</summary>
/// <param name="inner">The store.</param>
/// <param name="change">The function.</param>
internal sealed class StoreOfChangedCommits(IProcessStore inner, Func<Commit, Commit> change) : IProcessStore
{
    public ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => inner.CommitAsync(change(commit), cancellation);

    public ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation) => inner.ReserveAsync(cancellation);

    public ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        inner.LoadAsync(processInstance, cancellation);

    public ValueTask<StoredProcess?> LoadAsync(
        ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation) =>
        inner.LoadAsync(processInstance, activityInstance, destination, cancellation);

    public ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation) => inner.LoadTaskAsync(serial, cancellation);

    public ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(
        ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation) =>
        inner.ReadJournalAsync(processInstance, after, limit, cancellation);

    public ValueTask<ServerItemRecord?> FindServerItemAsync(SerialNumber serial, CancellationToken cancellation) =>
        inner.FindServerItemAsync(serial, cancellation);

    public ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation) =>
        inner.FindServerItemsAsync(query, cancellation);

    public ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        inner.FindProcessesAsync(query, cancellation);

    public ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, CancellationToken cancellation) =>
        inner.FindProcessesOfAsync(participants, query, cancellation);

    public ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation) => inner.ClaimAsync(query, cancellation);

    public ValueTask RenewAsync(string owner, TimeSpan lease, CancellationToken cancellation) => inner.RenewAsync(owner, lease, cancellation);

    public ValueTask ReleaseAsync(ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation) => inner.ReleaseAsync(claim, putOff, cancellation);

    public ValueTask<bool> SetAsideAsync(ProcessInstanceId processInstance, string? reason, CancellationToken cancellation) =>
        inner.SetAsideAsync(processInstance, reason, cancellation);

    public ValueTask<StoredTask?> FindTaskAsync(SerialNumber serial, CancellationToken cancellation) => inner.FindTaskAsync(serial, cancellation);

    public ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation) => inner.FindTasksAsync(entries, query, cancellation);

    public ValueTask<IReadOnlyList<Destination>> FindRolesOfTasksAsync(Destination? after, int limit, CancellationToken cancellation) =>
        inner.FindRolesOfTasksAsync(after, limit, cancellation);

    public ValueTask<bool> HasTakenPartAsync(ProcessInstanceId processInstance, IReadOnlyCollection<Destination> entries, CancellationToken cancellation) =>
        inner.HasTakenPartAsync(processInstance, entries, cancellation);

    public ValueTask<IReadOnlyList<ProcessTimer>> FindTimersAsync(TimerQuery query, CancellationToken cancellation) =>
        inner.FindTimersAsync(query, cancellation);

    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellation) => inner.NextDueAsync(after, cancellation);

    public ValueTask SaveAsync(string user, OutOfOffice? absence, CancellationToken cancellation) => inner.SaveAsync(user, absence, cancellation);

    public ValueTask<OutOfOffice?> FindAbsenceAsync(string user, CancellationToken cancellation) => inner.FindAbsenceAsync(user, cancellation);

    public ValueTask<IReadOnlyList<OutOfOffice>> FindAbsencesSharedWithAsync(string substitute, CancellationToken cancellation) =>
        inner.FindAbsencesSharedWithAsync(substitute, cancellation);

    public ValueTask<StoredRequest?> FindRequestAsync(string key, CancellationToken cancellation) => inner.FindRequestAsync(key, cancellation);

    public ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation) =>
        inner.FindMessagesAsync(query, cancellation);

    public ValueTask<bool> DiscardMessageAsync(MessageKey message, CancellationToken cancellation) => inner.DiscardMessageAsync(message, cancellation);

    public ValueTask<int> PurgeAsync(DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation) =>
        inner.PurgeAsync(endedBefore, definition, limit, cancellation);

    public ValueTask<bool> RemoveAsync(ProcessInstanceId processInstance, CancellationToken cancellation) =>
        inner.RemoveAsync(processInstance, cancellation);

    public ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation) =>
        inner.KeepDefinitionAsync(definition, becomesDefault, cancellation);

    public ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(string name, CancellationToken cancellation) =>
        inner.FindDefinitionsAsync(name, cancellation);

    public ValueTask<IReadOnlyList<DefinitionVersion>> FindDefaultVersionsAsync(CancellationToken cancellation) => inner.FindDefaultVersionsAsync(cancellation);

    public ValueTask<bool> SetDefaultVersionAsync(DefinitionVersion version, CancellationToken cancellation) =>
        inner.SetDefaultVersionAsync(version, cancellation);

    public ValueTask<DefinitionRemoval> RemoveDefinitionAsync(DefinitionVersion version, CancellationToken cancellation) =>
        inner.RemoveDefinitionAsync(version, cancellation);

    public ValueTask<IReadOnlyList<VersionInUse>> CountVersionsInUseAsync(CancellationToken cancellation) => inner.CountVersionsInUseAsync(cancellation);
}
