using Workflow.Core;

namespace Cases.Data;

/// <summary>A field that somebody set with an action.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="Text">The value as the paper run compares it: <c>True</c>, <c>False</c>, a number, or a text.</param>
/// <param name="Value">The value as the engine takes it.</param>
public readonly record struct RecordedField(string Name, string Text, FieldValue Value);
