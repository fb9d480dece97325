using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Finds the process instances that a user may see (statement 9.1). The store is asked for these and no others: what the user may not see costs nothing, however much
/// there is of it.</summary>
internal sealed class VisibleProcesses(ProcessHost host, WorkflowPrincipal principal)
{
    private readonly AccessCheck _access = new(host, principal);
    private IReadOnlyList<Destination>? _memberships;

    public async ValueTask<IReadOnlyList<ProcessRecord>> FindAsync(ProcessQuery query, CancellationToken cancellation)
    {
        if (principal.IsSystem)
        {
            return await host.Store.FindProcessesAsync(query, cancellation).ConfigureAwait(false);
        }

        await _access.RefreshAsync(cancellation).ConfigureAwait(false);
        var names = query.Definition is { } only ? [only] : host.Deployments.Names;
        var whole = new List<string>();
        var inPart = new List<string>();
        var needed = OperationRights.Of(Operation.ReadInstance);
        foreach (var name in names)
        {
            if (await HasAsync(needed.Right, name, cancellation).ConfigureAwait(false))
            {
                whole.Add(name);
            }
            else if (await HasAsync(needed.InsteadWhenTakingPart, name, cancellation).ConfigureAwait(false))
            {
                inPart.Add(name);
            }
        }

        var pages = new List<IReadOnlyList<ProcessRecord>>();
        foreach (var name in whole)
        {
            pages.Add(await host.Store.FindProcessesAsync(query with { Definition = name }, cancellation).ConfigureAwait(false));
        }

        if (inPart.Count > 0)
        {
            pages.Add(await FindOwnAsync(query, inPart, cancellation).ConfigureAwait(false));
        }

        var all = pages.SelectMany(page => page);
        return [.. (query.NewestFirst ? all.OrderByDescending(record => record.Id.Value) : all.OrderBy(record => record.Id.Value)).Take(query.Limit)];
    }

    /// <summary>The instances of some definitions in which the user takes or took part.</summary>
    private async ValueTask<List<ProcessRecord>> FindOwnAsync(ProcessQuery query, List<string> definitions, CancellationToken cancellation)
    {
        List<Destination> participants = [Destination.Known(principal.Name), .. await MembershipsAsync(cancellation).ConfigureAwait(false)];
        var found = new List<ProcessRecord>();
        var page = definitions.Count == 1 ? query with { Definition = definitions[0] } : query;
        IReadOnlyList<ProcessRecord> records;
        do
        {
            records = await host.Store.FindProcessesOfAsync(participants, page, cancellation).ConfigureAwait(false);
            found.AddRange(records.Where(record => definitions.Contains(record.Definition)));
            page = records.Count > 0 ? page with { After = records[^1].Id } : page;
        }
        while (records.Count == page.Limit && found.Count < query.Limit);
        return found;
    }

    /// <summary>Whether the user has a right. The resolver is asked once, and only when it can matter.</summary>
    private async ValueTask<bool> HasAsync(ProcessRight right, string definition, CancellationToken cancellation) =>
        _access.Has(right, definition, memberships: null) ?? _access.Has(right, definition, await MembershipsAsync(cancellation).ConfigureAwait(false)) is true;

    private async ValueTask<IReadOnlyList<Destination>> MembershipsAsync(CancellationToken cancellation) =>
        _memberships ??= await _access.MembershipsAsync(cancellation).ConfigureAwait(false);
}
