namespace Workflow.Core.Instances;

/// <content>The change of the definition under armed timers.</content>
internal sealed partial class InstanceTimers
{
    /// <summary>The repeats of an armed escalation of another version; null where its definition says them.</summary>
    public KeptRepeats? RepeatsOf(in ProcessTimer timer) => _timers.Find(TimerOwner.Of(timer), timer.Number)?.Repeats;

    /// <summary>A timer goes on as one for an element of another version. It keeps its number, its occurrence and its due instant (statement 8.8b).</summary>
    /// <param name="timer">The timer, which is armed.</param>
    /// <param name="element">The name of the element there.</param>
    /// <param name="repeats">The repeats that an escalation keeps; null where its definition says the same.</param>
    public void ChangeVersion(in ProcessTimer timer, string element, KeptRepeats? repeats)
    {
        var owner = TimerOwner.Of(timer);
        var armed = _timers.Find(owner, timer.Number);
        Invariant.Holds(armed is not null);
        if (armed!.Repeats != repeats)
        {
            armed.Repeats = repeats;
            Touch(owner);
        }

        if (armed.Timer.Element == element)
        {
            return;
        }

        armed.Rename(element);
        Touch(owner);

        // The store has forgotten a timer that is held, and is told of one that is armed in this turn.
        if (armed is { IsHeld: false, IsUnstored: false })
        {
            (armed.IsUnstored, armed.Replaces) = (true, true);
            AddUnstored(armed);
        }
    }
}
