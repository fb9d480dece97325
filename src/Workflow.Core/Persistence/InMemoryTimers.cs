using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>The timers of all process instances, the one that is due first in front.</summary>
internal sealed class InMemoryTimers
{
    private readonly SortedSet<(DateTimeOffset DueAt, long ProcessInstance, int Number)> _order = [];
    private readonly Dictionary<(long ProcessInstance, int Number), ProcessTimer> _timers = [];

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
                var key = (timer.ProcessInstance.Value, timer.Number);
                Remove(key);
                _timers.Add(key, timer);
                _order.Add((timer.DueAt, timer.ProcessInstance.Value, timer.Number));
            }
        }
    }

    public List<ProcessTimer> FindDue(DateTimeOffset now, int limit)
    {
        lock (_order)
        {
            return [.. _order.TakeWhile(item => item.DueAt <= now).Take(limit).Select(item => _timers[(item.ProcessInstance, item.Number)])];
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

    private void Remove((long ProcessInstance, int Number) key)
    {
        if (_timers.Remove(key, out var timer))
        {
            _order.Remove((timer.DueAt, key.ProcessInstance, key.Number));
        }
    }
}
