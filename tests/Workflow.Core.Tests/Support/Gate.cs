namespace Workflow.Core.Tests.Support;

/// <summary>Holds the code of a server event until the test lets it go on.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SerialNumber> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The serial number of the destination whose code has come to the gate first.</summary>
    public Task<SerialNumber> Reached => _reached.Task;

    public void Open() => _open.TrySetResult();

    public async ValueTask PassAsync(SerialNumber serial, CancellationToken cancellation = default)
    {
        _reached.TrySetResult(serial);
        await _open.Task.WaitAsync(cancellation);
    }
}
