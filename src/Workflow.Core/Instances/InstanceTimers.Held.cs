namespace Workflow.Core.Instances;

/// <content>Timers that are held while the instance does not move (statement 6.6).</content>
internal sealed partial class InstanceTimers
{
    private List<ArmedTimer>? _held;

    /// <summary>Whether a timer is held: it was due while the instance did not move, and stays armed in the instance only (statement 6.6).</summary>
    public bool IsHeld(in ProcessTimer timer) => _timers.Find(TimerOwner.Of(timer), timer.Number) is { IsHeld: true };

    /// <summary>Holds a timer that is due while the instance does not move. The store need not look for it.</summary>
    public void Hold(in ProcessTimer timer)
    {
        var owner = TimerOwner.Of(timer);
        var armed = _timers.Find(owner, timer.Number);
        Invariant.Holds(armed is not null);
        Forget(armed!);
        Keep(armed!);
        Touch(owner);
    }

    /// <summary>The instance moves again: the store looks for the timers that were held.</summary>
    public void ReleaseHeld()
    {
        foreach (var timer in (_held ?? []).Where(timer => timer.IsHeld).OrderBy(timer => timer.Timer.Number))
        {
            (timer.IsHeld, timer.IsUnstored) = (false, true);
            AddUnstored(timer);
            Touch(TimerOwner.Of(timer.Timer));
        }

        _held = null;
    }

    private void Keep(ArmedTimer timer)
    {
        timer.IsHeld = true;
        (_held ??= []).Add(timer);
    }
}
