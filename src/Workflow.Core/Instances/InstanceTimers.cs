namespace Workflow.Core.Instances;

/// <summary>The timers of a process instance, and what of them the next commit has to store. Each belongs to an owner, which may have several. An owner that
/// comes to its end takes its timers with it: the transition that ends it calls <see cref="End(in TimerOwner)"/>.</summary>
/// <remarks>Most instances have no timer, and so no object of this kind. Most others have one.</remarks>
internal sealed partial class InstanceTimers(ProcessInstance process)
{
    /// <summary>The occurrence of a timer of which its owner has one.</summary>
    public const int Only = 1;

    private TimerChains _timers;
    private InstanceFirings? _firings;

    /// <summary>The timers that the next commit has to store, in the order of arming. Those that were ended meanwhile are passed over.</summary>
    private ArmedTimer? _firstUnstored;
    private ArmedTimer? _lastUnstored;
    private List<int>? _ended;

    /// <summary>The firings of the instance.</summary>
    public InstanceFirings Firings => _firings ??= new InstanceFirings();

    /// <summary>Whether the next commit has to store something.</summary>
    public bool AreChanged => _ended is { Count: > 0 } || ArmedTimer.IsAnyUnstored(_firstUnstored);

    /// <summary>As <see cref="Firings"/>, without making them.</summary>
    public InstanceFirings? FiringsOrNull => _firings;

    /// <summary>The timers of an owner, in the order in which they were armed.</summary>
    public OwnedTimers Of(in TimerOwner owner) => _timers.Of(owner);

    /// <summary>The occurrence behind the last one that is armed of an element and kind.</summary>
    public int NextOccurrence(in TimerOwner owner, ProcessTimerKind kind, string element)
    {
        var last = 0;
        foreach (var timer in Of(owner))
        {
            last = IsFor(timer, kind, element) ? Math.Max(last, timer.Occurrence) : last;
        }

        return last + 1;
    }

    /// <summary>Arms a timer.</summary>
    /// <param name="owner">The element that it ends with, which is at work.</param>
    /// <param name="kind">The work to do when it is due.</param>
    /// <param name="element">The name of the element of the definition that it is for.</param>
    /// <param name="occurrence">Which of the timers of the element and kind it is; positive.</param>
    /// <param name="dueAt">When it is due.</param>
    /// <param name="base">The instants from which that was worked out, if it is counted in a calendar; null otherwise.</param>
    /// <returns>Its number.</returns>
    public int Arm(in TimerOwner owner, ProcessTimerKind kind, string element, int occurrence, DateTimeOffset dueAt, TimerBase? @base = null)
    {
        Invariant.Holds(occurrence > 0 && Find(owner, kind, element, occurrence) is null);
        Touch(owner);
        var timer = new ProcessTimer(
            process.Id, process.NextEventId(), kind, owner.ActivityInstance, owner.Destination, dueAt, owner.EventInstance, element, occurrence);
        Arm(timer, replaces: false, repeats: null, @base);
        return timer.Number;
    }

    /// <summary>Arms the next firing of an escalation, in the place of the one that has fired.</summary>
    public void ArmNext(Firing firing, int occurrence, DateTimeOffset dueAt, TimerBase? @base = null)
    {
        var owner = firing.Owner;
        Invariant.Holds(Find(owner, firing.TimerNumber) is null);
        Touch(owner);
        var timer = new ProcessTimer(
            process.Id, firing.TimerNumber, ProcessTimerKind.Escalation, owner.ActivityInstance, owner.Destination, dueAt, owner.EventInstance,
            firing.Escalation, occurrence);
        Arm(timer, replaces: _ended?.Remove(timer.Number) is true, firing.Repeats, @base);
    }

    /// <summary>The timer of an owner, by what it is for; null for none.</summary>
    public ProcessTimer? Find(in TimerOwner owner, ProcessTimerKind kind, string element, int occurrence)
    {
        foreach (var timer in Of(owner))
        {
            if (timer.Occurrence == occurrence && IsFor(timer, kind, element))
            {
                return timer;
            }
        }

        return null;
    }

    /// <summary>The timer of an owner, by its number; null for none.</summary>
    public ProcessTimer? Find(in TimerOwner owner, int number) => _timers.Find(owner, number)?.Timer;

    /// <summary>Looks for the timer that is due first, up to some instant, of those that are not held.</summary>
    /// <returns>False when there are many: their order is a matter of the store.</returns>
    public bool TryFindDue(DateTimeOffset until, out ProcessTimer? first) => _timers.TryFindDue(until, out first);

    /// <summary>Finds what is armed of a timer that the store has found; null when nothing is, since it has fired, or was ended.</summary>
    public ProcessTimer? Find(in ProcessTimer stored)
    {
        var owner = TimerOwner.Of(stored);
        if (Find(owner, stored.Number) is { } timer)
        {
            return timer;
        }

        // A timer that version 0.1 has stored does not say which event it belongs to.
        return process.FindDestination(owner.Destination) is { Event: not null } destination ? Find(TimerOwner.OfEvent(destination), stored.Number) : null;
    }

