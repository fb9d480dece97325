namespace Workflow.Core.Instances;

/// <summary>Whom a destination set that applies leaves out (statement 4.10). It is found out together with whom the sets come to, since data may change while
/// the resolver is asked.</summary>
/// <param name="Set">The position of the set in the rule.</param>
/// <param name="Users">The users, as they are named.</param>
internal sealed record LeftOut(int Set, IReadOnlyList<Destination> Users);
