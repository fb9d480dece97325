namespace Workflow.Core.Instances;

/// <summary>The result of a destination rule, while the resolver is asked for the members of its roles and groups (statement 4.8).</summary>
/// <param name="Number">Its place among the calls of the process instance.</param>
/// <param name="Wanted">The destinations, in order.</param>
/// <param name="LeftOut">Those whom the sets leave out; null where none does, and where an earlier version of the library has asked.</param>
internal sealed record MemberQuestion(int Number, IReadOnlyList<WantedDestination> Wanted, IReadOnlyList<LeftOut>? LeftOut);
