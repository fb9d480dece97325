using Workflow.Core.Definitions;

namespace Workflow.Core.Analysis;

/// <summary>Looks for one kind of finding in a definition that has been built. A check reads the definition alone, except for <see cref="ResolverCheck"/>. So
/// the same definition has the same findings on every host, in the order of the definition.</summary>
internal abstract class DefinitionCheck
{
    public abstract IEnumerable<Finding> Find(ProcessDefinition definition);

    protected static string PathOf(ActivityDefinition activity) => $"activity '{activity.Name}'";

    protected static string PathOf(ActivityDefinition activity, string kind, string name) => $"{PathOf(activity)} / {kind} '{name}'";
}
