namespace Workflow.Core.Instances;

/// <summary>Arrivals of one line, on the same branches, that a join keeps.</summary>
/// <param name="Line">The name of the line; where the join counts the lines of a split, the line of the split.</param>
/// <param name="On">The branches on which they came; null for none.</param>
/// <param name="Count">How many; positive.</param>
internal readonly record struct KeptArrivals(string Line, Branches? On, int Count);
