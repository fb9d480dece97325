using System.Runtime.CompilerServices;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Reads page after page, each when it is needed.</summary>
internal static class Pages
{
    /// <summary>Everything that a query finds, from where it begins.</summary>
    /// <param name="host">The engine, which refuses at once when it has been stopped.</param>
    /// <param name="query">The query.</param>
    /// <param name="find">Finds a page.</param>
    /// <param name="behind">The query for the page behind something; null when that was the last page.</param>
    /// <param name="cancellation">Cancels the call that is under way.</param>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public static IAsyncEnumerable<TFound> AllAsync<TQuery, TFound>(
        ProcessHost host,
        TQuery query,
        Func<TQuery, CancellationToken, ValueTask<IReadOnlyList<TFound>>> find,
        Func<TQuery, IReadOnlyList<TFound>, TQuery?> behind,
        CancellationToken cancellation)
        where TQuery : class
    {
        host.RefuseWhenStopped();
        return ReadAsync(query, find, behind, cancellation);
    }

    /// <summary>The query for the instances behind a page; null when that was the last one.</summary>
    public static ProcessQuery? Behind(ProcessQuery query, IReadOnlyList<ProcessRecord> page) =>
        page.Count < query.Limit ? null : query with { After = page[^1].Id };

    private static async IAsyncEnumerable<TFound> ReadAsync<TQuery, TFound>(
        TQuery query,
        Func<TQuery, CancellationToken, ValueTask<IReadOnlyList<TFound>>> find,
        Func<TQuery, IReadOnlyList<TFound>, TQuery?> behind,
        [EnumeratorCancellation] CancellationToken cancellation)
        where TQuery : class
    {
        for (var next = query; next is not null;)
        {
            var page = await find(next, cancellation).ConfigureAwait(false);
            foreach (var found in page)
            {
                yield return found;
            }

            next = page.Count == 0 ? null : behind(next, page);
        }
    }
}
