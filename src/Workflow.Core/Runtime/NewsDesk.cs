using System.Runtime.CompilerServices;
using Workflow.Core.Records;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>Passes news on to those who watch (statement 13.12). A commit is never held up: it puts its news into lists, from which each watcher takes it in a
/// time of their own.</summary>
/// <param name="executor">The executor of the engine.</param>
/// <param name="limit">How much news may wait for one watcher.</param>
internal sealed class NewsDesk(Executor executor, int limit)
{
    private readonly Lock _lock = new();
    private NewsList[] _lists = [];
    private bool _hasEnded;

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched => Volatile.Read(ref _lists).Length > 0;

    /// <summary>Tells everybody who watches.</summary>
    public void Tell(ProcessNews news)
    {
        foreach (var list in Volatile.Read(ref _lists))
        {
            list.Add(news);
        }
    }

    /// <summary>News from the moment at which it is asked for first, until the engine has stopped.</summary>
    /// <exception cref="ObjectDisposedException">The engine has stopped.</exception>
    public async IAsyncEnumerable<ProcessNews> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var list = Begin();
        try
        {
            while (await list.TakeAsync(cancellation).ConfigureAwait(false) is { } news)
            {
                yield return news;
            }
        }
        finally
        {
            End(list);
        }
    }

    /// <summary>The engine has stopped: there is no more news than waits already.</summary>
    public void End()
    {
        NewsList[] lists;
        lock (_lock)
        {
            _hasEnded = true;
            lists = _lists;
        }

        foreach (var list in lists)
        {
            list.End();
        }
    }

    private NewsList Begin()
    {
        var list = new NewsList(executor, limit);
        lock (_lock)
        {
            if (_hasEnded)
            {
                throw ActiveTurns.Stopped();
            }

            Volatile.Write(ref _lists, [.. _lists, list]);
        }

        return list;
    }

    private void End(NewsList ended)
    {
        lock (_lock)
        {
            Volatile.Write(ref _lists, [.. _lists.Where(list => list != ended)]);
        }
    }
}
