using Workflow.Core.Runtime.Execution;

namespace Workflow.Core.Runtime;

/// <summary>Cancels the running code of server events. It does so when the engine stops. It also does so when the engine could not renew its leases, and others
/// may run the same code (statement 14.3). Code that is called afterwards runs under leases of its own.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "Code that was left behind may still ask the token; without a timer there is nothing to dispose of.")]
internal sealed class CallCancellation
{
    private readonly Executor _executor;
    private CancellationTokenSource _current = new();

    /// <summary>By which the current source is cancelled when the engine stops.</summary>
    private CancellationTokenRegistration _following;

    public CallCancellation(Executor executor, CancellationToken shutdown)
    {
        _executor = executor;
        Shutdown = shutdown;
        _following = Follow(_current);
    }

    /// <summary>Cancelled when the engine stops.</summary>
    public CancellationToken Shutdown { get; }

    /// <summary>The token for code that is called now.</summary>
    public CancellationToken Token => Volatile.Read(ref _current).Token;

    /// <summary>Cancels what runs now. The reaction of the code takes its time elsewhere, and harms nobody if it throws. Only one loop watches the
    /// leases, and only that one calls it.</summary>
    public void LoseLeases()
    {
        var (lost, following) = (_current, _following);
        _current = new CancellationTokenSource();
        _following = Follow(_current);

        // A token that is cancelled already would otherwise be kept until the engine stops.
        following.Unregister();
        Cancel(lost);
    }

    private CancellationTokenRegistration Follow(CancellationTokenSource source) => Shutdown.UnsafeRegister(_ => Cancel(source), null);

    private void Cancel(CancellationTokenSource lost) => _ = TellAsync(lost);

    private async Task TellAsync(CancellationTokenSource lost) => await _executor.CancelAsync(lost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
