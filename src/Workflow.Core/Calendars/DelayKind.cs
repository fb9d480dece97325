namespace Workflow.Core.Calendars;

/// <summary>The things that a delay counts. The numbers are stored.</summary>
internal enum DelayKind
{
    /// <summary>Time that passes.</summary>
    Elapsed = 1,

    /// <summary>Dates of a calendar, then time that passes.</summary>
    Calendar = 2,

    /// <summary>Working days, then working time.</summary>
    Working = 3,
}
