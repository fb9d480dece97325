using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>The tasks that one process instance has or had. Most have one at a time, which needs no list.</summary>
internal struct InMemoryTasks
{
    private object? _tasks;

    public readonly InMemoryTask? Find(int destination) => _tasks switch
    {
        InMemoryTask only => only.Serial.Destination == destination ? only : null,
        SortedList<int, InMemoryTask> several => several.GetValueOrDefault(destination),
        _ => null,
    };

    /// <summary>The tasks in the order of their serial numbers; those only that are for somebody, if they are given.</summary>
    public readonly IReadOnlyList<InMemoryTask> Read(ICollection<Destination>? entries) => _tasks switch
    {
        InMemoryTask only => IsFor(only, entries) ? [only] : [],
        SortedList<int, InMemoryTask> several => [.. several.Values.Where(task => IsFor(task, entries))],
        _ => [],
    };

    public void Apply(InMemoryProcess process, WorklistChange change, InMemoryShared shared)
    {
        var task = Find(change.Serial.Destination);
        var worklists = shared.Worklists;
        switch (change)
        {
            case WorklistChange.Opened opened:
                var earlier = task;
                task = new InMemoryTask(process, opened.Header, opened.Entries, earlier);
                Keep(task);
                worklists.Add(task);
                if (earlier is { End: null })
                {
                    LeaveBehind(earlier, earlier.Current.Where(entry => !task.Current.Contains(entry)), shared);
                }

                break;
            case WorklistChange.EntryAdded added:
                task!.Add(added.Entry);
                worklists.Add(task, added.Entry);
                break;
            case WorklistChange.EntryRemoved removed:
                task!.Remove(removed.Entry);
                LeaveBehind(task, [removed.Entry], shared);
                break;
            case WorklistChange.TookPart participant:
                task!.Remember(Destination.Known(participant.User));
                shared.Participants.Add(Destination.Known(participant.User), process.Id);
                break;
            case WorklistChange.Closed closed:
                task!.Close(closed.End);
                LeaveBehind(task, task.Current, shared);
                break;
            default:
                throw new ArgumentException($"A worklist change of the kind {change.GetType().Name} is not known.", nameof(change));
        }
    }

    /// <summary>Makes former entries of entries. Who asks in which instances somebody takes part looks at the open tasks first, so that an entry which is former at once is never
    /// missed.</summary>
    private static void LeaveBehind(InMemoryTask task, IEnumerable<Destination> entries, InMemoryShared shared)
    {
        foreach (var entry in entries)
        {
            shared.Participants.Add(entry, task.Serial.ProcessInstance);
            shared.Worklists.Remove(task, entry);
        }
    }

    private static bool IsFor(InMemoryTask task, ICollection<Destination>? entries) => entries is null || task.Current.Any(entries.Contains);

    private void Keep(InMemoryTask task)
    {
        var number = task.Serial.Destination;
        switch (_tasks)
        {
            case SortedList<int, InMemoryTask> several:
                several[number] = task;
                break;
            case InMemoryTask only when only.Serial.Destination != number:
                _tasks = new SortedList<int, InMemoryTask> { [only.Serial.Destination] = only, [number] = task };
                break;
            default:
                _tasks = task;
                break;
        }
    }
}
