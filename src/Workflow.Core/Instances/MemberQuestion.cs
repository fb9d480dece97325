namespace Workflow.Core.Instances;

/// <summary>The result of a destination rule, while the resolver is asked. It is asked for the answers to questions by name, and for the members of roles and
/// groups (statements 4.8 and 4.8b).</summary>
/// <param name="Number">Its place among the calls of the process instance.</param>
/// <param name="Wanted">The destinations, in order, without those of answers.</param>
/// <param name="LeftOut">Those whom the sets leave out; null where none does, and where an earlier version of the library has asked.</param>
internal sealed record MemberQuestion(int Number, IReadOnlyList<WantedDestination> Wanted, IReadOnlyList<LeftOut>? LeftOut)
{
    /// <summary>The questions by name of the destination sets, in order.</summary>
    public IReadOnlyList<AskedQuestion> Asked { get; init; } = [];

    /// <summary>The question for the list that gives slots their instance data (statement 4.7); null for none.</summary>
    public NamedQuestion? List { get; init; }
}
