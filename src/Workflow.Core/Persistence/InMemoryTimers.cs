using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>The timers of all process instances, the one that is due first in front.</summary>
internal sealed class InMemoryTimers
{
    private readonly SortedSet<(DateTimeOffset DueAt, long ProcessInstance, int Number)> _order = [];
    private readonly Dictionary<long, SortedList<int, ProcessTimer>> _timers = [];

    public void Apply(Commit commit)
    {
        if (commit.ArmedTimers.Count == 0 && commit.EndedTimers.Count == 0)
        {
            return;
        }

        lock (_order)
        {
            foreach (var number in commit.EndedTimers)
            {
                Remove((commit.ProcessInstance.Value, number));
            }

            foreach (var timer in commit.ArmedTimers)
            {
                Remove((timer.ProcessInstance.Value, timer.Number));
                if (!_timers.TryGetValue(timer.ProcessInstance.Value, out var ofProcess))
                {
                    _timers.Add(timer.ProcessInstance.Value, ofProcess = []);
                }

                ofProcess.Add(timer.Number, timer with { DueAt = timer.DueAt.ToUniversalTime() });
                _order.Add((timer.DueAt.ToUniversalTime(), timer.ProcessInstance.Value, timer.Number));
            }
        }
    }

    public void Forget(ProcessInstanceId processInstance)
    {
        lock (_order)
        {
            if (_timers.Remove(processInstance.Value, out var timers))
            {
                foreach (var timer in timers.Values)
                {
                    _order.Remove((timer.DueAt, processInstance.Value, timer.Number));
                }
            }
        }
    }

    /// <param name="query">Which timers to find.</param>
    /// <param name="definitionOf">The definition that an instance runs on; null for an instance that is not there.</param>
    public List<ProcessTimer> Find(TimerQuery query, Func<long, string?> definitionOf)
    {
        var wanted = WantedDefinitions.Of(query.Definition, query.Definitions);
        lock (_order)
        {
            return [.. Candidates(query)
                .TakeWhile(item => query.DueUntil is null || item.DueAt <= query.DueUntil)
                .Where(item => wanted is null || (definitionOf(item.ProcessInstance) is { } definition && wanted.Contains(definition, StringComparer.Ordinal)))
                .Take(query.Limit)
                .Select(item => _timers[item.ProcessInstance][item.Number])];
        }
    }

    /// <summary>The timers of one instance, or all, behind the last one of the page before.</summary>
    private IEnumerable<(DateTimeOffset DueAt, long ProcessInstance, int Number)> Candidates(TimerQuery query)
    {
        var after = query.After is { } last ? (last.DueAt, last.ProcessInstance.Value, last.Number) : (DateTimeOffset.MinValue, 0, 0);
        if (query.ProcessInstance is { } only)
        {
            return !_timers.TryGetValue(only.Value, out var timers)
                ? []
                : timers.Values.Select(timer => (timer.DueAt, timer.ProcessInstance.Value, timer.Number)).Where(item => item.CompareTo(after) > 0).Order();
        }

        return query.After is null || _order.Count == 0 ? _order : Behind(after);
    }

    /// <summary>The instances with a timer that is due, each once, the one that is due first in front.</summary>
    public IEnumerable<long> DueProcesses(DateTimeOffset now)
    {
        const int Page = 100;
        var after = (DueAt: DateTimeOffset.MinValue, ProcessInstance: 0L, Number: 0);
        var found = new HashSet<long>();
        while (true)
        {
            List<(DateTimeOffset DueAt, long ProcessInstance, int Number)> page;
            lock (_order)
            {
                page = _order.Count == 0 ? [] : [.. Behind(after).TakeWhile(item => item.DueAt <= now).Take(Page)];
            }

            foreach (var item in page.Where(item => found.Add(item.ProcessInstance)))
            {
                yield return item.ProcessInstance;
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
        lock (_order)
        {
            if (_order.Count == 0 || _order.Max.DueAt <= after)
            {
                return null;
            }

            return after is { } instant ? _order.GetViewBetween((instant, long.MaxValue, int.MaxValue), _order.Max).Min.DueAt : _order.Min.DueAt;
        }
    }

    private SortedSet<(DateTimeOffset DueAt, long ProcessInstance, int Number)> Behind((DateTimeOffset DueAt, long ProcessInstance, int Number) after) =>
        after.CompareTo(_order.Max) >= 0 ? [] : _order.GetViewBetween((after.DueAt, after.ProcessInstance, after.Number + 1), _order.Max);

    private void Remove((long ProcessInstance, int Number) key)
    {
        if (_timers.TryGetValue(key.ProcessInstance, out var ofProcess) && ofProcess.Remove(key.Number, out var timer))
        {
            _order.Remove((timer.DueAt, key.ProcessInstance, key.Number));
            if (ofProcess.Count == 0)
            {
                _timers.Remove(key.ProcessInstance);
            }
        }
    }
}
