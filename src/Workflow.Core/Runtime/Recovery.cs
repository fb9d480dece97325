using Workflow.Core.Instances;
using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Takes up what earlier engines on the same store left behind, one instance after the other. What cannot be taken up is reported, and harms no other.</summary>
internal sealed class Recovery
{
    private const int Page = 100;

    private readonly ProcessHost _host;
    private readonly EngineServices _services;

    public Recovery(ProcessHost host, EngineServices services)
    {
        _host = host;
        _services = services;
    }

    /// <returns>How many instances were taken up.</returns>
    public async ValueTask<int> RunAsync(CancellationToken cancellation)
    {
        var recovered = 0;
        foreach (var id in _services.LeftBehind.Take())
        {
            if (await TryTakeUpAsync(id, cancellation).ConfigureAwait(false))
            {
                recovered++;
            }
            else
            {
                _services.LeftBehind.Add(id);
            }
        }

        var tried = new HashSet<ProcessInstanceId>();
        var failed = new List<ClaimedProcess>();
        try
        {
            var isNew = true;
            while (isNew)
            {
                isNew = false;
                var claims = await _host.Store.ClaimAsync(_services.ClaimOf(DateTimeOffset.MinValue, Page), cancellation).ConfigureAwait(false);
                failed.AddRange(claims);
                foreach (var claim in claims)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (tried.Add(claim.Id) && (isNew = true) && await TryTakeUpAsync(claim.Id, cancellation).ConfigureAwait(false))
                    {
                        failed.Remove(claim);
                        recovered++;
                    }
                }
            }
        }
        finally
        {
            foreach (var claim in failed)
            {
                await _host.Store.ReleaseAsync(claim, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
            }
        }

        await ReportUnknownAsync(cancellation).ConfigureAwait(false);
        return recovered;
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
