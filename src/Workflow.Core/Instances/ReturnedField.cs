namespace Workflow.Core.Instances;

/// <summary>A process field whose value goes back to the parent.</summary>
/// <param name="Name">The name under which the parent knows it.</param>
/// <param name="Field">Its name in the version on which the sub-process runs.</param>
internal readonly record struct ReturnedField(string Name, string Field);
