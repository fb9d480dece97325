namespace Workflow.Core.Relational.Connections;

/// <summary>Connections that are kept open for commits: what is prepared on them stays so, and nothing has to be reset.</summary>
/// <param name="open">Opens one.</param>
/// <param name="reset">Makes one as it was when it was opened; may fail when it is broken.</param>
internal sealed class SessionPool(Func<CancellationToken, ValueTask<Session>> open, Func<Session, ValueTask> reset) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<Session> _idle = new();
    private bool _isClosed;

    public async ValueTask<Session> RentAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(RelationalProcessStore));
            if (_idle.TryPop(out var session))
            {
                return session;
            }
        }

        return await open(cancellation).ConfigureAwait(false);
    }

    public void Return(Session session)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _idle.Push(session);
                return;
            }
        }

        CloseAsync(session).AsTask().ContinueWith(static closed => closed.Exception, TaskScheduler.Default);
    }

    /// <summary>Closes a connection on which something failed. When the way to the database is broken,
    /// the idle ones are closed too: they went the same way.</summary>
    public async ValueTask DiscardAsync(Session? session, Exception exception)
    {
        var broken = new List<Session>();
        if (session is not null)
        {
            broken.Add(session);
        }

        if (!Failures.IsRefusal(exception))
        {
            lock (_lock)
            {
                broken.AddRange(_idle);
                _idle.Clear();
            }
        }

        await Task.WhenAll(broken.Select(one => CloseAsync(one).AsTask())).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        List<Session> idle;
        lock (_lock)
        {
            _isClosed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var session in idle)
        {
            await CloseAsync(session).ConfigureAwait(false);
        }
    }

    /// <summary>Resets a connection in any state and closes it. A sound one goes to the pool of the driver, and to others from there.</summary>
    private async ValueTask CloseAsync(Session session)
    {
        try
        {
            await reset(session).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Drivers say in many ways that a connection is broken.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The server forgets by itself what was set on a connection that is broken.
        }

        try
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (Failures.IsOfDatabase(exception))
        {
            // A connection that cannot be closed in order is gone.
        }
    }
}
