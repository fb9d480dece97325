using System.Runtime.CompilerServices;

namespace Workflow.Core.Runtime;

/// <summary>Threads on which code of the host begins. A call that returns soon takes a thread of the pool. Where calls block, the next ones get threads of the
/// engine: a pool that blocked code uses up would stop timers, and everything else in the host (statement 14.7b).</summary>
internal sealed class HostThreads
{
    /// <summary>How long a thread of the engine waits for another call before it ends.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>How many calls may be on threads of the pool at once: what code may block of it.</summary>
    private static readonly int MostOfPool = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly Stack<Worker> _idle = new();
    private int _begun;

    /// <summary>Goes on where code of the host may be called. The code that awaits it says with <see cref="Leave"/> when the code has returned.</summary>
    public Entry Enter() => new(this);

    /// <summary>The code has returned, or waits without a thread.</summary>
    public void Leave() => Interlocked.Decrement(ref _begun);

    private void Queue(Action work)
    {
        if (Interlocked.Increment(ref _begun) <= MostOfPool)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static work => work(), work, preferLocal: true);
            return;
        }

        Worker? worker;
        lock (_idle)
        {
            _idle.TryPop(out worker);
        }

        if (worker is null)
        {
            new Worker(this).Start(work);
            return;
        }

        worker.Go(work);
    }

    private void Rest(Worker worker)
    {
        lock (_idle)
        {
            _idle.Push(worker);
        }
    }

    /// <returns>False when the worker was given work meanwhile.</returns>
    private bool TryEnd(Worker worker)
    {
        lock (_idle)
        {
            var others = _idle.Where(other => other != worker).Reverse().ToList();
            if (others.Count == _idle.Count)
            {
                return false;
            }

            _idle.Clear();
            others.ForEach(_idle.Push);
            return true;
        }
    }

    /// <summary>What is awaited to get there.</summary>
    internal readonly struct Entry(HostThreads threads) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public Entry GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => threads.Queue(continuation);

        public void UnsafeOnCompleted(Action continuation) => threads.Queue(continuation);
    }

    private sealed class Worker(HostThreads threads)
    {
        private readonly object _lock = new();
        private Action? _work;

        public void Start(Action work)
        {
            _work = work;
            new Thread(Run) { IsBackground = true, Name = "Workflow.Core code" }.UnsafeStart();
        }

        public void Go(Action work)
        {
            lock (_lock)
            {
                _work = work;
                Monitor.Pulse(_lock);
            }
        }

        private void Run()
        {
            while (TakeWork() is { } work)
            {
                work();
                threads.Rest(this);
            }
        }

        private Action? TakeWork()
        {
            lock (_lock)
            {
                while (_work is null)
                {
                    if (!Monitor.Wait(_lock, Idle) && _work is null && threads.TryEnd(this))
                    {
                        return null;
                    }
                }

                var work = _work;
                _work = null;
                return work;
            }
        }
    }
}
