namespace Workflow.Core.Analysis;

/// <summary>Answers after which no outcome is true.</summary>
/// <param name="Slots">How many slots there are.</param>
/// <param name="Answers">The actions, in the order in which they are taken.</param>
/// <param name="WhyUncertain">Why an outcome may be true all the same: its rule cannot be tried. Null when none is.</param>
internal sealed record TriedAnswers(int Slots, IReadOnlyList<string> Answers, string? WhyUncertain)
{
    public bool IsCertain => WhyUncertain is null;
}
