using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>One process instance in the memory of <see cref="InMemoryProcessStore"/>: its bytes, its tasks, and little else, since there are many.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Reliability", "CA2002:Do not lock on objects with weak identity", Justification = "Nobody outside of the store sees it, and a lock of its own would cost memory for each instance.")]
internal sealed class InMemoryProcess
{
    private readonly ProcessInstanceId _id;
    private InMemoryParts _parts;
    private InMemoryJournal? _lastJournal;
    private SortedList<int, ServerItemRecord>? _serverItems;
    private object? _tasks;
    private long _version;
    private bool _hasPendingCall;

    public InMemoryProcess(ProcessInstanceId id) => _id = id;

    public ProcessInstanceId Id => _id;

    public long Version
    {
        get
        {
            lock (this)
            {
                return _version;
            }
        }
    }

    public bool HasPendingCall
    {
        get
        {
            lock (this)
            {
                return _hasPendingCall;
            }
        }
    }

    public void Apply(Commit commit, InMemoryWorklists worklists, InMemoryTimers timers)
    {
        lock (this)
        {
            if (_version != commit.ExpectedVersion)
            {
                throw new ConcurrencyException(_id, commit.ExpectedVersion, _version);
            }

            _parts.Apply(commit);
            if (commit.Journal is { } journal)
            {
                _lastJournal = new InMemoryJournal(journal, _lastJournal);
            }

            for (var index = 0; index < commit.ServerItems.Count; index++)
            {
                _serverItems ??= [];
                _serverItems[commit.ServerItems[index].Serial.Destination] = commit.ServerItems[index];
            }

            for (var index = 0; index < commit.Worklist.Count; index++)
            {
                Apply(commit.Worklist[index], worklists);
            }

            timers.Apply(commit);
            _hasPendingCall = commit.HasPendingCall;
            _version++;
        }
    }

    public StoredProcess Load()
    {
        lock (this)
        {
            return new StoredProcess(_version, _parts.Read());
        }
    }

    public StoredProcess Load(int activityInstance, int destination)
    {
        lock (this)
        {
            return new StoredProcess(_version, _parts.Read(activityInstance, destination));
        }
    }

    public IReadOnlyList<StoredJournal> ReadJournal(long after, int limit)
    {
        var pieces = new Stack<StoredJournal>();
        lock (this)
        {
            for (var piece = _lastJournal; piece is not null && piece.LastNumber > after; piece = piece.Earlier)
            {
                pieces.Push(piece.ToStored());
            }
        }

        return [.. pieces.Take(limit)];
    }

    public ServerItemRecord? FindServerItem(SerialNumber serial)
    {
        lock (this)
        {
            return _serverItems?.GetValueOrDefault(serial.Destination);
        }
    }

    /// <summary>The items asked for, in the order of their serial numbers.</summary>
    public IReadOnlyList<ServerItemRecord> Find(ServerItemQuery query)
    {
        lock (this)
        {
            return _serverItems is null
                ? []
                : [.. _serverItems.Values.Where(item => query.Matches(item) && (query.After is not { } after || item.Serial.CompareTo(after) > 0))];
        }
    }

    public InMemoryTask? FindTask(int destination)
    {
        lock (this)
        {
            return _tasks switch
            {
                InMemoryTask only => only.Serial.Destination == destination ? only : null,
                SortedList<int, InMemoryTask> several => several.GetValueOrDefault(destination),
                _ => null,
            };
        }
    }

    public StoredTask? FindStoredTask(int destination)
    {
        lock (this)
        {
            return FindTask(destination)?.ToStored();
        }
    }

    /// <summary>Whether a task of the instance is or was for somebody.</summary>
    public bool WasEverFor(IReadOnlyCollection<Destination> entries)
    {
        lock (this)
        {
            return Tasks(entries: null).Any(task => task.WasEverFor(entries));
        }
    }

    /// <summary>The tasks that the instance has or had, in the order of their serial numbers; those only that are for somebody, if he is given.</summary>
    public IReadOnlyList<InMemoryTask> Tasks(IReadOnlyCollection<Destination>? entries)
    {
        lock (this)
        {
            return _tasks switch
            {
                InMemoryTask only => IsFor(only, entries) ? [only] : [],
                SortedList<int, InMemoryTask> several => [.. several.Values.Where(task => IsFor(task, entries))],
                _ => [],
            };
        }
    }

    private static bool IsFor(InMemoryTask task, IReadOnlyCollection<Destination>? entries) => entries is null || task.Current.Any(entries.Contains);

    private void Apply(WorklistChange change, InMemoryWorklists worklists)
    {
        var task = FindTask(change.Serial.Destination);
        switch (change)
        {
            case WorklistChange.Opened opened:
                task = new InMemoryTask(opened.Header, opened.Entries, task);
                Keep(task);
                worklists.Add(task);
                break;
            case WorklistChange.EntryAdded added:
                task!.Add(added.Entry);
                worklists.Add(task, added.Entry);
                break;
            case WorklistChange.EntryRemoved removed:
                task!.Remove(removed.Entry);
                worklists.Remove(task, removed.Entry);
                break;
            case WorklistChange.TookPart participant:
                task!.Remember(Destination.User(participant.User));
                break;
            case WorklistChange.Closed closed:
                task!.Close(closed.End);
                worklists.Remove(task);
                break;
            default:
                throw new ArgumentException($"A worklist change of the kind {change.GetType().Name} is not known.", nameof(change));
        }
    }

    /// <summary>Most instances have one task at a time, which needs no list.</summary>
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
