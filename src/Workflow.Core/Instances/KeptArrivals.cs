namespace Workflow.Core.Instances;

/// <summary>Arrivals of one line and one way that a join keeps.</summary>
/// <param name="Line">The name of the line; where the join counts the lines of a split, the line of the split.</param>
/// <param name="Way">The way on which they came; null for none.</param>
/// <param name="Count">How many; positive.</param>
internal readonly record struct KeptArrivals(string Line, Branch? Way, int Count);
