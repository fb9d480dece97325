using Workflow.Core.Records;
using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>The news that waits for one watcher, in order. It begins with the news that the watcher is to look at what there is. When it is full, the same news
/// takes the place of all that would come, until the watcher has taken it.</summary>
/// <param name="executor">The executor of the engine.</param>
/// <param name="limit">How much news may wait.</param>
internal sealed class NewsList(Executor executor, int limit)
{
    private static readonly ProcessNews.LookAnew _began = new(LookAnewReason.Began);
    private static readonly ProcessNews.LookAnew _tooSlow = new(LookAnewReason.TooSlow);

    private readonly Lock _lock = new();
    private readonly Queue<ProcessNews> _waiting = new([_began]);

    /// <summary>Is set when there is news; null while the watcher does not wait for it.</summary>
    private Signal? _arrived;
    private bool _isFull;
    private bool _hasEnded;

    public void Add(ProcessNews news)
    {
        Signal? arrived;
        lock (_lock)
        {
            if (_isFull)
            {
                return;
            }

            _isFull = _waiting.Count >= limit;
            _waiting.Enqueue(_isFull ? _tooSlow : news);
            (arrived, _arrived) = (_arrived, null);
        }

        arrived?.TrySet();
    }

    /// <summary>No more news will come.</summary>
    public void End()
    {
        Signal? arrived;
        lock (_lock)
        {
            _hasEnded = true;
            (arrived, _arrived) = (_arrived, null);
        }

        arrived?.TrySet();
    }

    /// <summary>Waits for the next news.</summary>
    /// <returns>The news; null when the engine has stopped.</returns>
    /// <exception cref="OperationCanceledException">The watcher has given up.</exception>
    public async ValueTask<ProcessNews?> TakeAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Signal arrived;
            lock (_lock)
            {
                if (_waiting.TryDequeue(out var news))
                {
                    // Once the watcher knows that it has to look, later commits are news to it.
                    _isFull = _isFull && _waiting.Count > 0;
                    return news;
                }

                if (_hasEnded)
                {
                    return null;
                }

                arrived = _arrived ??= executor.NewSignal();
            }

            using var given = cancellation.UnsafeRegister(static signal => ((Signal)signal!).TrySet(), arrived);
            await arrived.Task.ConfigureAwait(false);
        }
    }
}
