namespace Workflow.Core.Instances;

/// <summary>A line that was followed: its rule was true, and it made one activity instance of its target (statement 10.1).</summary>
/// <param name="Id">The number of the line instance within its process instance; positive.</param>
/// <param name="Name">The name of the line in the definition.</param>
/// <param name="FromActivityInstance">The activity instance that was left, or 0 for the start of the process.</param>
public readonly record struct LineInstance(int Id, string Name, int FromActivityInstance);
