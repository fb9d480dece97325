namespace Workflow.Core.Instances;

/// <summary>The instants from which a due instant was worked out that is counted in a calendar. With them it can be worked out anew (statement 5.9).</summary>
/// <param name="From">The instant from which its due time counts.</param>
/// <param name="NotBefore">The instant before which it is not due: a due instant that was past when the timer was armed is that of the arming (statement
/// 6.3b).</param>
internal sealed record TimerBase(DateTimeOffset From, DateTimeOffset NotBefore);
