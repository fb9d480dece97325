using Workflow.Core.Records;

namespace Workflow.Core.Runtime;

/// <summary>The tasks that were listed last, as they were read then. A list that is asked for again loads only the tasks whose instance has been committed
/// since. Nobody changes what is kept here: several lists may show it at once.</summary>
/// <param name="most">How many tasks are kept at most; zero for none.</param>
internal sealed class ListedTasks(int most)
{
    private readonly Lock _lock = new();
    private Dictionary<SerialNumber, Entry> _recent = [];
    private Dictionary<SerialNumber, Entry> _older = [];

    /// <summary>A task as it was read when its instance was in a state; null when that is not known any more.</summary>
    public OpenTask? Find(SerialNumber serial, in StoredState state)
    {
        lock (_lock)
        {
            if (!_recent.TryGetValue(serial, out var entry))
            {
                if (!_older.TryGetValue(serial, out entry))
                {
                    return null;
                }

                Keep(serial, entry);
            }

            return entry.State == state ? entry.Task : null;
        }
    }

    /// <summary>Keeps a task that was read.</summary>
    public void Add(in OpenTask task, in StoredState state)
    {
        if (most > 0)
        {
            lock (_lock)
            {
                Keep(task.Destination.Serial, new Entry(state, task));
            }
        }
    }

    /// <summary>Of two halves the one is forgotten from which nothing has been wanted for the longer time.</summary>
    private void Keep(SerialNumber serial, in Entry entry)
    {
        if (_recent.Count >= (most + 1) / 2 && !_recent.ContainsKey(serial))
        {
            (_older, _recent) = (_recent, []);
        }

        _recent[serial] = entry;
    }

    private readonly record struct Entry(StoredState State, OpenTask Task);
}
