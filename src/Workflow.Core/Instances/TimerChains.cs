using System.Runtime.InteropServices;

namespace Workflow.Core.Instances;

/// <summary>The timers that an instance holds. A few are one chain; many are a chain for each owner.</summary>
internal struct TimerChains
{
    /// <summary>So many are found as fast in one chain as in a table.</summary>
    private const int Few = 8;

    private ArmedTimer? _first;
    private Dictionary<TimerOwner, ArmedTimer?>? _byOwner;
    private int _count;

    /// <summary>The timers of an owner, in the order in which they were armed.</summary>
    public readonly OwnedTimers Of(in TimerOwner owner) => new(_byOwner is null ? _first : _byOwner.GetValueOrDefault(owner), owner);

    /// <summary>The timer of an owner, by its number; null for none.</summary>
    public readonly ArmedTimer? Find(in TimerOwner owner, int number)
    {
        for (var timers = Of(owner).GetEnumerator(); timers.MoveNext();)
        {
            if (timers.Armed.Timer.Number == number)
            {
                return timers.Armed;
            }
        }

        return null;
    }

    /// <summary>Looks for the timer that is due first, up to some instant, of those that are not held.</summary>
    /// <returns>False when there are many: their order is a matter of the store.</returns>
    public readonly bool TryFindDue(DateTimeOffset until, out ProcessTimer? first)
    {
        ArmedTimer? found = null;
        for (var timer = _first; timer is not null; timer = timer.Next)
        {
            var isEarlier = found is null || (timer.Timer.DueAt, timer.Timer.Number).CompareTo((found.Timer.DueAt, found.Timer.Number)) < 0;
            found = !timer.IsHeld && timer.Timer.DueAt <= until && isEarlier ? timer : found;
        }

        first = found?.Timer;
        return _byOwner is null;
    }

    public void Add(ArmedTimer timer)
    {
        _count++;
        if (_byOwner is null && _count <= Few)
        {
            Append(ref _first, timer);
            return;
        }

        Divide();
        Append(ref CollectionsMarshal.GetValueRefOrAddDefault(_byOwner!, TimerOwner.Of(timer.Timer), out _), timer);
    }

    public void Remove(ArmedTimer timer)
    {
        _count--;
        if (_byOwner is null)
        {
            Unlink(ref _first, timer);
            return;
        }

        var owner = TimerOwner.Of(timer.Timer);
        ref var first = ref CollectionsMarshal.GetValueRefOrNullRef(_byOwner, owner);
        Unlink(ref first, timer);
        if (first is null)
        {
            _byOwner.Remove(owner);
        }
    }

    private void Divide()
    {
        _byOwner ??= [];
        while (_first is { } timer)
        {
            (_first, timer.Next) = (timer.Next, null);
            Append(ref CollectionsMarshal.GetValueRefOrAddDefault(_byOwner, TimerOwner.Of(timer.Timer), out _), timer);
        }
    }

    private static void Append(ref ArmedTimer? first, ArmedTimer timer)
    {
        if (first is null)
        {
            first = timer;
            return;
        }

        var last = first;
        while (last.Next is { } next)
        {
            last = next;
        }

        last.Next = timer;
    }

    private static void Unlink(ref ArmedTimer? first, ArmedTimer timer)
    {
        if (first == timer)
        {
            first = timer.Next;
        }
        else
        {
            var before = first!;
            while (before.Next != timer)
            {
                before = before.Next!;
            }

            before.Next = timer.Next;
        }

        timer.Next = null;
    }
}
