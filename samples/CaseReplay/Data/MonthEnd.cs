namespace Cases.Data;

/// <summary>The activities that must be open at the end of a month.</summary>
/// <param name="At">The instant.</param>
/// <param name="Counts">For each activity how many items are open; <c>*started</c> and <c>*completed</c> count process instances.</param>
public sealed record MonthEnd(DateTimeOffset At, IReadOnlyList<(string What, int Count)> Counts);
