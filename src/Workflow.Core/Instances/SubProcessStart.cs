namespace Workflow.Core.Instances;

/// <summary>How a sub-process begins. Everything was asked and found out before: its start rule, the Start right of its originator, and its version.</summary>
/// <param name="Definition">The name of its process definition.</param>
/// <param name="DefinitionVersion">The version of its process definition.</param>
/// <param name="Folio">The name that people call it by; may be empty.</param>
/// <param name="Originator">The user in whose name it starts.</param>
/// <param name="DueAt">When it begins, as its start rule gave it; null for at once.</param>
/// <param name="Fields">The values of its process fields, by their names.</param>
/// <param name="Parent">The event that starts it.</param>
internal sealed record SubProcessStart(
    string Definition, int DefinitionVersion, string Folio, string Originator, DateTimeOffset? DueAt, IReadOnlyList<FieldChange> Fields, ParentProcess Parent)
{
    /// <summary>The text that is attached to its parent; null for none.</summary>
    public string? AttachedText { get; init; }
}
