using Workflow.Core.Records;

namespace Workflow.Core.Persistence;

/// <summary>The open tasks of each user, role and group, in the order of their serial numbers.</summary>
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
            // An empty list stays, because a former owner of a task will probably get another one.
            if (_byEntry.TryGetValue(entry, out var list))
            {
                list.Remove(task.Serial);
            }
        }
    }

    /// <summary>A page of the tasks that are open for somebody. In the order of serial numbers it costs what it holds, and a look for each name. For any other
    /// order, and for a filter that fits few, it looks at all tasks that are open for them.</summary>
    public List<WorklistHeaderRecord> Find(IReadOnlyCollection<Destination> entries, WorklistQuery query, WorklistHeaderRecord? after)
    {
        lock (_byEntry)
        {
            var lists = new List<TaskList>();
            foreach (var entry in entries)
            {
                if (_byEntry.TryGetValue(entry, out var list))
                {
                    lists.Add(list);
                }
            }

            var candidates = query.Order is WorklistOrder.Serial
                ? TaskList.InOrder(lists, query.After ?? default)
                : lists.SelectMany(list => list.Behind(default));
            return Page(lists.Count == 1 ? candidates : candidates.DistinctBy(task => task.Serial), query, after);
        }
    }

    /// <summary>The next roles and groups that have a task, by kind and name.</summary>
    public List<Destination> FindRoles(Destination? after, int limit)
    {
        lock (_byEntry)
        {
            return [.. Behind(after).Where(entry => entry.Who.Kind is not DestinationKind.User).Take(limit).Select(entry => entry.Who)];
        }
    }

    /// <summary>The next users, groups and roles that have a task, by kind and name, each with the number of their tasks as far as is counted.</summary>
    public List<TaskCountOf> Count(TaskCountQuery query)
    {
        lock (_byEntry)
        {
            return [.. Behind(query.After)
                .Take(query.Limit)
                .Select(entry => new TaskCountOf(
                    entry.Who,
                    entry.List.Behind(default).Where(task => query.Definitions is not { } names || names.Contains(task.Header.Definition))
                        .Take(query.AtMost).Count()))];
        }
    }

    /// <summary>Those who have a task, by kind and name, behind one of them.</summary>
    private IEnumerable<(Destination Who, TaskList List)> Behind(Destination? after)
    {
        var behind = after is { } last ? Place(last) : default;
        return _byEntry
            .Where(entry => !entry.Value.IsEmpty)
            .Select(entry => (Place: Place(entry.Key), Who: entry.Key, List: entry.Value))
            .Where(entry => after is null || Compare(entry.Place, behind) > 0)
            .OrderBy(entry => entry.Place, Comparer<(DestinationKind Kind, string Key)>.Create(Compare))
            .Select(entry => (entry.Who, entry.List));

        static (DestinationKind Kind, string Key) Place(in Destination role) => (role.Kind, NameComparer.Key(role.Name));

        static int Compare((DestinationKind Kind, string Key) one, (DestinationKind Kind, string Key) other) =>
            one.Kind == other.Kind ? string.CompareOrdinal(one.Key, other.Key) : one.Kind.CompareTo(other.Kind);
    }

    /// <summary>The next instances that have a task for somebody, in the order of their numbers or in the opposite one.</summary>
    public List<long> FindProcesses(IReadOnlyCollection<Destination> entries, bool newestFirst, long after, int limit)
    {
        lock (_byEntry)
        {
            var lists = new List<IEnumerable<long>>();
            foreach (var entry in entries)
            {
                if (_byEntry.TryGetValue(entry, out var list))
                {
                    lists.Add((newestFirst ? list.InFrontOf(after) : list.Behind(new SerialNumber(new ProcessInstanceId(after), int.MaxValue)))
                        .Select(task => task.Serial.ProcessInstance.Value));
                }
            }

            return Merged.Distinct(lists, newestFirst, limit);
        }
    }

    /// <summary>The tasks that the query asks for, of those that are open, in its order.</summary>
    public static List<WorklistHeaderRecord> Page(IEnumerable<InMemoryTask> candidates, WorklistQuery query, WorklistHeaderRecord? after)
    {
        var order = new WorklistComparer(query);
        var found = candidates
            .Where(task => task.End is null && task.Matches(query))
            .Select(task => task.Header)
            .Where(header => after is null || order.Compare(header, after) > 0);
        return [.. (query.Order is WorklistOrder.Serial ? found : found.Order(order)).Take(query.Limit)];
    }
}
