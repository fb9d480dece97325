using System.Data.Common;
using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>The storage of process instances, one of the library's two seams. A store keeps bytes, and a few words to find them by. It decides
/// nothing.</summary>
/// <remarks>Every method may be called by many callers at once. A method that throws has stored nothing, or says otherwise; limits and durations out
/// of range are an <see cref="ArgumentOutOfRangeException"/>. Text is any well-formed text, also with the character zero. Instants come back to the
/// tick, in UTC. Later changes of a buffer or a list by the caller do not change the stored data. The rules can be run: they are the
/// ProcessStoreContract of Workflow.Core.Testing.</remarks>
public partial interface IProcessStore
{
    /// <summary>Whether others than its engine can change its content: other engines, or transactions of the host. If so, the engine polls the store for work.
    /// Otherwise the engine knows of all work.</summary>
    bool IsShared => false;

    /// <summary>The text in front of every idempotency key that code receives. It keeps apart the keys of two stores, and those from before and after a restore
    /// (statement 14.7c). It was drawn at random once for the store; empty for a store that has none. It is known once a number was
    /// reserved or an instance loaded, and follows a change from then on.</summary>
    string KeyPart => "";

    /// <summary>The same store inside a transaction of the host. Its commits are committed or rolled back with that transaction (statement 13.6).</summary>
    /// <param name="transaction">The transaction, under way, on the store's own database.</param>
    /// <returns>The store, to be used as long as the transaction lasts, by one caller at a time.</returns>
    /// <exception cref="NotSupportedException">The store is not in a database.</exception>
    /// <exception cref="ArgumentException">The transaction has ended, or belongs to another database.</exception>
    IProcessStore Within(DbTransaction transaction) => throw new NotSupportedException(
        $"{GetType().Name} is not in a database, so it cannot take part in a transaction of yours. Use a store of Workflow.Core.Relational on the database "
            + $"of the transaction.");

    /// <summary>Gives out the number of the next process instance. Numbers grow and are never given out twice; gaps are allowed.</summary>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The number.</returns>
    ValueTask<ProcessInstanceId> ReserveAsync(CancellationToken cancellation);

