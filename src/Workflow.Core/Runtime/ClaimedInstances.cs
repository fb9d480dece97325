using Workflow.Core.Persistence;

namespace Workflow.Core.Runtime;

/// <summary>Loads instances that were claimed for their timers.</summary>
internal sealed class ClaimedInstances(ProcessHost host, EngineServices services)
{
    /// <summary>Loads them with one question. Each can also be loaded by itself, so a failure is no reason to keep them.</summary>
    /// <returns>Those that are not in memory. There is nothing to gain with a single one, so it is left out.</returns>
    public async ValueTask<Dictionary<ProcessInstanceId, StoredProcess>> LoadAsync(IReadOnlyList<ClaimedProcess> claims)
    {
        var found = new Dictionary<ProcessInstanceId, StoredProcess>();
        ProcessInstanceId[] wanted = [.. claims.Where(claim => !claim.HasPendingCall && !host.IsInMemory(claim.Id)).Select(claim => claim.Id)];
        if (wanted.Length < 2)
        {
            return found;
        }

        try
        {
            var loaded = await services.Options.Store.LoadProcessesAsync(wanted, CancellationToken.None).ConfigureAwait(false);
            foreach (var (id, stored) in wanted.Zip(loaded))
            {
                if (stored is not null)
                {
                    found.Add(id, stored);
                }
            }
        }
#pragma warning disable CA1031 // Each is loaded by itself then, and says itself what is wrong.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WorkLog.Interrupted(services.Logger, exception);
        }

        return found;
    }
}
