namespace Workflow.Core.Definitions;

/// <summary>A data field that gets a value of a sub-process when it has completed (statement 7.8b).</summary>
/// <param name="Field">The name of the process field of the sub-process.</param>
/// <param name="Into">The name of the process, activity or destination field that gets its value.</param>
/// <param name="Shape">The type of both.</param>
public sealed record ReceivedField(string Field, string Into, FieldShape Shape);
