using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>Decides whether one user may do something. It looks at the user's own rights, at those of their roles and groups, and at those of everyone
/// (statements 9.1 and 14.7).</summary>
internal readonly struct AccessCheck
{
    private readonly ProcessHost _host;
    private readonly WorkflowPrincipal _principal;

    public AccessCheck(ProcessHost host, WorkflowPrincipal principal)
    {
        _host = host;
        _principal = principal;
    }

    /// <summary>Whether the user has a right.</summary>
    /// <param name="right">The right.</param>
    /// <param name="definition">The name of the process definition.</param>
    /// <param name="memberships">The user's roles and groups; null when nobody has asked for them.</param>
    /// <returns>Null when the user's roles decide it and nobody has asked for them.</returns>
    public bool? Has(ProcessRight right, string definition, IReadOnlyList<Destination>? memberships)
    {
        var rights = _host.Deployments.RightsOf(definition);
        if (_principal.IsSystem || (rights is not null && rights.Allow(Destination.Known(_principal.Name), right)))
        {
            return true;
        }

        if (rights is null || !rights.HaveRoles(right))
        {
            return false;
        }

        return memberships is null ? null : rights.AllowAny(memberships, right);
    }

    /// <summary>Whether the user has a right. The resolver is not asked for the user's roles when they cannot matter.</summary>
    public async ValueTask<bool> HasAsync(ProcessRight right, string definition, CancellationToken cancellation)
    {
        await RefreshAsync(cancellation).ConfigureAwait(false);
        return (await AskAsync(right, definition, memberships: null, cancellation).ConfigureAwait(false)).Has;
    }

    /// <summary>The definitions on which the user has a right, of some or of all that are deployed. A missing answer of the resolver counts as no roles, and is
    /// reported: a list then shows what names the user directly (statement 4.8). The resolver is not asked for roles that cannot matter.</summary>
    public async ValueTask<List<string>> DefinitionsWithAsync(
        ProcessRight right, IEnumerable<string>? definitions, ListedMemberships memberships, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var found = new List<string>();
        foreach (var name in definitions ?? _host.Deployments.Names)
        {
            if (Has(right, name, memberships: null) ?? Has(right, name, await memberships.OfAsync(_principal.Name, cancellation).ConfigureAwait(false)) is true)
            {
                found.Add(name);
            }
        }

        return found;
    }

    /// <summary>Of which definitions a list shows the user something. One that they name must be among these;
    /// of several, and of all that are deployed, the others are left out.</summary>
    /// <returns>Their names; null for all. For all, the system also sees definitions that are not deployed.</returns>
    /// <exception cref="WorkflowAccessDeniedException">The right to the one that is named is missing.</exception>
    public async ValueTask<IReadOnlyCollection<string>?> VisibleAsync(
        Operation operation, string? definition, IReadOnlyCollection<string>? definitions, CancellationToken cancellation)
    {
        if (definition is not null)
        {
            await RequireAsync(operation, definition, cancellation).ConfigureAwait(false);
        }

        if (_principal.IsSystem || definition is not null)
        {
            return definitions;
        }

        await RefreshAsync(cancellation).ConfigureAwait(false);
        return await DefinitionsWithAsync(OperationRights.Of(operation).Right, definitions, new ListedMemberships(_host), cancellation).ConfigureAwait(false);
    }

    /// <summary>Sees to it that rights are those of the default version. The system has them all.</summary>
    /// <exception cref="ObjectDisposedException">The engine has been stopped.</exception>
    public ValueTask RefreshAsync(CancellationToken cancellation)
    {
        _host.RefuseWhenStopped();
        return _principal.IsSystem ? ValueTask.CompletedTask : _host.Deployments.RefreshAsync(cancellation);
    }

    /// <summary>The roles and groups of the user.</summary>
    public ValueTask<IReadOnlyList<Destination>> MembershipsAsync(CancellationToken cancellation) =>
        _host.Resolver.MembershipsAsync(_principal.Name, cancellation);

    /// <summary>The message for somebody who lacks the right to an operation.</summary>
    public WorkflowAccessDeniedException Denial(Operation operation, string definition)
    {
        var needed = OperationRights.Of(operation);
        return _host.Deployments.RightsOf(definition) is { } rights
            ? new WorkflowAccessDeniedException(_principal.Name, needed.Right, definition, needed.What, rights.RolesWith(needed.Right))
            : WorkflowAccessDeniedException.NotDeployed(_principal.Name, needed.Right, definition, needed.What, _host.Deployments.Names);
    }

    /// <exception cref="WorkflowAccessDeniedException">The right is missing.</exception>
    public async ValueTask RequireAsync(Operation operation, string definition, CancellationToken cancellation)
    {
        if (!await HasAsync(OperationRights.Of(operation).Right, definition, cancellation).ConfigureAwait(false))
        {
            throw Denial(operation, definition);
        }
    }

    /// <exception cref="WorkflowAccessDeniedException">The right is missing.</exception>
    public async ValueTask RequireViewAsync(ProcessInstance process, CancellationToken cancellation)
    {
        if (!await MayViewAsync(process.Id, process.Definition, process.Originator, cancellation).ConfigureAwait(false))
        {
            throw Denial(Operation.ReadInstance, process.Definition);
        }
    }

    /// <summary>Whether the user may see one instance.</summary>
    public async ValueTask<bool> MayViewAsync(ProcessInstanceId id, string definition, string originator, CancellationToken cancellation)
    {
        await RefreshAsync(cancellation).ConfigureAwait(false);
        var needed = OperationRights.Of(Operation.ReadInstance);
        var (mayViewAll, memberships) = await AskAsync(needed.Right, definition, memberships: null, cancellation).ConfigureAwait(false);
        if (mayViewAll)
        {
            return true;
        }

        // A user who takes or took part in an instance needs less (statement 9.1).
        (var mayViewOwn, memberships) = await AskAsync(needed.InsteadWhenTakingPart, definition, memberships, cancellation).ConfigureAwait(false);
        return mayViewOwn && await TakesPartAsync(id, originator, memberships, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<(bool Has, IReadOnlyList<Destination>? Memberships)> AskAsync(
        ProcessRight right, string definition, IReadOnlyList<Destination>? memberships, CancellationToken cancellation)
    {
        if (Has(right, definition, memberships) is { } isKnown)
        {
            return (isKnown, memberships);
        }

        memberships = await MembershipsAsync(cancellation).ConfigureAwait(false);
        return (Has(right, definition, memberships) is true, memberships);
    }

    /// <summary>Whether the user takes or took part in an instance.</summary>
    private async ValueTask<bool> TakesPartAsync(
        ProcessInstanceId id, string originator, IReadOnlyList<Destination>? memberships, CancellationToken cancellation)
    {
        if (_principal.IsSystem || Names.Same(originator, _principal.Name))
        {
            return true;
        }

        var self = Destination.Known(_principal.Name);
        if (await _host.Store.HasTakenPartAsync(id, [self], cancellation).ConfigureAwait(false))
        {
            return true;
        }

        memberships ??= await MembershipsAsync(cancellation).ConfigureAwait(false);
        return memberships.Count > 0 && await _host.Store.HasTakenPartAsync(id, memberships, cancellation).ConfigureAwait(false);
    }
}
