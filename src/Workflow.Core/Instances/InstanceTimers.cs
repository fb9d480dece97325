namespace Workflow.Core.Instances;

/// <summary>The timers of a process instance, and what of them the next commit has to store. Each belongs to an owner, which may have several. An owner that
/// comes to its end takes its timers with it: the transition that ends it calls <see cref="End(in TimerOwner)"/>. So nobody who arms a timer need think of its
/// end.</summary>
/// <remarks>Most instances have no timer, and so no object of this kind.</remarks>
internal sealed class InstanceTimers(ProcessInstance process)
{
    /// <summary>The occurrence of a timer of which its owner has one.</summary>
    public const int Only = 1;

    private readonly Dictionary<TimerOwner, List<ProcessTimer>> _timers = [];
    private readonly List<ProcessTimer> _armed = [];
    private readonly List<int> _ended = [];
    private readonly List<int> _held = [];

    /// <summary>The numbers that the store knows and that are armed anew.</summary>
    private readonly List<int> _replaced = [];
    private readonly List<Firing> _firings = [];
    private readonly List<Firing> _dropped = [];

    /// <summary>Whether the next commit has to store something.</summary>
    public bool AreChanged => _armed.Count > 0 || _ended.Count > 0;

    /// <summary>The timers of an owner, in the order in which they were armed.</summary>
    public IReadOnlyList<ProcessTimer> Of(in TimerOwner owner) => _timers.TryGetValue(owner, out var timers) ? timers : [];

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
    /// <returns>Its number.</returns>
    public int Arm(in TimerOwner owner, ProcessTimerKind kind, string element, int occurrence, DateTimeOffset dueAt)
    {
        Invariant.Holds(occurrence > 0 && Find(owner, kind, element, occurrence) is null);
        Touch(owner);
        var timer = new ProcessTimer(
            process.Id, process.NextEventId(), kind, owner.ActivityInstance, owner.Destination, dueAt, owner.EventInstance, element, occurrence);
        Add(owner, timer);
        _armed.Add(timer);
        return timer.Number;
    }