    /// <summary>A timer has fired, or is not needed any more. The store forgets it, even when the instance does not know it.</summary>
    public void End(in ProcessTimer timer)
    {
        var owner = TimerOwner.Of(timer);
        if (_timers.Find(owner, timer.Number) is not { } armed)
        {
            (_ended ??= []).Add(timer.Number);
            return;
        }

        _timers.Remove(armed);
        Touch(owner);
        Forget(armed);
    }

    /// <summary>An owner has come to its end.</summary>
    public void End(in TimerOwner owner)
    {
        for (var timers = Of(owner).GetEnumerator(); timers.MoveNext();)
        {
            _timers.Remove(timers.Armed);
            Forget(timers.Armed);
        }

        _firings?.Drop(owner);
    }

    /// <summary>A timer has fired, and its action begins.</summary>
    public Firing Fire(in ProcessTimer timer)
    {
        var firing = new Firing(process, process.NextEventId(), timer, RepeatsOf(timer));
        End(timer);
        Firings.Add(firing);
        return firing;
    }

    /// <summary>The action of an escalation is done.</summary>
    public void End(Firing firing)
    {
        if (Firings.TryEnd(firing))
        {
            Changed(firing);
        }
    }

    /// <summary>Has the next commit write what has changed of a firing.</summary>
    public void Changed(Firing firing) => Touch(firing.Owner);

    /// <summary>Puts back what has fired and is not done.</summary>
    /// <returns>False when another has the same number.</returns>
    public bool TryRestore(Firing firing)
    {
        if (Firings.Find(firing.Number) is not null)
        {
            return false;
        }

        Firings.Add(firing);
        return true;
    }

    /// <summary>Puts back a timer that was stored.</summary>
    /// <returns>False when its owner has another of the same number, or for the same.</returns>
    public bool TryRestore(in ProcessTimer timer, bool isHeld = false, KeptRepeats? repeats = null, TimerBase? @base = null)
    {
        var owner = TimerOwner.Of(timer);
        if (Find(owner, timer.Number) is not null || Find(owner, timer.Kind, timer.Element, timer.Occurrence) is not null)
        {
            return false;
        }

        var armed = new ArmedTimer(timer) { Repeats = repeats, Base = @base };
        _timers.Add(armed);
        if (isHeld)
        {
            Keep(armed);
        }

        return true;
    }

    /// <summary>Gives away what the next commit has to store.</summary>
    public void MoveChanges(List<ProcessTimer> armed, List<int> ended)
    {
        while (_firstUnstored is { } timer)
        {
            if (timer.IsUnstored)
            {
                armed.Add(timer.Timer);
            }

            (timer.IsUnstored, timer.Replaces) = (false, false);
            (_firstUnstored, timer.NextUnstored) = (timer.NextUnstored, null);
        }

        _lastUnstored = null;
        if (_ended is { Count: > 0 } numbers)
        {
            ended.AddRange(numbers);
            numbers.Clear();
        }
    }

    private static bool IsFor(in ProcessTimer timer, ProcessTimerKind kind, string element) =>
        timer.Kind == kind && string.Equals(timer.Element, element, StringComparison.Ordinal);

    private void Arm(in ProcessTimer timer, bool replaces, KeptRepeats? repeats, TimerBase? @base)
    {
        var armed = new ArmedTimer(timer) { IsUnstored = true, Replaces = replaces, Repeats = repeats, Base = @base };
        _timers.Add(armed);
        AddUnstored(armed);
    }

    private void AddUnstored(ArmedTimer armed)
    {
        if (_lastUnstored is { } last)
        {
            last.NextUnstored = armed;
        }
        else
        {
            _firstUnstored = armed;
        }

        _lastUnstored = armed;
    }

    /// <summary>The store need not hear of timers armed since the last commit, and has forgotten those that are held.</summary>
    private void Forget(ArmedTimer timer)
    {
        if (timer is { IsHeld: false, IsUnstored: false } or { Replaces: true })
        {
            (_ended ??= []).Add(timer.Timer.Number);
        }

        (timer.IsUnstored, timer.Replaces, timer.IsHeld) = (false, false, false);
    }

    /// <summary>Registers the owner, which is at work, among what the next commit has to write.</summary>
    private void Touch(in TimerOwner owner)
    {
        if (owner == TimerOwner.Process)
        {
            Invariant.Holds(!process.StoredStatus.HasEnded());
            process.Touch();
            return;
        }

        var activity = process.FindActivity(owner.ActivityInstance);
        Invariant.Holds(activity is { Status: ActivityInstanceStatus.Active });
        if (owner.Destination == 0)
        {
            activity.Touch();
            return;
        }

        var destination = activity.FindDestination(owner.Destination);
        Invariant.Holds(destination is { Status: DestinationStatus.Active } && (owner.EventInstance == 0 || destination.Event?.Id == owner.EventInstance));
        destination.Touch();
    }
}
