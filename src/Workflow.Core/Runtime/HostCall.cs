using System.Threading.Tasks.Sources;

namespace Workflow.Core.Runtime;

/// <summary>One call of the host's code that answers something. It is everything that a call needs: the work of a thread, the awaited result, and the watched
/// object.</summary>
/// <typeparam name="T">The type of its answer.</typeparam>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Reliability", "CA2012:Use ValueTasks correctly",
    Justification = "The value that the code returns is kept only between two steps of the same thread, and consumed once.")]
internal abstract class HostCall<T> : HostRun, IValueTaskSource<HostAnswer<T>>, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<HostAnswer<T>> _source;
    private ValueTask<T> _running;
    private HostAnswer<T> _answer;
    private bool _hasReturned;

    /// <summary>The answer that the caller awaits, once.</summary>
    public ValueTask<HostAnswer<T>> Answered => new(this, _source.Version);

    /// <summary>Whether the code returned at once, so that nothing refers to the call.</summary>
    protected bool HasReturnedAtOnce { get; private set; }

    /// <summary>The calls whose answer somebody awaits.</summary>
    protected short Version => _source.Version;

    public override void Prepare(TimeSpan limit)
    {
        _source.Reset();
        HasReturnedAtOnce = false;
        base.Prepare(limit);
    }

    /// <summary>Waits for code that was called in place and has not returned.</summary>
    public void WaitFor(ValueTask<T> running)
    {
        _running = running;
        _hasReturned = false;
        Watch.Begin(this);
        TakeResult();
    }

    public override void AnswerElsewhere(HostEnd end) => AnswerElsewhere(new HostAnswer<T>(end));

    public HostAnswer<T> GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    void IThreadPoolWorkItem.Execute() => _source.SetResult(_answer);

    /// <summary>Calls the code.</summary>
    protected abstract ValueTask<T> BeginAsync(CancellationToken cancellation);

    protected override void Answer(HostEnd end) => _source.SetResult(new HostAnswer<T>(end));

    protected override void Call()
    {
        // The task that the code returns is the host's code too: even to ask whether it has ended may throw.
        _hasReturned = false;
        try
        {
            var running = AmbientTransaction.IsPresent ? BeginAloneAsync(Token) : BeginAsync(Token);
            if (running.IsCompletedSuccessfully)
            {
                _answer = new HostAnswer<T>(HostEnd.Returned, running.Result);
                _hasReturned = true;
            }
            else
            {
                _running = running;
            }
        }
#pragma warning disable CA1031 // Any exception of the host's code is told to the one who asked, and never ends the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _running = ValueTask.FromException<T>(exception);
        }
    }

    protected override void TakeResult()
    {
        if (!_hasReturned)
        {
            var running = _running;
            _running = default;
            _ = EndAsync(running);
        }
        else if (Watch.End(this, exception: null))
        {
            HasReturnedAtOnce = true;
            _source.SetResult(_answer);
        }
        else
        {
            Close();
        }
    }

    private async Task EndAsync(ValueTask<T> running)
    {
        HostAnswer<T> answer;
        var isHere = false;
        try
        {
            isHere = running.IsCompleted;
            answer = new HostAnswer<T>(HostEnd.Returned, await running.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (IsCancelled)
        {
            answer = new HostAnswer<T>(HostEnd.Interrupted);
        }
        catch (ServicesGoneException)
        {
            answer = new HostAnswer<T>(HostEnd.Interrupted);
        }
#pragma warning disable CA1031 // Any exception of the host's code is told to the one who asked, and never ends the host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            answer = new HostAnswer<T>(HostEnd.Threw, Exception: exception);
        }

        End(answer, isHere);
    }

    /// <param name="answer">How the code ended.</param>
    /// <param name="isHere">Whether it ended on the thread that called it, which may continue for whoever waits. Any other thread belongs to somebody
    /// else.</param>
    private void End(in HostAnswer<T> answer, bool isHere)
    {
        Close();
        if (!Watch.End(this, answer.Exception))
        {
            return;
        }

        if (isHere)
        {
            _source.SetResult(answer);
        }
        else
        {
            AnswerElsewhere(answer);
        }
    }

    private void AnswerElsewhere(in HostAnswer<T> answer)
    {
        _answer = answer;
        Watch.Executor.Answer(this);
    }

    /// <summary>The code's own writes are its own. They must not end with the transaction of the caller that happens to move the instance.</summary>
    private async ValueTask<T> BeginAloneAsync(CancellationToken cancellation)
    {
        using var alone = AmbientTransaction.Suppress();
        return await BeginAsync(cancellation).ConfigureAwait(false);
    }
}
