namespace Workflow.Core.Instances;

/// <summary>A new value for a data field.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Value">Its new value.</param>
public readonly record struct FieldChange(string Name, FieldValue Value);
