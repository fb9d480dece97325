using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>Lets one flow in at a time, and the others in the order in which they came.
/// As long as nobody has to wait, nothing is allocated or locked.</summary>
/// <remarks>A semaphore would do the same, but it takes five times the memory and keeps no order. Every instance in memory needs two.</remarks>
internal sealed class AsyncGate
{
    private readonly object _lock;
    private Queue<Signal>? _waiting;

    /// <summary>How many are inside or on their way. The waiting ones count, also those that have given up and are still in the queue.</summary>
    private int _count;

    /// <summary>Whether the way is free for the one who has been counted and is not in the queue yet.</summary>
    private bool _isPassed;

    /// <param name="shared">The lock that is held for moments when somebody has to wait; several gates may share it.</param>
    public AsyncGate(object shared) => _lock = shared;

    /// <summary>Whether somebody is inside, or on the way.</summary>
    public bool IsTaken => Volatile.Read(ref _count) != 0;

    /// <summary>Enters, if nobody is inside.</summary>
    public bool TryEnter() => Interlocked.CompareExchange(ref _count, 1, 0) == 0;

    /// <summary>Enters when those who came before have left.</summary>
    /// <param name="executor">The way in which the caller continues after a wait. It is no field, which every gate in memory would have.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">Given up; the gate was not entered.</exception>
    public ValueTask EnterAsync(Executor executor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Interlocked.Increment(ref _count) == 1)
        {
            return ValueTask.CompletedTask;
        }

        Signal turn;
        lock (_lock)
        {
            if (_isPassed)
            {
                _isPassed = false;
                return ValueTask.CompletedTask;
            }

            turn = executor.NewSignal();
            (_waiting ??= new Queue<Signal>()).Enqueue(turn);
        }

        return new ValueTask(cancellation.CanBeCanceled ? WaitAsync(turn, cancellation) : turn.Task);
    }

    /// <summary>Leaves, and lets the next one in.</summary>
    public void Exit()
    {
        while (true)
        {
            var left = Interlocked.Decrement(ref _count);
            Invariant.Holds(left >= 0);
            if (left == 0)
            {
                return;
            }

            Signal? next = null;
            lock (_lock)
            {
                if (_waiting is null || !_waiting.TryDequeue(out next))
                {
                    _isPassed = true;
                    return;
                }
            }

            // False when it has given up in the meantime: then the one behind it is let in.
            if (next.TrySet())
            {
                return;
            }
        }
    }

    private static async Task WaitAsync(Signal turn, CancellationToken cancellation)
    {
        var registration = cancellation.UnsafeRegister(static (state, token) => ((Signal)state!).TryCancel(token), turn);
        await using (registration.ConfigureAwait(false))
        {
            await turn.Task.ConfigureAwait(false);
        }
    }
}