    /// <summary>Arms the next firing of an escalation, in the place of the one that has fired.</summary>
    public void ArmNext(Firing firing, int occurrence, DateTimeOffset dueAt)
    {
        var owner = firing.Owner;
        Invariant.Holds(Find(owner, firing.TimerNumber) is null);
        Touch(owner);
        var timer = new ProcessTimer(
            process.Id, firing.TimerNumber, ProcessTimerKind.Escalation, owner.ActivityInstance, owner.Destination, dueAt, owner.EventInstance,
            firing.Escalation, occurrence);
        Add(owner, timer);
        if (_ended.Remove(timer.Number))
        {
            _replaced.Add(timer.Number);
        }

        _armed.Add(timer);
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
    public ProcessTimer? Find(in TimerOwner owner, int number)
    {
        foreach (var timer in Of(owner))
        {
            if (timer.Number == number)
            {
                return timer;
            }
        }

        return null;
    }

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

    /// <summary>A timer has fired, or is not needed any more.</summary>
    public void End(in ProcessTimer timer)
    {
        var owner = TimerOwner.Of(timer);
        if (_timers.TryGetValue(owner, out var timers) && timers.Remove(timer))
        {
            Touch(owner);
        }

        Forget(timer.Number);
    }

    /// <summary>An owner has come to its end.</summary>
    public void End(in TimerOwner owner)
    {
        if (_timers.Remove(owner, out var timers))
        {
            timers.ForEach(timer => Forget(timer.Number));
        }

        for (var index = _firings.Count - 1; index >= 0; index--)
        {
            if (_firings[index].Owner == owner)
            {
                _firings[index].End();
                _dropped.Add(_firings[index]);
                _firings.RemoveAt(index);
            }
        }
    }

    /// <summary>Whether a timer is held: it was due while the instance did not move, and stays armed in the instance only (statement 6.6).</summary>
    public bool IsHeld(in ProcessTimer timer) => _held.Contains(timer.Number);

    /// <summary>Holds a timer that is due while the instance does not move. The store need not look for it.</summary>
    public void Hold(in ProcessTimer timer)
    {
        Forget(timer.Number);
        _held.Add(timer.Number);
        Touch(TimerOwner.Of(timer));
    }

    /// <summary>A timer has fired, and its action begins.</summary>
    public Firing Fire(in ProcessTimer timer)
    {
        End(timer);
        var firing = new Firing(process, process.NextEventId(), timer);
        _firings.Add(firing);
        return firing;
    }

    /// <summary>The firings whose action is not done, in order.</summary>
    public List<Firing> Firings => _firings;

    /// <summary>The firings of an owner whose action is not done, in order.</summary>
    public IEnumerable<Firing> FiringsOf(TimerOwner owner) => _firings.Where(firing => firing.Owner == owner);

    /// <summary>The firing of a number whose action is not done; null for none.</summary>
    public Firing? FindFiring(int number) => _firings.Find(firing => firing.Number == number);

    /// <summary>Gives away the firings whose element has ended before their action was done, in order.</summary>
    public IReadOnlyList<Firing> TakeDropped()
    {
        if (_dropped.Count == 0)
        {
            return [];
        }

        Firing[] dropped = [.. _dropped.OrderBy(firing => firing.Number)];
        _dropped.Clear();
        return dropped;
    }

    /// <summary>The action of an escalation is done.</summary>
    public void End(Firing firing)
    {
        if (_firings.Remove(firing))
        {
            Changed(firing);
            firing.End();
        }
    }

    /// <summary>Has the next commit write what has changed of a firing.</summary>
    public void Changed(Firing firing) => Touch(firing.Owner);

    /// <summary>Puts back what has fired and is not done.</summary>
    /// <returns>False when another has the same number.</returns>
    public bool TryRestore(Firing firing)
    {
        if (FindFiring(firing.Number) is not null)
        {
            return false;
        }

        _firings.Add(firing);
        return true;
    }

    /// <summary>Puts back that a timer is held.</summary>
    public void RestoreHeld(in ProcessTimer timer) => _held.Add(timer.Number);

    /// <summary>Puts back a timer that was stored.</summary>
    /// <returns>False when its owner has another of the same number, or for the same.</returns>
    public bool TryRestore(in TimerOwner owner, in ProcessTimer timer)
    {
        if (Find(owner, timer.Number) is not null || Find(owner, timer.Kind, timer.Element, timer.Occurrence) is not null)
        {
            return false;
        }

        Add(owner, timer);
        return true;
    }

    /// <summary>Gives away what the next commit has to store.</summary>
    public void MoveChanges(List<ProcessTimer> armed, List<int> ended)
    {
        armed.AddRange(_armed);
        ended.AddRange(_ended);
        _armed.Clear();
        _ended.Clear();
        _replaced.Clear();
    }

    private static bool IsFor(in ProcessTimer timer, ProcessTimerKind kind, string element) =>
        timer.Kind == kind && string.Equals(timer.Element, element, StringComparison.Ordinal);

    private void Add(in TimerOwner owner, in ProcessTimer timer)
    {
        if (!_timers.TryGetValue(owner, out var timers))
        {
            _timers.Add(owner, timers = []);
        }

        timers.Add(timer);
    }

    /// <summary>The store need not hear of timers armed since the last commit, and has forgotten those that are held.</summary>
    private void Forget(int number)
    {
        if (_held.Remove(number))
        {
            return;
        }

        var index = _armed.FindIndex(timer => timer.Number == number);
        if (index < 0)
        {
            _ended.Add(number);
            return;
        }

        _armed.RemoveAt(index);
        if (_replaced.Remove(number))
        {
            _ended.Add(number);
        }
    }

    /// <summary>Registers the owner, which is at work, among what the next commit has to write.</summary>
    private void Touch(in TimerOwner owner)
    {
        if (owner == TimerOwner.Process)
        {
            Invariant.Holds(process.StoredStatus is not ProcessInstanceStatus.Completed);
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
