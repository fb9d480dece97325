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
}
