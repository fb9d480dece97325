using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <summary>The commands on the versions of definitions, in one user's name.</summary>
internal sealed class DefinitionCommands(ProcessHost host, WorkflowPrincipal principal)
{
    public async ValueTask<IReadOnlyList<DeployedVersion>> ListAsync(string definition, CancellationToken cancellation)
    {
        await RequireAsync(definition, cancellation).ConfigureAwait(false);
        var kept = await host.Store.FindDefinitionsAsync(definition, cancellation).ConfigureAwait(false);
        var defaults = await host.Store.FindDefaultVersionsAsync(cancellation).ConfigureAwait(false);
        var here = host.Deployments.Versions;
        return
        [
            .. kept.Where(item => !item.IsRemoved).Select(item => new DeployedVersion(
                item.Version.Version, item.Fingerprint, item.Text, defaults.Contains(item.Version), here.Contains(item.Version))),
        ];
    }

    public async ValueTask<int?> FindDefaultAsync(string definition, CancellationToken cancellation)
    {
        await RequireAsync(definition, cancellation).ConfigureAwait(false);
        var defaults = await host.Store.FindDefaultVersionsAsync(cancellation).ConfigureAwait(false);
        return defaults.Where(version => string.Equals(version.Name, definition, StringComparison.Ordinal))
            .Select(version => (int?)version.Version).FirstOrDefault();
    }

    public async ValueTask SetDefaultAsync(string definition, int version, CancellationToken cancellation)
    {
        await RequireAsync(definition, cancellation).ConfigureAwait(false);
        try
        {
            if (!await host.Store.SetDefaultVersionAsync(new DefinitionVersion(definition, version), cancellation).ConfigureAwait(false))
            {
                throw ProcessDefinitionNotFoundException.NotKept(definition, version);
            }
        }
        finally
        {
            // It may be stored although the answer was lost.
            host.Deployments.MarkDefaultsOutdated();
        }
    }

    public async ValueTask RemoveAsync(string definition, int version, CancellationToken cancellation)
    {
        await RequireAsync(definition, cancellation).ConfigureAwait(false);
        var removal = await host.IsToStartAsync(definition, version, cancellation).ConfigureAwait(false)
            ? DefinitionRemoval.IsInUse
            : await host.Store.RemoveDefinitionAsync(new DefinitionVersion(definition, version), cancellation).ConfigureAwait(false);
        if (removal is not DefinitionRemoval.Removed)
        {
            throw removal is DefinitionRemoval.NotFound
                ? ProcessDefinitionNotFoundException.NotKept(definition, version)
                : new ProcessDefinitionInUseException(definition, version, removal);
        }
    }

    public async ValueTask<IReadOnlyList<RunningVersion>> FindRunningAsync(string? definition, CancellationToken cancellation)
    {
        var visible = await new AccessCheck(host, principal).VisibleAsync(Operation.ManageDefinitions, definition, null, cancellation).ConfigureAwait(false);
        var found = await host.Store.CountVersionsInUseAsync(cancellation).ConfigureAwait(false);
        var here = host.Deployments.Versions;
        return
        [
            .. found.Where(item => WantedDefinitions.Include(definition, visible, item.Version.Name))
                .Select(item => new RunningVersion(item.Version.Name, item.Version.Version, item.Instances, here.Contains(item.Version))),
        ];
    }

    private ValueTask RequireAsync(string definition, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(definition);
        return new AccessCheck(host, principal).RequireAsync(Operation.ManageDefinitions, definition, cancellation);
    }
}
