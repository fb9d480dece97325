using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>One call of the host's code, from the wish to the end: what the watch and the threads need to know of it.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "Code that was left behind may still ask the token; without a timer there is nothing to dispose of.")]
internal abstract class HostRun
{
    private readonly CancellationTokenSource _told = new();
    private CancellationToken _cancelled;
    private CancellationTokenRegistration _following;
    private ExecutionContext? _context;
    private HostWorker? _worker;

    /// <summary>The owner of the code: a server event, or the resolver. Calls that have not ended are counted for each.</summary>
    public abstract object Element { get; }

    /// <summary>The name of the code in messages.</summary>
    public abstract string Name { get; }

    /// <summary>How far it has come. The watch changes it, and reads it under its lock.</summary>
    public HostPhase Phase { get; set; }

    /// <summary>How long the code may take.</summary>
    public TimeSpan Limit { get; private set; }

    /// <summary>When its time is over, by the watch.</summary>
    public TimeSpan Until { get; set; }

    /// <summary>Its neighbours among the runs that are watched.</summary>
    public HostRun? Before { get; set; }

    /// <inheritdoc cref="Before"/>
    public HostRun? After { get; set; }

    /// <summary>Whether nobody wants it any more: the engine shuts down, its lease is not certain, or the caller has given up.</summary>
    public bool IsCancelled => _cancelled.IsCancellationRequested;

    /// <summary>The token that tells the code to stop.</summary>
    public CancellationToken Token => _told.Token;

    /// <summary>The watch over it.</summary>
    protected HostWatch Watch { get; private set; } = null!;

    /// <summary>Whether it can be used for one more call: nobody was told anything, and it ends by the same token.</summary>
    public bool IsFreshFor(CancellationToken cancelled) => _cancelled == cancelled && !cancelled.IsCancellationRequested && _told.TryReset();

    /// <summary>Is told from now on when nobody wants its calls any more.</summary>
    /// <param name="watch">The watch over it.</param>
    /// <param name="cancelled">By what its calls are given up.</param>
    public void Follow(HostWatch watch, CancellationToken cancelled)
    {
        Watch = watch;
        _cancelled = cancelled;
        _following = cancelled.UnsafeRegister(static run => ((HostRun)run!).Interrupt(), this);
    }

    /// <summary>Gets ready for a call.</summary>
    /// <param name="limit">How long the code may take.</param>
    public virtual void Prepare(TimeSpan limit)
    {
        Limit = limit;
        Phase = HostPhase.Waiting;
    }

    /// <summary>The code is to be called elsewhere, in the flow that asks for it.</summary>
    public void TakeFlow() => _context = ExecutionContext.Capture();

    /// <summary>Calls the code on the current thread, and answers if it has returned.</summary>
    /// <param name="worker">The owner of the thread; null for none.</param>
    public void Execute(HostWorker? worker)
    {
        var context = _context;
        _context = null;

        // The call may have been given up before a thread was there for it.
        if (!Watch.TryBegin(this))
        {
            Close();
            Answer(HostEnd.Interrupted);
            return;
        }

        // The caller that is answered continues in the same flow, which saves leaving it and entering it again.
        _worker = worker;
        if (context is not null)
        {
            ExecutionContext.Run(context, static run => ((HostRun)run!).CallAndAnswer(), this);
        }
        else
        {
            CallAndAnswer();
        }
    }

    /// <summary>Tells the code that nobody waits for it any more. The reaction of the code takes its time elsewhere, and harms nobody if it throws.</summary>
    public void Tell() => _ = TellAsync();

    /// <summary>Nothing tells it anything any more.</summary>
    public void Close() => _following.Unregister();

    /// <summary>Answers whoever waits, on a thread of the pool: the current one belongs to somebody else.</summary>
    public abstract void AnswerElsewhere(HostEnd end);

    /// <summary>Answers whoever waits.</summary>
    protected abstract void Answer(HostEnd end);

    /// <summary>Calls the code and keeps what it returns.</summary>
    protected abstract void Call();

    /// <summary>Answers if the code has ended, or as soon as it has.</summary>
    protected abstract void TakeResult();

    private void CallAndAnswer()
    {
        var worker = _worker;
        if (worker is not null)
        {
            worker.IsInCode = true;
        }

        Call();
        if (worker is not null)
        {
            worker.IsInCode = false;
        }

        TakeResult();
    }

    private void Interrupt()
    {
        Tell();
        Watch.Interrupt(this);
    }

    private async Task TellAsync() => await Watch.Executor.CancelAsync(_told).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
