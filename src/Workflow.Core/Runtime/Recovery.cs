using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Takes up what earlier engines on the same store left behind, one instance after the other. What cannot be taken up is reported, and harms no other.</summary>
internal sealed class Recovery
{
    private const int Page = 100;

    private readonly ProcessHost _host;
    private readonly EngineServices _services;
    private readonly ClaimedWork _work;
    private readonly HashSet<ProcessInstanceId> _newer = [];

    public Recovery(ProcessHost host, EngineServices services, ClaimedWork work)
    {
        _host = host;
        _services = services;
        _work = work;
    }

    /// <summary>How many instances to claim at once. Where others could take them up, none is kept from them that has to wait for another.</summary>
    private int ClaimLimit => _services.IsShared ? 1 : Page;

    /// <returns>How many instances were taken up.</returns>
    public async ValueTask<int> RunAsync(CancellationToken cancellation)
    {
        await _work.GiveBackOwedAsync().ConfigureAwait(false);
        var recovered = await GoOnAsync(cancellation).ConfigureAwait(false);
        var tried = new HashSet<ProcessInstanceId>();
        var held = new List<ClaimedProcess>();
        try
        {
            // What is claimed again, or could not be taken up, is held until the end, so that the next claim brings something else.
            IReadOnlyList<ClaimedProcess> claims;
            do
            {
                claims = await _host.Store.ClaimAsync(_services.ClaimOf(DateTimeOffset.MinValue, ClaimLimit), cancellation).ConfigureAwait(false);
                held.AddRange(claims);
                foreach (var claim in claims)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (tried.Add(claim.Id) && await TryTakeUpAsync(claim.Id, cancellation).ConfigureAwait(false))
                    {
                        held.Remove(claim);
                        recovered++;
                    }
                }
            }
            while (claims.Count > 0);
        }
        finally
        {
            foreach (var claim in held)
            {
                await (_newer.Contains(claim.Id) ? _work.LeaveToNewerAsync(claim) : _work.GiveBackAsync(claim, TimeSpan.Zero)).ConfigureAwait(false);
            }
        }

        await ReportUnknownAsync(cancellation).ConfigureAwait(false);
        return recovered;
    }

    /// <summary>Goes on with what this engine itself has left behind. What it does not get to stays left behind: it holds the leases, so nobody else would come to
    /// it.</summary>
    private async ValueTask<int> GoOnAsync(CancellationToken cancellation)
    {
        var taken = _services.LeftBehind.Take();
        var left = taken.ToHashSet();
        try
        {
            foreach (var id in taken)
            {
                if (await TryTakeUpAsync(id, cancellation).ConfigureAwait(false))
                {
                    left.Remove(id);
                }
            }
        }
        finally
        {
            foreach (var id in left)
            {
                _services.LeftBehind.Add(id);
            }
        }

        return taken.Count - left.Count;
    }

    private async ValueTask<bool> TryTakeUpAsync(ProcessInstanceId id, CancellationToken cancellation)
    {
        try
        {
            await _host.TakeUpAsync(id, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever is wrong with one instance is reported and harms no other.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotRecovered(_services.Logger, id.Value, exception);
            if (exception is StoredFormatException { IsFromNewerVersion: true })
            {
                _newer.Add(id);
            }

            return false;
        }
    }

    /// <summary>Instances of definitions that are not deployed here wait for an engine that has them; somebody may have forgotten to deploy them.</summary>
    private async ValueTask ReportUnknownAsync(CancellationToken cancellation)
    {
        var known = _services.Deployments.Versions.ToHashSet();
        var query = new ProcessQuery { Status = ProcessInstanceStatus.Running, Limit = Page };
        IReadOnlyList<ProcessRecord> page;
        do
        {
            page = await _host.Store.FindProcessesAsync(query, cancellation).ConfigureAwait(false);
            foreach (var record in page.Where(record => !known.Contains(new DefinitionVersion(record.Definition, record.DefinitionVersion))))
            {
                Log.NotRecovered(_services.Logger, record.Id.Value, new ProcessDefinitionNotFoundException(record.Definition, record.DefinitionVersion));
            }

            query = page.Count > 0 ? query with { After = page[^1].Id } : query;
        }
        while (page.Count == Page);
    }
}
