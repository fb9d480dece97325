using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>Counts the turns that are under way, so that a shutdown can wait for them, and lets none begin after it.</summary>
internal sealed class ActiveTurns(Executor executor)
{
    /// <summary>Set in the count once the engine is stopping.</summary>
    private const int Stopping = 1 << 30;

    private readonly Signal _ended = executor.NewSignal();
    private int _count;

    /// <summary>The exception for a caller who comes too late.</summary>
    public static ObjectDisposedException Stopped() =>
        new("WorkflowEngine", "The engine has been stopped and takes no further commands. The next engine on the same store continues everything "
            + "that was stored.");

    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public void Begin()
    {
        if ((Interlocked.Increment(ref _count) & Stopping) != 0)
        {
            End();
            throw Stopped();
        }
    }

    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public void RefuseWhenStopped()
    {
        if ((Volatile.Read(ref _count) & Stopping) != 0)
        {
            throw Stopped();
        }
    }

    /// <summary>Whether there are any.</summary>
    public bool AreUnderWay => (Volatile.Read(ref _count) & ~Stopping) != 0;

    public void End()
    {
        if (Interlocked.Decrement(ref _count) == Stopping)
        {
            _ended.TrySet();
        }
    }

    /// <summary>Lets no further turn begin.</summary>
    /// <returns>A task that ends when the last turn has.</returns>
    public Task StopAsync()
    {
        if (Interlocked.Or(ref _count, Stopping) == 0)
        {
            _ended.TrySet();
        }

        return _ended.Task;
    }
}
