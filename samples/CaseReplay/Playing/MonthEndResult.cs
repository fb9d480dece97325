namespace Cases.Playing;

/// <summary>What was found at the end of a month.</summary>
/// <param name="At">The instant.</param>
/// <param name="Counts">How many counts were compared.</param>
/// <param name="Differences">What is not as it must be.</param>
public sealed record MonthEndResult(DateTimeOffset At, int Counts, IReadOnlyList<string> Differences);
