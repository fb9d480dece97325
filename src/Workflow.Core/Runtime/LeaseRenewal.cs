namespace Workflow.Core.Runtime;

/// <summary>Keeps the leases of an engine alive while it has work under way, on a store that others use too. When it cannot, the leases run out, another engine takes
/// over, and the store refuses what this one still wants to commit.</summary>
internal sealed class LeaseRenewal : IDisposable
{
    private static readonly TimeSpan Interval = EngineServices.Lease / 3;

    private readonly EngineServices _services;
    private readonly ActiveTurns _turns;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _lock = new();
    private Task? _running;

    public LeaseRenewal(EngineServices services, ActiveTurns turns)
    {
        _services = services;
        _turns = turns;
    }

    public void Start()
    {
        if (!_services.IsShared)
        {
            return;
        }

        lock (_lock)
        {
            _running ??= _stopped.IsCancellationRequested ? Task.CompletedTask : Background.Run(RunAsync);
        }
    }

    /// <summary>Called when no turn is under way any more: until then, the leases are needed.</summary>
    public async Task StopAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        Task? running;
        lock (_lock)
        {
            running = _running;
        }

        await (running ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _stopped.Dispose();

    private async Task RunAsync()
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Interval, _services.Options.Clock, _stopped.Token).ConfigureAwait(false);
                if (_turns.AreUnderWay)
                {
                    await _services.Options.Store.RenewAsync(_services.Owner, EngineServices.Lease, _stopped.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A store that fails for a while must not end it for good.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                WorkLog.Interrupted(_services.Logger, exception);
            }
        }
    }
}
