using System.Collections.Concurrent;

namespace Workflow.Core.Tests.Runtime;

/// <summary>A context of one thread, as a desktop program has it: what is posted waits until the thread has time.</summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly ConcurrentQueue<string> _posted = [];

    /// <summary>How much was posted that the thread never came to.</summary>
    public int Posted => _posted.Count;

    public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue(d.Method.Name);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    /// <summary>Does something on a thread of such a context, and blocks that thread until it is done.</summary>
    public Task<T> BlockAsync<T>(Func<ValueTask<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            SetSynchronizationContext(this);
            try
            {
                var task = work().AsTask();
                if (task.Wait(TimeSpan.FromSeconds(30)))
                {
                    done.SetResult(task.Result);
                }
                else
                {
                    done.SetException(new TimeoutException("The thread waits for itself."));
                }
            }
#pragma warning disable CA1031 // Any exception is told to the one who awaits it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                done.SetException(exception);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return done.Task;
    }
}
