using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>The timers of all process instances, in the order in which they are due, and by their instances.</summary>
internal sealed class InMemoryTimers
{
    private readonly SortedSet<Armed> _byDue = new(Comparer<Armed>.Create(static (one, other) => one.Place.CompareTo(other.Place)));
    private readonly SortedSet<Armed> _byInstance = new(Comparer<Armed>.Create(static (one, other) => one.Key.CompareTo(other.Key)));

    /// <summary>The one that is looked for; the lock guards it.</summary>
    private readonly Armed _wanted = new(default);

    public void Apply(Commit commit)
    {
        if (commit.ArmedTimers.Count == 0 && commit.EndedTimers.Count == 0)
        {
            return;
        }

        lock (_byDue)
        {
            for (var index = 0; index < commit.EndedTimers.Count; index++)
            {
                _wanted.Timer = Armed.TimerOf(commit.ProcessInstance, commit.EndedTimers[index]);
                Remove(_wanted);
            }

            for (var index = 0; index < commit.ArmedTimers.Count; index++)
            {
                var timer = commit.ArmedTimers[index];
                var armed = new Armed(timer with { DueAt = timer.DueAt.ToUniversalTime() });
                Remove(armed);
                _byInstance.Add(armed);
                _byDue.Add(armed);
            }
        }
    }

    public void Forget(ProcessInstanceId processInstance)
    {
        lock (_byDue)
        {
            foreach (var timer in OfInstance(processInstance).ToList())
            {
                Remove(timer);
            }
        }
    }

    /// <param name="query">Which timers to find.</param>
    /// <param name="definitionOf">The definition that an instance runs on; null for an instance that is not there.</param>
    public List<ProcessTimer> Find(TimerQuery query, Func<long, string?> definitionOf)
    {
        var wanted = WantedDefinitions.Of(query.Definition, query.Definitions);
        lock (_byDue)
        {
            return [.. Candidates(query)
                .Select(armed => armed.Timer)
                .TakeWhile(timer => query.DueUntil is null || timer.DueAt <= query.DueUntil)
                .Where(timer => wanted is null
                    || (definitionOf(timer.ProcessInstance.Value) is { } definition && wanted.Contains(definition, StringComparer.Ordinal)))
                .Take(query.Limit)];
        }
    }

    /// <summary>The instances with a timer that is due, each once, the one that is due first in front.</summary>
    public IEnumerable<long> DueProcesses(DateTimeOffset now)
    {
        const int Page = 100;
        Armed? after = null;
        var found = new HashSet<long>();
        while (true)
        {
            List<Armed> page;
            lock (_byDue)
            {
                page = [.. Behind(after).TakeWhile(armed => armed.Timer.DueAt <= now).Take(Page)];
            }

            foreach (var armed in page.Where(armed => found.Add(armed.Timer.ProcessInstance.Value)))
            {
                yield return armed.Timer.ProcessInstance.Value;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1];
        }
    }

    public DateTimeOffset? NextDue(DateTimeOffset? after)
    {
        lock (_byDue)
        {
            return after is { } instant ? Behind(Armed.LastOf(instant)).FirstOrDefault()?.Timer.DueAt : _byDue.Min?.Timer.DueAt;
        }
    }

    /// <summary>The timers of one instance, or all, behind the last one of the page before.</summary>
    private IEnumerable<Armed> Candidates(TimerQuery query)
    {
        var after = query.After is { } last ? new Armed(last) : null;
        return query.ProcessInstance is { } only
            ? OfInstance(only).Where(armed => after is null || armed.Place.CompareTo(after.Place) > 0).OrderBy(armed => armed.Place)
            : Behind(after);
    }

    private SortedSet<Armed> OfInstance(ProcessInstanceId processInstance) =>
        _byInstance.GetViewBetween(
            new Armed(Armed.TimerOf(processInstance, int.MinValue)), new Armed(Armed.TimerOf(processInstance, int.MaxValue)));

    /// <summary>The timers behind one that need not be there; all for null.</summary>
    private IEnumerable<Armed> Behind(Armed? after)
    {
        if (after is null || _byDue.Max is not { } max)
        {
            return _byDue;
        }

        return after.Place.CompareTo(max.Place) >= 0 ? [] : _byDue.GetViewBetween(after, max).SkipWhile(armed => armed.Place == after.Place);
    }

    private void Remove(Armed timer)
    {
        if (_byInstance.TryGetValue(timer, out var armed))
        {
            _byInstance.Remove(armed);
            _byDue.Remove(armed);
        }
    }

    /// <summary>A timer, or the place of one in an order.</summary>
    private sealed class Armed(in ProcessTimer timer)
    {
        public ProcessTimer Timer { get; set; } = timer;

        /// <summary>Its place among those that are due.</summary>
        public (DateTimeOffset DueAt, long ProcessInstance, int Number) Place => (Timer.DueAt, Timer.ProcessInstance.Value, Timer.Number);

        public (long ProcessInstance, int Number) Key => (Timer.ProcessInstance.Value, Timer.Number);

        /// <summary>Enough of a timer to find it by.</summary>
        public static ProcessTimer TimerOf(ProcessInstanceId processInstance, int number) => new(processInstance, number, default, 0, 0, default);

        /// <summary>The last place of an instant.</summary>
        public static Armed LastOf(DateTimeOffset dueAt) =>
            new(new ProcessTimer(new ProcessInstanceId(long.MaxValue), int.MaxValue, default, 0, 0, dueAt));
    }
}
