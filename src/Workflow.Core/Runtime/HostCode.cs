using System.Transactions;

namespace Workflow.Core.Runtime;

/// <summary>Calls the code of server events and the resolver. The code never runs in a caller's context, gets a limited time even when it blocks a thread, and holds up
/// nobody else (statement 14.7b). Three kinds of code are called in place instead and must not block: pure code, predicates, and the resolver of the
/// library.</summary>
internal sealed class HostCode
{
    private readonly TimeProvider _clock;
    private readonly AbandonedCalls _abandoned;
    private readonly HostThreads _threads = new();

    public HostCode(TimeProvider clock, AbandonedCalls abandoned)
    {
        _clock = clock;
        _abandoned = abandoned;
    }

    /// <summary>Calls code on a thread that nobody waits on, and waits for it as long as it may take. Code that takes longer is told so and left behind.</summary>
    public async ValueTask<HostAnswer<T>> CallAsync<T>(HostCall<T> call, TimeSpan limit, CancellationToken cancelled)
    {
        if (cancelled.IsCancellationRequested)
        {
            return new HostAnswer<T>(HostEnd.Interrupted);
        }

        if (_abandoned.RefusedFor(call.Element) is var abandoned and > 0)
        {
            return new HostAnswer<T>(HostEnd.Refused, Abandoned: abandoned);
        }

        var wait = new HostWait(_clock, limit, cancelled);
        return await WaitAsync(call, BeginAsync(call, wait), wait, cancelled).ConfigureAwait(false);
    }

    /// <summary>A wait for code that is called in place.</summary>
    public HostWait WaitInPlace(TimeSpan limit, CancellationToken cancelled) => new(_clock, limit, cancelled);

    /// <summary>Waits for code that has been called.</summary>
    public async ValueTask<HostAnswer<T>> WaitAsync<T>(HostCall<T> call, Task<T> running, HostWait wait, CancellationToken cancelled)
    {
        await wait.UntilAsync(running).ConfigureAwait(false);
        if (!running.IsCompleted)
        {
            if (wait.IsOver)
            {
                wait.Close();
                _abandoned.Add(call.Element, call.Name, running);
            }
            else
            {
                _ = LeaveAsync(call, running, wait);
            }

            return new HostAnswer<T>(cancelled.IsCancellationRequested ? HostEnd.Interrupted : HostEnd.TookTooLong);
        }

        wait.Close();

        try
        {
            return new HostAnswer<T>(HostEnd.Returned, await running.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            return new HostAnswer<T>(HostEnd.Interrupted);
        }
        catch (OperationCanceledException) when (wait.IsOver)
        {
            return new HostAnswer<T>(HostEnd.TookTooLong);
        }
#pragma warning disable CA1031 // Whatever the host's code throws is told to who asked, and never ends the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new HostAnswer<T>(HostEnd.Threw, Exception: exception);
        }
    }

    /// <summary>How many calls of code have not ended, when there are so many in all that it must not be called; zero when it may be.</summary>
    public int RefusedFor(object element) => _abandoned.RefusedFor(element);

    private async Task<T> BeginAsync<T>(HostCall<T> call, HostWait wait)
    {
        await _threads.Enter();
        using var alone = SuppressTransaction();
        ValueTask<T> running;
        try
        {
            // The call may have been given up before a thread was there for it.
            wait.ThrowIfGivenUp();
            wait.Begin();
            running = call.BeginAsync(wait.Token);
        }
        finally
        {
            _threads.Leave();
        }

        return await running.ConfigureAwait(false);
    }

    /// <summary>Leaves a call that nobody wants any more. That says nothing of the code: it hangs only when it has not ended once its time is over.</summary>
    private async Task LeaveAsync<T>(HostCall<T> call, Task<T> running, HostWait wait)
    {
        await Task.WhenAny(running, wait.Over).ConfigureAwait(false);
        wait.Close();
        _abandoned.Add(call.Element, call.Name, running);
    }

    /// <summary>What the code writes is its own. It must not end with the transaction of whoever happens to move the instance.</summary>
    private static TransactionScope? SuppressTransaction() => Transaction.Current is null
        ? null
        : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
}
