namespace Workflow.Core.Runtime.Execution;

/// <summary>Something that comes once. The code that waits for it continues on the executor, never inside the code that sets it.</summary>
internal abstract class Signal
{
    private readonly TaskCompletionSource _source;

    /// <param name="options">How the waiting code continues.</param>
    protected Signal(TaskCreationOptions options) => _source = new TaskCompletionSource(options);

    /// <summary>Ends when the signal is set.</summary>
    public Task Task => _source.Task;

    /// <summary>Sets the signal.</summary>
    /// <returns>False when it was set or cancelled before.</returns>
    public virtual bool TrySet() => _source.TrySetResult();

    /// <summary>Cancels whoever waits for the signal.</summary>
    /// <returns>False when it was set or cancelled before.</returns>
    public virtual bool TryCancel(CancellationToken cancellation) => _source.TrySetCanceled(cancellation);
}
