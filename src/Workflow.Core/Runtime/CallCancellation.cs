namespace Workflow.Core.Runtime;

/// <summary>By what the code of server events is cancelled that just runs: the engine stops, or it could not renew its leases, so that others may run the same
/// (statement 14.3). Code that is called afterwards runs under leases of its own.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Code that was left behind may still ask the token; without a timer there is nothing to dispose of.")]
internal sealed class CallCancellation
{
    private CancellationTokenSource _current;

    public CallCancellation(CancellationToken shutdown)
    {
        Shutdown = shutdown;
        _current = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
    }

    /// <summary>Cancelled when the engine stops.</summary>
    public CancellationToken Shutdown { get; }

    /// <summary>What code is given that is called now.</summary>
    public CancellationToken Token => Volatile.Read(ref _current).Token;

    /// <summary>Cancels what runs now. What the code does when it is told so takes its time elsewhere, and harms nobody if it throws.</summary>
    public void LoseLeases() =>
        _ = Interlocked.Exchange(ref _current, CancellationTokenSource.CreateLinkedTokenSource(Shutdown)).CancelAsync();
}
