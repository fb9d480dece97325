namespace Workflow.Core.Instances;

/// <summary>Those whom a destination set that applies leaves out (statement 4.10). They are determined together with the destinations of the sets, because data
/// may change while the resolver is asked.</summary>
/// <param name="Set">The position of the set in the rule.</param>
/// <param name="Users">The users, as they are named.</param>
internal sealed record LeftOut(int Set, IReadOnlyList<Destination> Users);
