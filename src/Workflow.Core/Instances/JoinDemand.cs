namespace Workflow.Core.Instances;

/// <summary>The arrivals that a join wants. They are those of the definition, and are not stored.</summary>
/// <param name="Lines">The names of the lines that lead to the join.</param>
/// <param name="Count">How many arrivals it wants; 0 for one of each line.</param>
/// <param name="IsOfOneLine">Whether one line has to bring all of them.</param>
internal sealed record JoinDemand(IReadOnlyList<string> Lines, int Count, bool IsOfOneLine);
