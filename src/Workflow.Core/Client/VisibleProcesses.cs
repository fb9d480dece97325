using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Finds the process instances that a user may see (statement 9.1). The store is asked for these and no others, so other instances cost nothing. It is
/// asked once for the definitions that they see as a whole, and once for those of which they see their own instances. While the resolver is down
/// these are the instances, and the rights, that name the user directly (statement 4.8).</summary>
internal sealed class VisibleProcesses(ProcessHost host, WorkflowPrincipal principal)
{
    private readonly AccessCheck _access = new(host, principal);
    private readonly ListedMemberships _memberships = new(host);

    public async ValueTask<IReadOnlyList<ProcessRecord>> FindAsync(ProcessQuery query, CancellationToken cancellation)
    {
        if (principal.IsSystem)
        {
            return await host.Store.FindProcessesAsync(query, cancellation).ConfigureAwait(false);
        }

        var (whole, inPart) = await DefinitionsAsync(query, cancellation).ConfigureAwait(false);
        var visible = whole.Count > 0
            ? await host.Store.FindProcessesAsync(query with { Definition = null, Definitions = whole }, cancellation).ConfigureAwait(false)
            : [];
        if (inPart.Count == 0)
        {
            return visible;
        }

        var participants = await ParticipantsAsync(cancellation).ConfigureAwait(false);
        var own = await host.Store.FindProcessesOfAsync(
            participants, query with { Definition = null, Definitions = inPart }, cancellation).ConfigureAwait(false);
        var all = visible.Concat(own);
        return [.. (query.NewestFirst ? all.OrderByDescending(record => record.Id.Value) : all.OrderBy(record => record.Id.Value)).Take(query.Limit)];
    }

    /// <summary>Counts them, and goes no further than it is told.</summary>
    public async ValueTask<int> CountAsync(ProcessQuery query, int atMost, CancellationToken cancellation)
    {
        query = query with { After = null };
        if (principal.IsSystem)
        {
            return await host.Store.CountProcessesAsync(query, atMost, cancellation).ConfigureAwait(false);
        }

        var (whole, inPart) = await DefinitionsAsync(query, cancellation).ConfigureAwait(false);
        var visible = whole.Count > 0
            ? await host.Store.CountProcessesAsync(query with { Definition = null, Definitions = whole }, atMost, cancellation).ConfigureAwait(false)
            : 0;
        if (inPart.Count == 0 || visible == atMost)
        {
            return visible;
        }

        var own = query with { Definition = null, Definitions = inPart };
        return visible + await host.Store.CountProcessesOfAsync(
            await ParticipantsAsync(cancellation).ConfigureAwait(false), own, atMost - visible, cancellation).ConfigureAwait(false);
    }

    /// <summary>The definitions that the user sees as a whole, and those of which they see their own instances.</summary>
    private async ValueTask<(List<string> Whole, List<string> InPart)> DefinitionsAsync(ProcessQuery query, CancellationToken cancellation)
    {
        await _access.RefreshAsync(cancellation).ConfigureAwait(false);
        var asked = WantedDefinitions.Of(query.Definition, query.Definitions) ?? host.Deployments.Names;
        var needed = OperationRights.Of(Operation.ReadInstance);
        var whole = await _access.DefinitionsWithAsync(needed.Right, asked, _memberships, cancellation).ConfigureAwait(false);
        var inPart = await _access.DefinitionsWithAsync(needed.InsteadWhenTakingPart, asked.Except(whole), _memberships, cancellation).ConfigureAwait(false);
        return (whole, inPart);
    }

    private async ValueTask<List<Destination>> ParticipantsAsync(CancellationToken cancellation) =>
        [Destination.Known(principal.Name), .. await _memberships.OfAsync(principal.Name, cancellation).ConfigureAwait(false)];
}
