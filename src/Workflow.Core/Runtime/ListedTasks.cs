using Workflow.Core.Records;

namespace Workflow.Core.Runtime;

/// <summary>The tasks that were listed last, as they were read then. A list that is read again loads only the tasks whose instance has been committed since.
/// Several lists may show a task at once. They change nothing of it, but for tables for looking up, which any of them may make.</summary>
/// <param name="most">How many tasks are kept at most; zero for none.</param>
internal sealed class ListedTasks(int most)
{
    /// <summary>A task of an instance with more stored bytes is loaded each time, so that what is kept stays small.</summary>
    private const int MostBytes = 8 * 1024;

    private readonly Lock _lock = new();
    private readonly int _half = Math.Max(1, most / 2);
    private Dictionary<SerialNumber, Entry> _recent = [];
    private Dictionary<SerialNumber, Entry> _older = [];

    /// <summary>A task as it was read when its instance was in a state; null when that is not known any more.</summary>
    public OpenTask? Find(SerialNumber serial, in StoredState state)
    {
        lock (_lock)
        {
            if (!_recent.TryGetValue(serial, out var entry))
            {
                if (!_older.Remove(serial, out entry))
                {
                    return null;
                }

                Keep(serial, entry);
            }

            return entry.State == state ? entry.Task : null;
        }
    }

    /// <summary>Keeps a task that was read. A state without a commit is not told from others after a restore, so its task is not kept.</summary>
    /// <param name="task">The task.</param>
    /// <param name="state">The state that its instance was in.</param>
    /// <param name="bytes">How many stored bytes were read for it.</param>
    public void Add(in OpenTask task, in StoredState state, int bytes)
    {
        if (most > 0 && bytes <= MostBytes && state.LastCommit.Length > 0)
        {
            lock (_lock)
            {
                _older.Remove(task.Destination.Serial);
                Keep(task.Destination.Serial, new Entry(state, task));
            }
        }
    }

    /// <summary>Forgets all tasks: instances were removed for good.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            (_recent, _older) = ([], []);
        }
    }

    /// <summary>There are two halves. When the newer one is full, it takes the place of the older one, which is forgotten.</summary>
    private void Keep(SerialNumber serial, in Entry entry)
    {
        if (_recent.Count >= _half && !_recent.ContainsKey(serial))
        {
            (_older, _recent) = (most > 1 ? _recent : [], []);
        }

        _recent[serial] = entry;
    }

    private readonly record struct Entry(StoredState State, OpenTask Task);
}
