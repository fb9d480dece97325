namespace Workflow.Core.Runtime.Execution;

/// <summary>A thread on which code of the host begins.</summary>
internal sealed class HostWorker(HostThreads threads)
{
    [ThreadStatic]
    private static HostWorker? _current;

    /// <summary>The next call of the turn that continues here; null for none.</summary>
    private HostRun? _kept;

    /// <summary>How many calls have begun here, and how many had at the last look.</summary>
    private int _begun;
    private int _seen;

    /// <summary>The worker whose thread is the current one; null for none.</summary>
    public static HostWorker? Current => _current;

    /// <summary>Whether code runs here. A call that the code asks for would wait for itself if it were kept.</summary>
    public bool IsInCode { get; set; }

    /// <summary>Whether it waits for a call. It is read and written under the lock of the threads.</summary>
    public bool IsIdle { get; set; }

    /// <summary>Whether it keeps a call for its thread.</summary>
    public bool Keeps => Volatile.Read(ref _kept) is not null;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "Workflow.Core code" }.UnsafeStart();

    /// <summary>Keeps a call for this thread, which makes it as soon as whoever asked for it waits.</summary>
    public bool TryKeep(HostThreads ofEngine, HostRun run)
    {
        if (ofEngine != threads || IsInCode || Keeps)
        {
            return false;
        }

        // A full fence: whether somebody looks is read afterwards.
        Interlocked.Exchange(ref _kept, run);
        return true;
    }

    /// <summary>Whether it waits for a call, or has begun one since it was asked last. Only the one who looks asks.</summary>
    public bool GetsOn()
    {
        var begun = Volatile.Read(ref _begun);
        var getsOn = IsIdle || begun != _seen;
        _seen = begun;
        return getsOn;
    }

    /// <summary>Takes away the call that it keeps.</summary>
    public HostRun? TakeKept() => Interlocked.Exchange(ref _kept, null);

    private void Run()
    {
        _current = this;
        while ((TakeKept() ?? threads.Next(this)) is { } run)
        {
            Volatile.Write(ref _begun, _begun + 1);
            run.Execute(this);
        }
    }
}
