using Workflow.Core.Rules;

namespace Workflow.Core.Client;

/// <summary>A data field that an action asks for, as it was when the task was read (statement 2.1).</summary>
/// <param name="Name">Its name, under which an answer sets it.</param>
/// <param name="Scope">Whether it belongs to the process, to the activity or to this destination.</param>
/// <param name="Shape">Its type, and whether it holds a list.</param>
/// <param name="Value">The value that it holds; <see cref="FieldValue.Null"/> for none.</param>
public readonly record struct ActionField(string Name, FieldScope Scope, FieldShape Shape, FieldValue Value);
