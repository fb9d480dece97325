namespace Workflow.Core.Instances;

/// <summary>A timer in the memory of its instance, in the chain of its owner, and what the next commit has to tell the store of it.</summary>
internal sealed class ArmedTimer(in ProcessTimer timer)
{
    public ProcessTimer Timer { get; private set; } = timer;

    /// <summary>The repeats of an escalation that was armed in another version; null where its definition says them (statement 8.8b).</summary>
    public KeptRepeats? Repeats { get; set; }

    /// <summary>The instants from which its due instant was worked out; null where it is not counted in a calendar, or an earlier version armed it.</summary>
    public TimerBase? Base { get; set; }

    /// <summary>The timer armed behind it.</summary>
    public ArmedTimer? Next { get; set; }

    /// <summary>Another timer that the next commit has to store.</summary>
    public ArmedTimer? NextUnstored { get; set; }

    /// <summary>Whether the next commit has to store it.</summary>
    public bool IsUnstored { get; set; }

    /// <summary>Whether the store knows another timer of its number, which it replaces.</summary>
    public bool Replaces { get; set; }

    /// <summary>Whether it is held: it was due while the instance did not move, and stays armed in the instance only (statement 6.6).</summary>
    public bool IsHeld { get; set; }

    /// <summary>Its element has another name in another version.</summary>
    public void Rename(string element) => Timer = Timer with { Element = element };

    /// <summary>It is due at another instant.</summary>
    public void Move(DateTimeOffset dueAt, TimerBase @base) => (Timer, Base) = (Timer with { DueAt = dueAt }, @base);

    /// <summary>Whether the next commit has to store one of those that are chained for it.</summary>
    public static bool IsAnyUnstored(ArmedTimer? first)
    {
        while (first is { IsUnstored: false })
        {
            first = first.NextUnstored;
        }

        return first is not null;
    }
}
