namespace Workflow.Core.Runtime;

/// <summary>Lets one flow in at a time, and the others in the order in which they came. Nothing is allocated as long as nobody has to wait.</summary>
/// <remarks>A semaphore would do the same; it takes five times the memory, of which every instance that is in memory needs two, and keeps no order.</remarks>
internal sealed class AsyncGate
{
    private readonly object _lock;
    private Queue<TaskCompletionSource<bool>>? _waiting;
    private bool _isHeld;

    /// <param name="shared">What is locked for moments; several gates may share it.</param>
    public AsyncGate(object shared) => _lock = shared;

    /// <summary>Enters, if nobody is inside.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            return !_isHeld && (_isHeld = true);
        }
    }

    /// <summary>Enters when those who came before have left.</summary>
    /// <exception cref="OperationCanceledException">Given up; the gate was not entered.</exception>
    public ValueTask EnterAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> turn;
        lock (_lock)
        {
            if (!_isHeld)
            {
                _isHeld = true;
                return ValueTask.CompletedTask;
            }

            turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            (_waiting ??= new Queue<TaskCompletionSource<bool>>()).Enqueue(turn);
        }

        return new ValueTask(cancellation.CanBeCanceled ? WaitAsync(turn, cancellation) : turn.Task);
    }

    /// <summary>Leaves, and lets the next one in.</summary>
    public void Exit()
    {
        while (true)
        {
            TaskCompletionSource<bool>? next = null;
            lock (_lock)
            {
                Invariant.Holds(_isHeld);
                if (_waiting is null || !_waiting.TryDequeue(out next))
                {
                    _isHeld = false;
                    return;
                }
            }

            // False when it has given up in the meantime: then the one behind it is let in.
            if (next.TrySetResult(true))
            {
                return;
            }
        }
    }

    private static async Task WaitAsync(TaskCompletionSource<bool> turn, CancellationToken cancellation)
    {
        var registration = cancellation.UnsafeRegister(static (state, token) => ((TaskCompletionSource<bool>)state!).TrySetCanceled(token), turn);
        await using (registration.ConfigureAwait(false))
        {
            await turn.Task.ConfigureAwait(false);
        }
    }
}
