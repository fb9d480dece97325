using Workflow.Core.Instances;
using Workflow.Core.Records;

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
        switch (change)
        {
            case WorklistChange.Opened opened:
                Open(new InMemoryTask(process, opened.Header, opened.Entries, task), task, shared);
                break;
            case WorklistChange.EntryAdded added:
                task!.Add(added.Entry);
                shared.Worklists.Add(task, added.Entry);
                break;
            case WorklistChange.EntryRemoved removed:
                task!.Remove(removed.Entry);
                LeaveBehind(task, removed.Entry, shared);
                break;
            case WorklistChange.TookPart participant:
                task!.Remember(Destination.Known(participant.User));
                shared.Participants.Add(Destination.Known(participant.User), process.Id);
                break;
            case WorklistChange.Closed closed:
                Close(task!, closed.End, shared);
                break;
            default:
                throw new ArgumentException($"A worklist change of the kind {change.GetType().Name} is not known.", nameof(change));
        }
    }

    private void Open(InMemoryTask task, InMemoryTask? earlier, InMemoryShared shared)
    {
        Keep(task);
        shared.Worklists.Add(task);
        if (earlier is { End: null })
        {
            foreach (var entry in earlier.Current.Except(task.Current))
            {
                LeaveBehind(earlier, entry, shared);
            }
        }
    }

    private static void Close(InMemoryTask task, WorklistItemEnd end, InMemoryShared shared)
    {
        task.Close(end);
        if (task.Only is { } only)
        {
            LeaveBehind(task, only, shared);
            return;
        }

        foreach (var entry in task.Current)
        {
            LeaveBehind(task, entry, shared);
        }
    }

    /// <summary>Makes a former entry of an entry. A question for the instances in which somebody takes part looks at the open tasks first. So it never misses
    /// an entry that becomes former meanwhile.</summary>
    private static void LeaveBehind(InMemoryTask task, Destination entry, InMemoryShared shared)
    {
        shared.Participants.Add(entry, task.Serial.ProcessInstance);
        shared.Worklists.Remove(task, entry);
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
