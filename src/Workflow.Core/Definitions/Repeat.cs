using Workflow.Core.Calendars;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>How often an escalation fires again after its first time, and the treatment of firings that are missed (statements 6.4 and 6.4b). A number is a
/// repeat of that many times.</summary>
/// <example>
/// <code>
/// Repeat.Times(5)                                                         // six firings, at the interval of the rule
/// Repeat.Times(3).Every(Delay.WorkingDays(1).In("Office")).WhenMissed(Missed.Skip)
/// </code>
/// </example>
public sealed record Repeat
{
    /// <summary>More times than anybody waits for.</summary>
    internal const int Most = 9_999;

    private Repeat(int count) => Count = count;

    /// <summary>No repeat; firings that are missed fire once.</summary>
    public static Repeat Never { get; } = new(0);

    /// <summary>How many times it fires after the first time.</summary>
    public int Count { get; }

    /// <summary>The treatment of firings that are missed.</summary>
    public Missed Missed { get; private init; }

    /// <summary>The time between two firings; null for the amount of time of the rule.</summary>
    internal DueTime? Interval { get; private init; }

    /// <summary>Repeats.</summary>
    /// <param name="count">How many times after the first one; at most 9,999.</param>
    /// <returns>The repeat.</returns>
    public static Repeat Times(int count) => new(count);

    /// <summary>The same with its own time between two firings, for a rule that is a date, or an amount of time before one.</summary>
    /// <param name="interval">The amount of time; a <see cref="TimeSpan"/> is elapsed time.</param>
    /// <returns>The repeat.</returns>
    public Repeat Every(Delay interval) => this with { Interval = DueTime.After(interval) };

    /// <summary>The same with another treatment of firings that are missed.</summary>
    /// <param name="missed">The treatment.</param>
    /// <returns>The repeat.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such treatment.</exception>
    public Repeat WhenMissed(Missed missed) => Enum.IsDefined(missed)
        ? this with { Missed = missed }
        : throw new ArgumentOutOfRangeException(nameof(missed), missed, "There is no such treatment of missed firings.");

    /// <summary>Repeats at the interval of the rule.</summary>
    /// <param name="count">How many times after the first one; at most 9,999.</param>
    public static implicit operator Repeat(int count) => Times(count);
}
