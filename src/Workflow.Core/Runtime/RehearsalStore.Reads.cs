using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Runtime;

/// <content>Questions that go to the store as they are.</content>
internal sealed partial class RehearsalStore
{
    public ValueTask<IReadOnlyList<StoredProcess?>> LoadProcessesAsync(
        IReadOnlyList<ProcessInstanceId> processInstances, CancellationToken cancellation) => store.LoadProcessesAsync(processInstances, cancellation);

    public ValueTask<IReadOnlyList<StoredProcess?>> LoadTasksAsync(IReadOnlyList<WorklistHeaderRecord> tasks, CancellationToken cancellation) =>
        store.LoadTasksAsync(tasks, cancellation);

    public ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(
        ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation) =>
        store.ReadJournalAsync(processInstance, after, limit, cancellation);

    public ValueTask<ServerItemRecord?> FindServerItemAsync(SerialNumber serial, CancellationToken cancellation) =>
        store.FindServerItemAsync(serial, cancellation);

    public ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation) =>
        store.FindServerItemsAsync(query, cancellation);

    public ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        store.FindProcessesAsync(query, cancellation);

    public ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, CancellationToken cancellation) =>
        store.FindProcessesOfAsync(participants, query, cancellation);

    public ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation) => store.FindTasksAsync(entries, query, cancellation);

    public ValueTask<TasksAndAbsences> FindTasksAndAbsencesAsync(
        IReadOnlyCollection<Destination> entries, WorklistQuery query, string substitute, CancellationToken cancellation) =>
        store.FindTasksAndAbsencesAsync(entries, query, substitute, cancellation);

    public ValueTask<IReadOnlyList<Destination>> FindRolesOfTasksAsync(Destination? after, int limit, CancellationToken cancellation) =>
        store.FindRolesOfTasksAsync(after, limit, cancellation);

    public ValueTask<bool> HasTakenPartAsync(ProcessInstanceId processInstance, IReadOnlyCollection<Destination> entries, CancellationToken cancellation) =>
        store.HasTakenPartAsync(processInstance, entries, cancellation);

    public ValueTask<IReadOnlyList<ProcessTimer>> FindTimersAsync(TimerQuery query, CancellationToken cancellation) =>
        store.FindTimersAsync(query, cancellation);

    public ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellation) => store.NextDueAsync(after, cancellation);

    public ValueTask<OutOfOffice?> FindAbsenceAsync(string user, CancellationToken cancellation) => store.FindAbsenceAsync(user, cancellation);

    public ValueTask<StoredRequest?> FindRequestAsync(string key, CancellationToken cancellation) => store.FindRequestAsync(key, cancellation);

    public ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation) =>
        store.FindMessagesAsync(query, cancellation);

    public ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(string name, CancellationToken cancellation) =>
        store.FindDefinitionsAsync(name, cancellation);

    public ValueTask<IReadOnlyList<DefinitionVersion>> FindDefaultVersionsAsync(CancellationToken cancellation) =>
        store.FindDefaultVersionsAsync(cancellation);

    public ValueTask<int> CountProcessesAsync(ProcessQuery query, int atMost, CancellationToken cancellation) =>
        store.CountProcessesAsync(query, atMost, cancellation);

    public ValueTask<int> CountProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, int atMost, CancellationToken cancellation) =>
        store.CountProcessesOfAsync(participants, query, atMost, cancellation);

    public ValueTask<IReadOnlyList<LiveCount>> CountLiveAsync(
        IReadOnlyCollection<string>? definitions, int atMost, CancellationToken cancellation) => store.CountLiveAsync(definitions, atMost, cancellation);

    public ValueTask<IReadOnlyList<TaskCountOf>> CountTasksAsync(TaskCountQuery query, CancellationToken cancellation) =>
        store.CountTasksAsync(query, cancellation);

    public ValueTask<IReadOnlyList<VersionInUse>> CountVersionsInUseAsync(CancellationToken cancellation) => store.CountVersionsInUseAsync(cancellation);
}
