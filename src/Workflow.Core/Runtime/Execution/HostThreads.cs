namespace Workflow.Core.Runtime.Execution;

/// <summary>Threads of the engine on which code of the host begins. If blocked code used up a pool, timers and everything else in the host would stop
/// (statement 14.7b).</summary>
/// <remarks><para>A thread that has called code continues with the turn that asked for it, and keeps the next call of that turn for itself. So turns whose code
/// returns at once change threads once, not twice for each call.</para>
/// <para>There are as many threads as processors. Where they do not get on, because code blocks them or whoever was answered does, a look every few
/// milliseconds gives their work to others.</para></remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The timer rings no more once nothing waits for a thread, which is soon.")]
internal sealed class HostThreads
{
    /// <summary>How long a thread waits for another call before it ends.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>How long it takes until somebody looks for calls that wait for a thread. A call that does not get one waits for two looks.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(15);

    /// <summary>How many threads there are as long as they get on.</summary>
    private static readonly int Most = Environment.ProcessorCount;

    /// <summary>How many threads a look adds at most.</summary>
    private const int MostAtOnce = 8;

    private readonly object _lock = new();
    private readonly Queue<HostRun> _queue = new();
    private readonly List<HostWorker> _workers = [];
    private int _idle;
    private ITimer? _timer;
    private bool _isLooking;

    /// <summary>How many calls of the queue have waited since the last look.</summary>
    private int _late;

    /// <summary>Whether a call of the queue has got a thread since the last look.</summary>
    private bool _isMoving;

    /// <summary>How many threads did not get on at the last look.</summary>
    private int _stuck;

    /// <summary>Calls code as soon as there is a thread for it.</summary>
    public void Queue(HostRun run)
    {
        if (HostWorker.Current is { } worker && worker.TryKeep(this, run))
        {
            if (!Volatile.Read(ref _isLooking))
            {
                lock (_lock)
                {
                    BeginToLook();
                }
            }

            return;
        }

        lock (_lock)
        {
            _queue.Enqueue(run);
            if (_queue.Count <= _idle)
            {
                Monitor.Pulse(_lock);
            }
            else if (_workers.Count - _stuck < Most)
            {
                Start();
            }

            BeginToLook();
        }
    }

    /// <summary>The next call for a thread that has none; null when it is to end.</summary>
    public HostRun? Next(HostWorker worker)
    {
        lock (_lock)
        {
            while (_queue.Count == 0)
            {
                var isCalled = false;
                if (_workers.Count - _stuck <= Most)
                {
                    _idle++;
                    worker.IsIdle = true;
                    isCalled = Monitor.Wait(_lock, Idle);
                    worker.IsIdle = false;
                    _idle--;
                }

                if (!isCalled && _queue.Count == 0)
                {
                    _workers.Remove(worker);
                    return null;
                }
            }

            _late = Math.Max(0, _late - 1);
            _isMoving = true;
            return _queue.Dequeue();
        }
    }

    private void Start()
    {
        var worker = new HostWorker(this);
        _workers.Add(worker);
        try
        {
            worker.Start();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // The next look tries again.
            _workers.Remove(worker);
        }
    }

    private void BeginToLook()
    {
        if (_isLooking)
        {
            return;
        }

        if (_timer is null)
        {
            // Whether a thread gets on is a matter of the machine, and not of the clock that an engine goes by.
            using var none = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
            _timer = TimeProvider.System.CreateTimer(
                static threads => ((HostThreads)threads!).LookAround(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _timer.Change(Look, Timeout.InfiniteTimeSpan);
        Volatile.Write(ref _isLooking, true);
    }

    /// <summary>Gives more threads to calls that have waited since the last look.</summary>
    private void LookAround()
    {
        lock (_lock)
        {
            // A run that is kept from now on begins another look by itself.
            Volatile.Write(ref _isLooking, false);
            Interlocked.MemoryBarrier();
            var isAnythingKept = false;
            _stuck = 0;
            foreach (var worker in _workers)
            {
                if (!worker.GetsOn())
                {
                    _stuck++;
                    if (worker.TakeKept() is { } run)
                    {
                        _queue.Enqueue(run);
                        _late++;
                    }
                }

                isAnythingKept |= worker.Keeps;
            }

            // As long as calls get threads, they wait for each other and for nothing else.
            var wanted = _isMoving && _workers.Count - _stuck >= Most ? 0 : Math.Min(_late, MostAtOnce);
            _isMoving = false;
            for (var started = 0; started < wanted; started++)
            {
                if (_idle > started)
                {
                    Monitor.Pulse(_lock);
                }
                else
                {
                    Start();
                }
            }

            _late = _queue.Count;
            if (isAnythingKept || _queue.Count > 0)
            {
                BeginToLook();
            }
        }
    }
}
