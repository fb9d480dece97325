using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Benchmarks;

/// <summary>A store to which the history of every commit is not passed on: what it then holds less is what the history holds.</summary>
internal sealed class StoreWithoutHistory(IProcessStore inner) : IProcessStore
{
    public ValueTask CommitAsync(Commit commit, CancellationToken cancellation)
    {
        var rest = new Commit
        {
            ProcessInstance = commit.ProcessInstance,
            ExpectedVersion = commit.ExpectedVersion,
            Status = commit.Status,
            HasPendingCall = commit.HasPendingCall,
            Parts = commit.Parts,
            EndedActivities = commit.EndedActivities,
            RemovedParts = commit.RemovedParts,
            Worklist = commit.Worklist,
            ArmedTimers = commit.ArmedTimers,
            EndedTimers = commit.EndedTimers,
            Journal = null,
            ServerItems = commit.ServerItems,
        };
        return inner.CommitAsync(rest, cancellation);
    }

    public ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation) => inner.ReserveAsync(cancellation);

    public ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation) => inner.LoadAsync(processInstance, cancellation);

    public ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation) =>
        inner.LoadAsync(processInstance, activityInstance, destination, cancellation);

    public ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation) =>
        inner.ReadJournalAsync(processInstance, after, limit, cancellation);

    public ValueTask<ServerItemRecord?> FindServerItemAsync(SerialNumber serial, CancellationToken cancellation) => inner.FindServerItemAsync(serial, cancellation);

    public ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation) =>
        inner.FindServerItemsAsync(query, cancellation);

    public ValueTask<IReadOnlyList<ProcessInstanceId>> FindPendingAsync(ProcessInstanceId after, int limit, CancellationToken cancellation) =>
        inner.FindPendingAsync(after, limit, cancellation);

    public ValueTask<StoredTask?> FindTaskAsync(SerialNumber serial, CancellationToken cancellation) => inner.FindTaskAsync(serial, cancellation);

    public ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation) => inner.FindTasksAsync(entries, query, cancellation);

    public ValueTask<bool> HasTakenPartAsync(ProcessInstanceId processInstance, IReadOnlyCollection<Destination> entries, CancellationToken cancellation) =>
        inner.HasTakenPartAsync(processInstance, entries, cancellation);

    public ValueTask<IReadOnlyList<ProcessTimer>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        inner.FindDueAsync(now, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellation) => inner.NextDueAsync(after, cancellation);

    public ValueTask SaveAsync(string user, OutOfOffice? absence, CancellationToken cancellation) => inner.SaveAsync(user, absence, cancellation);

    public ValueTask<OutOfOffice?> FindAbsenceAsync(string user, CancellationToken cancellation) => inner.FindAbsenceAsync(user, cancellation);

    public ValueTask<IReadOnlyList<OutOfOffice>> FindAbsencesSharedWithAsync(string substitute, CancellationToken cancellation) =>
        inner.FindAbsencesSharedWithAsync(substitute, cancellation);
}
