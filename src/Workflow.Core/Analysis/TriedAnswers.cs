namespace Workflow.Core.Analysis;

/// <summary>Answers after which no outcome is true.</summary>
/// <param name="Plan">How many slots and destinations there are.</param>
/// <param name="Answers">The actions, in the order in which they are taken.</param>
/// <param name="WhyUncertain">Why an outcome may be true all the same, or why the answers may be impossible. Null when that is certain.</param>
internal sealed record TriedAnswers(SlotPlan Plan, IReadOnlyList<string> Answers, string? WhyUncertain)
{
    public bool IsCertain => WhyUncertain is null;
}
