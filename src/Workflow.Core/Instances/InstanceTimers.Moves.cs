namespace Workflow.Core.Instances;

/// <content>Due instants that are worked out anew.</content>
internal sealed partial class InstanceTimers
{
    /// <summary>All timers: those of the process first, then those of each activity instance with its destinations and their events.</summary>
    public IEnumerable<ProcessTimer> All() => Owners().SelectMany(owner => Of(owner));

    /// <summary>The instants from which the due instant of a timer was worked out; null where they were not kept.</summary>
    public TimerBase? BaseOf(in ProcessTimer timer) => _timers.Find(TimerOwner.Of(timer), timer.Number)?.Base;

    /// <summary>A timer is due at another instant. It keeps its number, its occurrence and its repeats (statement 5.9).</summary>
    /// <param name="timer">The timer, which is armed.</param>
    /// <param name="dueAt">When it is due.</param>
    /// <param name="base">The instants from which that was worked out.</param>
    /// <param name="now">The present instant.</param>
    public void Move(in ProcessTimer timer, DateTimeOffset dueAt, TimerBase @base, DateTimeOffset now)
    {
        var owner = TimerOwner.Of(timer);
        var armed = _timers.Find(owner, timer.Number);
        Invariant.Holds(armed is not null && armed.Timer.DueAt != dueAt);
        armed!.Move(dueAt, @base);
        Touch(owner);
        if (armed.IsHeld && dueAt > now)
        {
            // It is not overdue any more, so the store looks for it again.
            armed.IsHeld = false;
            _held!.Remove(armed);
            armed.IsUnstored = true;
            AddUnstored(armed);
        }
        else if (armed is { IsHeld: false, IsUnstored: false })
        {
            (armed.IsUnstored, armed.Replaces) = (true, true);
            AddUnstored(armed);
        }
    }

    private IEnumerable<TimerOwner> Owners()
    {
        yield return TimerOwner.Process;
        foreach (var activity in process.Activities)
        {
            yield return TimerOwner.Of(activity);
            foreach (var destination in activity.Destinations)
            {
                yield return TimerOwner.Of(destination);
                if (destination.Event is not null)
                {
                    yield return TimerOwner.OfEvent(destination);
                }
            }
        }
    }
}
