namespace Workflow.Core.Calendars;

/// <summary>A stretch of time in which the clock of a time zone differs from UTC by one amount. In ticks, since the years 1 to 9999 fit in.</summary>
/// <param name="Start">The first instant, in ticks of UTC.</param>
/// <param name="End">The first instant after it.</param>
/// <param name="Offset">What the local clock is ahead of UTC, in ticks.</param>
internal readonly record struct ZoneSpan(long Start, long End, long Offset);
