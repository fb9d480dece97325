namespace Workflow.Core.Calendars;

/// <summary>The things that a delay counts.</summary>
internal enum DelayKind
{
    /// <summary>Time that passes.</summary>
    Elapsed,

    /// <summary>Dates of a calendar, then time that passes.</summary>
    Calendar,

    /// <summary>Working days, then working time.</summary>
    Working,
}
