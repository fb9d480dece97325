namespace Cases.Playing;

/// <summary>The findings at the end of a month.</summary>
/// <param name="At">The instant.</param>
/// <param name="Counts">How many counts were compared.</param>
/// <param name="Differences">The differences from the expected state.</param>
public sealed record MonthEndResult(DateTimeOffset At, int Counts, IReadOnlyList<string> Differences);