    /// <summary>Loads an instance.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>Its parts, or null when there is no such instance.</returns>
    ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation);

    /// <summary>Stores everything in a commit, or nothing of it (statement 14.2).</summary>
    /// <param name="commit">The commit to store.</param>
    /// <param name="cancellation">Cancels the call while nothing is stored.</param>
    /// <returns>A task that ends when everything is stored.</returns>
    /// <exception cref="ConcurrencyException">The instance has another version, epoch or last commit than the commit expects. Or somebody else holds a lease on
    /// it, the idempotency key is taken, or a message that the commit receives is not there (statements 13.7, 14.2, 14.3 and 14.7c).</exception>
    /// <exception cref="CommitOutcomeUnknownException">It could not be found out whether the commit is stored.</exception>
    /// <exception cref="ProcessStoreException">Nothing was stored, because the store cannot at present.</exception>
    ValueTask CommitAsync(Commit commit, CancellationToken cancellation);

    /// <summary>Reads the history of an instance, piece by piece as it was committed.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="after">The number of the last fact that is known already; zero to begin.</param>
    /// <param name="limit">How many pieces to return at most; positive.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The pieces with facts behind <paramref name="after"/>, oldest first; none when there are no more.</returns>
    ValueTask<IReadOnlyList<StoredJournal>> ReadJournalAsync(
        ProcessInstanceId processInstance, long after, int limit, CancellationToken cancellation);

    /// <summary>Finds the latest record of a server item, also of one that has ended.</summary>
    /// <param name="serial">Its serial number.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The record, or null when there never was one.</returns>
    ValueTask<ServerItemRecord?> FindServerItemAsync(SerialNumber serial, CancellationToken cancellation);

    /// <summary>Finds server items, in the order of their serial numbers.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page.</returns>
    ValueTask<IReadOnlyList<ServerItemRecord>> FindServerItemsAsync(ServerItemQuery query, CancellationToken cancellation);

    /// <summary>Finds instances, in the order of their numbers (statement 13.10).</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page.</returns>
    ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation);

    /// <summary>Finds instances in which somebody took part: that they started, or that have or had a task for them, as <see cref="HasTakenPartAsync"/> says.
    /// The cost does not grow with the instances in which they took no part.</summary>
    /// <param name="participants">The user, and the roles and groups they belong to.</param>
    /// <param name="query">Which of these instances.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page, in the order of their numbers.</returns>
    ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesOfAsync(
        IReadOnlyCollection<Destination> participants, ProcessQuery query, CancellationToken cancellation);

    /// <summary>Gives an engine instances to work on. They have a pending call or a due timer, and definitions that the engine knows. Instances that are set
    /// aside, put off or leased are left out. But the engine also gets instances with a due timer on which it holds the lease itself. The lease begins. The
    /// epoch grows by one, unless the engine was the last to claim or to commit the instance. Two engines never get the same instance.</summary>
    /// <param name="query">The engine, and the instances that it wants.</param>
    /// <param name="cancellation">Cancels the call while nothing is claimed.</param>
    /// <returns>The instances, first those with pending calls by their numbers, then those with timers by when they are
    /// due. None when there is nothing to do.</returns>
    ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation);

    /// <summary>Makes all leases of an engine last longer that nobody else has taken since.</summary>
    /// <param name="owner">The engine.</param>
    /// <param name="lease">How long from now; positive, and <see cref="ProcessLease.Longest"/> at most.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A task that ends when it is stored.</returns>
    ValueTask RenewAsync(string owner, TimeSpan lease, CancellationToken cancellation);

    /// <summary>Gives back an instance that was claimed and not committed. When it has been committed or claimed again since, by the same engine too, or
    /// another engine owns it, nothing happens.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="putOff">How long nobody is to be given it, from now; zero for no time, <see cref="ProcessLease.LongestPutOff"/>
    /// at most. A commit ends it.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A task that ends when it is stored.</returns>
    ValueTask ReleaseAsync(ClaimedProcess claim, TimeSpan putOff, CancellationToken cancellation);

    /// <summary>Sets an instance aside, so that nobody is given it to work on, or takes that back. Its stored form stays as it is, and commands can reach
    /// it.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="reason">Why; null takes it back, and attempts are counted anew.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>Whether there is such an instance.</returns>
    ValueTask<bool> SetAsideAsync(ProcessInstanceId processInstance, string? reason, CancellationToken cancellation);

    /// <summary>Loads what is needed to show one destination of an instance: the header without its details,
    /// the activity instance and the destination with theirs.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="activityInstance">The number of the activity instance.</param>
    /// <param name="destination">The number of the destination.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>Those parts, or null when there is no such instance.</returns>
    ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, int activityInstance, int destination, CancellationToken cancellation);

    /// <summary>Loads what an answer to a task needs: as <see cref="LoadAsync(ProcessInstanceId, int, int, CancellationToken)"/>, for a caller who knows the
    /// serial number only.</summary>
    /// <param name="serial">The serial number of the task, which may have ended.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>Those parts; the header alone when there is no such task, and null when there is no such instance.</returns>
    /// <remarks>The engine works on such an instance only where <see cref="StoredProcess.HasPendingCall"/> is false. A store that does not implement it returns
    /// null, and the engine loads the whole instance.</remarks>
    ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation) => ValueTask.FromResult<StoredProcess?>(null);

    /// <summary>Finds the stored data of a task, also of an ended one.</summary>
    /// <param name="serial">Its serial number.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The task, or null when there never was one.</returns>
    ValueTask<StoredTask?> FindTaskAsync(SerialNumber serial, CancellationToken cancellation);

    /// <summary>Finds the tasks that are open for somebody, each once, in the order that the query asks for.</summary>
    /// <param name="entries">The user, and the roles and groups they belong to; null for the tasks of everybody.</param>
    /// <param name="query">Which ones; its statuses are for the engine.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page.</returns>
    ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation);

    /// <summary>Finds the roles and groups that open tasks are for, each once, however it is written. The cost does not grow with the number of
    /// tasks.</summary>
    /// <param name="after">The last one that is known already; null to begin.</param>
    /// <param name="limit">How many to return at most; positive.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page: first the groups, then the roles, each in an order of the store's own that stays the same.
    /// Fewer than the limit when there are no more.</returns>
    ValueTask<IReadOnlyList<Destination>> FindRolesOfTasksAsync(Destination? after, int limit, CancellationToken cancellation);

    /// <summary>Whether an instance has or had a task for somebody.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="entries">The user, and the roles and groups they belong to.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>Whether it has or had.</returns>
    ValueTask<bool> HasTakenPartAsync(ProcessInstanceId processInstance, IReadOnlyCollection<Destination> entries, CancellationToken cancellation);

    /// <summary>Finds timers.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page.</returns>
    ValueTask<IReadOnlyList<ProcessTimer>> FindTimersAsync(TimerQuery query, CancellationToken cancellation);

    /// <summary>When the next timer is due.</summary>
    /// <param name="after">Only timers that are due later than this count; null for all.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The instant; null when there is no timer.</returns>
    ValueTask<DateTimeOffset?> NextDueAsync(DateTimeOffset? after, CancellationToken cancellation);

    /// <summary>Stores the absence of a user in place of an earlier one.</summary>
    /// <param name="user">The name of the user; case does not count.</param>
    /// <param name="absence">The absence; null for none.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A task that ends when it is stored.</returns>
    ValueTask SaveAsync(string user, OutOfOffice? absence, CancellationToken cancellation);

    /// <summary>Finds the stored absence of a user.</summary>
    /// <param name="user">The name of the user; case does not count.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The absence; null when there is none.</returns>
    ValueTask<OutOfOffice?> FindAbsenceAsync(string user, CancellationToken cancellation);

    /// <summary>Finds the absences in which tasks are shared with a user.</summary>
    /// <param name="substitute">The name of the user; case does not count.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The absences, by the name of the absent user, case aside.</returns>
    ValueTask<IReadOnlyList<OutOfOffice>> FindAbsencesSharedWithAsync(string substitute, CancellationToken cancellation);

    /// <summary>Finds the command that was executed under an idempotency key (statement 13.7). If nothing is kept under the whole key, a store that version 0.1
    /// has written also looks under the part of the key behind <see cref="StoredRequest.KeySeparator"/>. The request says under which key it is kept.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The request that was carried out; null for none.</returns>
    ValueTask<StoredRequest?> FindRequestAsync(string key, CancellationToken cancellation);

    /// <summary>Finds messages that have not been received.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page, by receiver, sender and number.</returns>
    ValueTask<IReadOnlyList<ProcessMessage>> FindMessagesAsync(MessageQuery query, CancellationToken cancellation);

    /// <summary>Removes a message that nobody can receive any more. Of a commit that receives it and this call only one finds it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Cancels the call while nothing is removed.</param>
    /// <returns>Whether there was such a message.</returns>
    ValueTask<bool> DiscardMessageAsync(MessageKey message, CancellationToken cancellation);

    /// <summary>Removes instances that are Completed or Deleted, with all their data, their history, their idempotency keys and the messages for them. It
    /// removes those that ended first. Messages that they sent stay until they are received.</summary>
    /// <param name="endedBefore">Instances that ended before this instant.</param>
    /// <param name="definition">Instances of this process definition; null for all.</param>
    /// <param name="limit">How many instances to remove at most; positive.</param>
    /// <param name="cancellation">Cancels the call while nothing is removed.</param>
    /// <returns>How many were removed; fewer than the limit when there are no more.</returns>
    ValueTask<int> PurgeAsync(DateTimeOffset endedBefore, string? definition, int limit, CancellationToken cancellation);

    /// <summary>Removes an instance that is Completed or Deleted, with all its data, its history and the messages for it. Its idempotency keys stay, and so do
    /// messages that it sent.</summary>
    /// <param name="processInstance">The process instance.</param>
    /// <param name="cancellation">Cancels the call while nothing is removed.</param>
    /// <returns>False when there is no such instance, or it has not ended; then nothing changes.</returns>
    ValueTask<bool> RemoveAsync(ProcessInstanceId processInstance, CancellationToken cancellation);

    /// <summary>Keeps a process definition, unless there is one of its name and version. That one stays, and nothing changes. But a removed one with the same
    /// fingerprint is restored. Many who keep one version at once are all told of the same definition (statement 8.7).</summary>
    /// <param name="definition">The definition; whether it says that it was removed does not matter.</param>
    /// <param name="becomesDefault">Whether its version becomes the default, if none of its name and version was ever kept before.</param>
    /// <param name="cancellation">Cancels the call while nothing is stored.</param>
    /// <returns>The kept definition of its name and version.</returns>
    ValueTask<StoredDefinition> KeepDefinitionAsync(StoredDefinition definition, bool becomesDefault, CancellationToken cancellation);

    /// <summary>Finds the stored versions of a process definition, removed ones too.</summary>
    /// <param name="name">The name of the definition; case counts.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>All versions, by their numbers.</returns>
    ValueTask<IReadOnlyList<StoredDefinition>> FindDefinitionsAsync(string name, CancellationToken cancellation);

    /// <summary>Finds the default versions of all process definitions.</summary>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One version for each definition that has a default, by name, ordinally.</returns>
    ValueTask<IReadOnlyList<DefinitionVersion>> FindDefaultVersionsAsync(CancellationToken cancellation);

    /// <summary>Makes a version the default of its process definition, in the place of another.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellation">Cancels the call while nothing is stored.</param>
    /// <returns>False when no such version is kept, or it was removed; then nothing changes.</returns>
    ValueTask<bool> SetDefaultVersionAsync(DefinitionVersion version, CancellationToken cancellation);

    /// <summary>Removes a version of a process definition, unless it is the default, or an instance that has not completed is stored on it. Its number stays
    /// taken, so that an instance whose start is only just being stored never finds other content under it (statements 8.7b and 13.8).</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellation">Cancels the call while nothing is stored.</param>
    /// <returns>The result of the removal.</returns>
    ValueTask<DefinitionRemoval> RemoveDefinitionAsync(DefinitionVersion version, CancellationToken cancellation);

    /// <summary>Counts the instances that are neither Completed nor Deleted, by the version of their definition. It may look at every one of them.</summary>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The versions with an instance, by name, ordinally, and number.</returns>
    ValueTask<IReadOnlyList<VersionInUse>> CountVersionsInUseAsync(CancellationToken cancellation);
}
