namespace Workflow.Core.Persistence;

/// <summary>A version of a definition, once for all instances that run on it.</summary>
internal sealed class InMemoryDefinition(DefinitionVersion version)
{
    public DefinitionVersion Version => version;

    public string Name => version.Name;
}
