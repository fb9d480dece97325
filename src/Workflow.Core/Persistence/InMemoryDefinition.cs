namespace Workflow.Core.Persistence;

/// <summary>A version of a definition, once for all instances that run on it.</summary>
/// <param name="version">The version.</param>
/// <param name="instances">The instances of all versions.</param>
internal sealed class InMemoryDefinition(DefinitionVersion version, InMemoryInstances instances)
{
    private int _live;

    public DefinitionVersion Version => version;

    public string Name => version.Name;

    public InMemoryInstances Instances => instances;

    /// <summary>How many instances are stored on it that have not completed.</summary>
    public int Live => Volatile.Read(ref _live);

    /// <summary>Whether an instance is stored on it that has not completed.</summary>
    public bool HasLive => Live > 0;

    public void Count(int live) => Interlocked.Add(ref _live, live);
}
