using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>Which tasks are open for whom, in the order of their serial numbers.</summary>
internal sealed class InMemoryWorklists
{
    private readonly Dictionary<Destination, TaskList> _byEntry = [];

    public void Add(InMemoryTask task)
    {
        if (task.Only is { } only)
        {
            Add(task, only);
            return;
        }

        foreach (var entry in task.Current)
        {
            Add(task, entry);
        }
    }

    public void Add(InMemoryTask task, Destination entry)
    {
        lock (_byEntry)
        {
            if (!_byEntry.TryGetValue(entry, out var list))
            {
                _byEntry.Add(entry, list = new TaskList());
            }

            list.Add(task);
        }
    }

    public void Remove(InMemoryTask task)
    {
        if (task.Only is { } only)
        {
            Remove(task, only);
            return;
        }

        foreach (var entry in task.Current)
        {
            Remove(task, entry);
        }
    }

    public void Remove(InMemoryTask task, Destination entry)
    {
        lock (_byEntry)
        {
            // An empty list stays: whoever had a task will most likely have one again.
            if (_byEntry.TryGetValue(entry, out var list))
            {
                list.Remove(task.Serial);
            }
        }
    }

    /// <summary>A page of the tasks that are open for somebody. In the order of serial numbers it costs what it holds; for any other order, and for a filter that fits
    /// few, all that are open for him are looked at.</summary>
    public List<WorklistHeaderRecord> Find(IReadOnlyCollection<Destination> entries, WorklistQuery query, WorklistHeaderRecord? after)
    {
        lock (_byEntry)
        {
            var behind = query.Order is WorklistOrder.Serial ? query.After ?? default : default;
            var lists = entries.Distinct().Select(entry => _byEntry.GetValueOrDefault(entry)).OfType<TaskList>().Select(list => list.Behind(behind)).ToList();
            var candidates = lists.Count == 1 ? lists[0] : lists.SelectMany(list => list).DistinctBy(task => task.Serial).OrderBy(task => task.Serial);
            return Page(candidates, query, after);
        }
    }

    /// <summary>The tasks that the query asks for, of those that are open, in its order.</summary>
    public static List<WorklistHeaderRecord> Page(IEnumerable<InMemoryTask> candidates, WorklistQuery query, WorklistHeaderRecord? after)
    {
        var order = new WorklistComparer(query.Order);
        var found = candidates
            .Where(task => task.End is null && task.Matches(query))
            .Select(task => task.Header)
            .Where(header => after is null || order.Compare(header, after) > 0);
        return [.. (query.Order is WorklistOrder.Serial ? found : found.Order(order)).Take(query.Limit)];
    }
}
