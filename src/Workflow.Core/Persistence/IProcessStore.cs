using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>Where process instances are kept: one of the library's two seams. A store keeps bytes and a few words to find them by; it decides nothing.</summary>
/// <remarks>Every method may be called by many callers at once. A method that throws has stored nothing, or says otherwise.</remarks>
public interface IProcessStore
{
    /// <summary>Gives out the number of the next process instance. Numbers grow and are never given out twice; gaps are allowed.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The number.</returns>
    ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation);

    /// <summary>Loads an instance.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Its parts, or null when there is no such instance.</returns>
    ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation);

    /// <summary>Stores everything in a commit, or nothing of it (statement 14.2).</summary>
    /// <param name="commit">What to store.</param>
    /// <param name="cancellation">Gives up, as long as nothing is stored.</param>
    /// <returns>A task that ends when everything is stored.</returns>
    /// <exception cref="ConcurrencyException">The instance has another version than the commit expects (statement 14.3).</exception>
    ValueTask CommitAsync(Commit commit, CancellationToken cancellation);

    /// <summary>Reads the history of an instance, piece by piece as it was committed.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="after">The number of the last fact that is known already; zero to begin.</param>
    /// <param name="limit">How many pieces to return at most; positive.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The pieces with facts behind <paramref name="after"/>, oldest first; none when there are no more.</returns>
    ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(
        ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation);

    /// <summary>Finds the latest record of a server item, also of one that has ended.</summary>
    /// <param name="serial">Its serial number.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The record, or null when there never was one.</returns>
    ValueTask<ServerItemRecord?> FindServerItemAsync(SerialNumber serial, CancellationToken cancellation);

    /// <summary>Finds server items, in the order of their serial numbers.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>One page.</returns>
    ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation);

    /// <summary>Finds instances whose last commit has a pending call, in the order of their numbers.</summary>
    /// <param name="after">The last of the page before; the default to begin.</param>
    /// <param name="limit">How many to return at most; positive.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>One page.</returns>
    ValueTask<IReadOnlyList<ProcessInstanceId>> FindPendingAsync(ProcessInstanceId after, int limit, CancellationToken cancellation);

    /// <summary>Loads what is needed to show one destination of an instance: the header, the activity instance, the destination and its details.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="activityInstance">The number of the activity instance.</param>
    /// <param name="destination">The number of the destination.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Those parts, or null when there is no such instance.</returns>
    ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation);

    /// <summary>Finds what is kept of a task, also of one that has ended.</summary>
    /// <param name="serial">Its serial number.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The task, or null when there never was one.</returns>
    ValueTask<StoredTask?> FindTaskAsync(SerialNumber serial, CancellationToken cancellation);

    /// <summary>Finds the tasks that are open for somebody, each once, in the order that the query asks for.</summary>
    /// <param name="entries">The user, and the roles and groups he belongs to; null for the tasks of everybody.</param>
    /// <param name="query">Which ones; its statuses are for the engine.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>One page.</returns>
    ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation);

    /// <summary>Whether an instance has or had a task for somebody.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="entries">The user, and the roles and groups he belongs to.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether it has or had.</returns>
    ValueTask<bool> HasTakenPartAsync(ProcessInstanceId processInstance, IReadOnlyCollection<Destination> entries, CancellationToken cancellation);

    /// <summary>Finds timers that are due, the longest due first; of one instant, by process instance and number.</summary>
    /// <param name="now">The instant up to which they count.</param>
    /// <param name="limit">How many to return at most; positive.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>One page.</returns>
    ValueTask<IReadOnlyList<ProcessTimer>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>When the next timer is due.</summary>
    /// <param name="after">Only timers that are due later than this count; null for all.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The instant; null when there is no timer.</returns>
    ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellation);

    /// <summary>Keeps that a user is out of office, in the place of what is kept of him.</summary>
    /// <param name="user">The name of the user; case does not count.</param>
    /// <param name="absence">The absence; null for none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A task that ends when it is stored.</returns>
    ValueTask SaveAsync(string user, OutOfOffice? absence, CancellationToken cancellation);

    /// <summary>Finds what is kept of the absence of a user.</summary>
    /// <param name="user">The name of the user; case does not count.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The absence; null when there is none.</returns>
    ValueTask<OutOfOffice?> FindAbsenceAsync(string user, CancellationToken cancellation);

    /// <summary>Finds the absences in which tasks are shared with a user.</summary>
    /// <param name="substitute">The name of the user; case does not count.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The absences, by the name of who is absent.</returns>
    ValueTask<IReadOnlyList<OutOfOffice>> FindAbsencesSharedWithAsync(string substitute, CancellationToken cancellation);
}
