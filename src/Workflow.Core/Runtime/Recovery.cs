using System.Runtime.CompilerServices;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Runtime;

/// <summary>Takes up what earlier engines on the same store left behind. Where the engine takes up work, it is released to that; otherwise it is done in place,
/// one instance after the other. An instance that cannot be taken up is reported, and harms no other.</summary>
internal sealed class Recovery
{
    private const int Page = 100;

    private readonly ProcessHost _host;
    private readonly EngineServices _services;
    private readonly WorkPump _pump;
    private readonly ClaimedWork _work;
    private readonly bool _isTakenUpBeside;
    private readonly HashSet<ProcessInstanceId> _newer = [];

    /// <param name="host">The host that has the instances.</param>
    /// <param name="services">Its services.</param>
    /// <param name="pump">The part that takes up work.</param>
    /// <param name="isTakenUpBeside">Whether it does so by itself.</param>
    public Recovery(ProcessHost host, EngineServices services, WorkPump pump, bool isTakenUpBeside)
    {
        _host = host;
        _services = services;
        _pump = pump;
        _work = pump.Claimed;
        _isTakenUpBeside = isTakenUpBeside;
    }

    /// <summary>How many instances to claim at once. Where others could take them up, none is kept from them that has to wait for another.</summary>
    private int ClaimLimit => _services.IsShared ? 1 : Page;

    /// <returns>The number of instances that were released, or taken up.</returns>
    public async ValueTask<int> RunAsync(CancellationToken cancellation)
    {
        var count = _isTakenUpBeside ? await ReleaseAsync(cancellation).ConfigureAwait(false) : await TakeUpAsync(cancellation).ConfigureAwait(false);
        await ReportUnknownAsync(cancellation).ConfigureAwait(false);
        _services.Roles.Search();
        return count;
    }

    /// <summary>On a store that others use too, each engine takes up as much as it has room for. So this engine begins with the instances that it is given. An
    /// engine that is alone notes all that there is.</summary>
    private async ValueTask<int> ReleaseAsync(CancellationToken cancellation)
    {
        if (_services.IsShared)
        {
            return await _pump.ClaimCallsAsync(WorkKind.Recovery, cancellation).ConfigureAwait(false);
        }

        var released = 0;
        var known = _services.Deployments.Versions.ToHashSet();
        await foreach (var record in RunningAsync(cancellation).ConfigureAwait(false))
        {
            if (record.SetAside is null && known.Contains(new DefinitionVersion(record.Definition, record.DefinitionVersion)) && !_host.IsBusy(record.Id))
            {
                _services.LeftBehind.Add(record.Id);
                released++;
            }
        }

        _host.Wake();
        return released;
    }

    private async ValueTask<int> TakeUpAsync(CancellationToken cancellation)
    {
        await _work.GiveBackOwedAsync().ConfigureAwait(false);
        var tried = new HashSet<ProcessInstanceId>();
        var recovered = await GoOnAsync(tried, cancellation).ConfigureAwait(false);
        var held = new List<ClaimedProcess>();
        try
        {
            // An instance that is claimed again, or could not be taken up, is held until the end, so that the next claim brings something else.
            IReadOnlyList<ClaimedProcess> claims;
            do
            {
                claims = await _services.Options.Store.ClaimAsync(_services.ClaimOf(DateTimeOffset.MinValue, ClaimLimit), cancellation).ConfigureAwait(false);
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
                var leaving = _newer.Contains(claim.Id) ? _work.LeaveAsync(claim, ClaimedWork.PutOffForNewer) : _work.GiveBackAsync(claim, TimeSpan.Zero);
                await leaving.ConfigureAwait(false);
            }
        }

        return recovered;
    }

    /// <summary>Continues this engine's own unfinished work. It keeps an instance that it does not reach on its list, because it holds the lease and no other
    /// engine would take it up.</summary>
    private async ValueTask<int> GoOnAsync(HashSet<ProcessInstanceId> tried, CancellationToken cancellation)
    {
        var taken = _services.LeftBehind.Take();
        var left = taken.ToHashSet();
        try
        {
            foreach (var id in taken)
            {
                tried.Add(id);
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
            await _host.Turns.TakeUpAsync(id, work: null, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Any failure of one instance is reported and harms no other.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (exception is StoredFormatException { IsFromNewerVersion: true } newer)
            {
                _newer.Add(id);
                _services.Unreadable.LeaveToNewer(id, newer);
            }
            else
            {
                Log.NotRecovered(_services.Logger, id.Value, exception);
            }

            return false;
        }
    }

    /// <summary>Instances of definitions that are not deployed here wait for an engine that has them; somebody may have forgotten to deploy them.</summary>
    private async ValueTask ReportUnknownAsync(CancellationToken cancellation)
    {
        var known = _services.Deployments.Versions.ToHashSet();
        await foreach (var record in RunningAsync(cancellation).ConfigureAwait(false))
        {
            if (!known.Contains(new DefinitionVersion(record.Definition, record.DefinitionVersion)))
            {
                Log.NotRecovered(_services.Logger, record.Id.Value, new ProcessDefinitionNotFoundException(record.Definition, record.DefinitionVersion));
            }
        }
    }

    /// <summary>The instances with pending calls.</summary>
    private async IAsyncEnumerable<ProcessRecord> RunningAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = new ProcessQuery { Status = ProcessInstanceStatus.Running, Limit = Page };
        IReadOnlyList<ProcessRecord> page;
        do
        {
            page = await _services.Options.Store.FindProcessesAsync(query, cancellation).ConfigureAwait(false);
            foreach (var record in page)
            {
                yield return record;
            }

            query = page.Count > 0 ? query with { After = page[^1].Id } : query;
        }
        while (page.Count == Page);
    }
}
