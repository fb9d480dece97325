using Workflow.Core.Definitions;
using Workflow.Core.Runtime;

namespace Workflow.Core.Client;

/// <content>The versions on which instances can go on.</content>
internal sealed partial class ManagementCommands
{
    /// <summary>A version on which instances can go on: this host has deployed it, and nobody has removed it.</summary>
    /// <exception cref="ProcessDefinitionNotFoundException">It is not deployed here, or was removed.</exception>
    public async ValueTask<ProcessDefinition> TargetAsync(string definition, int version, CancellationToken cancellation)
    {
        var target = host.Deployments.Get(definition, version);
        var kept = await host.Store.FindDefinitionsAsync(definition, cancellation).ConfigureAwait(false);
        return kept.Any(item => item.Version.Version == version && !item.IsRemoved)
            ? target
            : throw ProcessDefinitionNotFoundException.NotKept(definition, version);
    }
}
