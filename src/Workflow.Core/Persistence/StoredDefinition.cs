namespace Workflow.Core.Persistence;

/// <summary>The content of a process definition as it is kept (statement 8.7). The code that executes it is not kept.</summary>
/// <param name="Version">Its name and its version.</param>
/// <param name="Fingerprint">A short name for its content, which begins with the form of the text.</param>
/// <param name="Text">Its canonical text.</param>
public sealed record StoredDefinition(DefinitionVersion Version, string Fingerprint, string Text)
{
    /// <summary>Whether it was removed. Its number stays taken (statement 13.8).</summary>
    public bool IsRemoved { get; init; }
}
