namespace Workflow.Core.Instances;

/// <summary>A branch: a line that a run of a split has taken (statement 13.1c).</summary>
/// <param name="Split">The number of the activity instance that was the split; 0 for the start of the process.</param>
/// <param name="Line">The name of the line.</param>
internal readonly record struct Branch(int Split, string Line);
