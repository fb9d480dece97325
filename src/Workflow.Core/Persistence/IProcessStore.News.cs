namespace Workflow.Core.Persistence;

/// <content>News for other engines.</content>
public partial interface IProcessStore
{
    /// <summary>Whether the store keeps the news of commits for other engines (statement 13.12).</summary>
    bool KeepsNews => false;

    /// <summary>Reads the news of other engines' commits that nobody could see yet at a place. News of one instance comes in the order of its commits. None is
    /// left out, in whichever order transactions become visible.</summary>
    /// <param name="place">Where the page before has ended; null to begin with what is committed from now on.</param>
    /// <param name="owner">The engine that reads. Its own commits are left out.</param>
    /// <param name="limit">How much news to return at most; positive.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>One page. A page that is full is followed by another one.</returns>
    ValueTask<NewsPage> ReadNewsAsync(string? place, string owner, int limit, CancellationToken cancellation) => throw NewsNotKept();

    /// <summary>Removes the news that everybody could see at a place.</summary>
    /// <param name="place">The place of a page that was not full and is <see cref="NewsPage.RemovedAfter"/> old.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A task that ends when it is removed.</returns>
    ValueTask RemoveNewsAsync(string place, CancellationToken cancellation) => throw NewsNotKept();

    private NotSupportedException NewsNotKept() => new($"{GetType().Name} does not keep news for other engines. Its {nameof(KeepsNews)} says so.");
}
