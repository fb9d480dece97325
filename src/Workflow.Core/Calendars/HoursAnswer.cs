namespace Workflow.Core.Calendars;

/// <summary>The answer of the host's code to the question for working hours.</summary>
/// <param name="Hours">The working hours; null where it gave none.</param>
/// <param name="Problem">Why it gave none, as a sentence; null where it has none of this name.</param>
/// <param name="AskedAt">When it was asked.</param>
internal sealed record HoursAnswer(WorkingHours? Hours, string? Problem, DateTimeOffset AskedAt);
