using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>One process instance in the memory of <see cref="InMemoryProcessStore"/>: its bytes, and little else.</summary>
internal sealed class InMemoryProcess
{
    private readonly ProcessInstanceId _id;
    private readonly List<Piece> _history = new(1);
    private readonly List<Part> _parts = new(1);
    private SortedList<int, ServerItemRecord>? _serverItems;
    private long _version;
    private bool _hasPendingCall;

    public InMemoryProcess(ProcessInstanceId id) => _id = id;

    public long Version
    {
        get
        {
            lock (_history)
            {
                return _version;
            }
        }
    }

    public bool HasPendingCall
    {
        get
        {
            lock (_history)
            {
                return _hasPendingCall;
            }
        }
    }

    public void Apply(Commit commit)
    {
        lock (_history)
        {
            if (_version != commit.ExpectedVersion)
            {
                throw new ConcurrencyException(_id, commit.ExpectedVersion, _version);
            }

            for (var index = 0; index < commit.EndedActivities.Count; index++)
            {
                Remove(commit.EndedActivities[index]);
            }

            for (var index = 0; index < commit.Parts.Count; index++)
            {
                Store(commit.Parts[index]);
            }

            if (commit.Journal is { } journal)
            {
                _history.Add(new Piece(journal.FirstNumber, journal.Count, journal.Content.ToArray()));
            }

            for (var index = 0; index < commit.ServerItems.Count; index++)
            {
                _serverItems ??= [];
                _serverItems[commit.ServerItems[index].Serial.Destination] = commit.ServerItems[index];
            }

            _hasPendingCall = commit.HasPendingCall;
            _version++;
        }
    }

    public StoredProcess Load()
    {
        lock (_history)
        {
            return new StoredProcess(_version, [.. _parts.Select(part => new StoredPart(part.Key, part.Content))]);
        }
    }

    public IReadOnlyList<StoredJournal> ReadJournal(long after, int limit)
    {
        lock (_history)
        {
            return [.. _history
                .Where(piece => piece.FirstNumber + piece.Count - 1 > after)
                .Take(limit)
                .Select(piece => new StoredJournal(piece.FirstNumber, piece.Count, piece.Content))];
        }
    }

    public ServerItemRecord? FindServerItem(SerialNumber serial)
    {
        lock (_history)
        {
            return _serverItems?.GetValueOrDefault(serial.Destination);
        }
    }

    /// <summary>The items asked for, in the order of their serial numbers.</summary>
    public IReadOnlyList<ServerItemRecord> Find(ServerItemQuery query)
    {
        lock (_history)
        {
            return _serverItems is null
                ? []
                : [.. _serverItems.Values.Where(item => query.Matches(item) && (query.After is not { } after || item.Serial.CompareTo(after) > 0))];
        }
    }

    /// <summary>An activity instance and its destinations stand side by side.</summary>
    private void Remove(int endedActivity)
    {
        var first = Find(new PartKey(endedActivity, 0));
        var count = 0;
        while (first + count < _parts.Count && _parts[first + count].Key.ActivityInstance == endedActivity)
        {
            count++;
        }

        _parts.RemoveRange(first, count);
    }

    private void Store(in StoredPart part)
    {
        var stored = new Part(part.Key, part.Content.ToArray());
        var index = Find(part.Key);
        if (index < _parts.Count && _parts[index].Key == part.Key)
        {
            _parts[index] = stored;
        }
        else
        {
            _parts.Insert(index, stored);
        }
    }

    /// <summary>Where a part is, or would be; they are kept in the order of their keys.</summary>
    private int Find(PartKey key)
    {
        var low = 0;
        var high = _parts.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_parts[middle].Key.CompareTo(key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private readonly record struct Part(PartKey Key, byte[] Content);

    private readonly record struct Piece(long FirstNumber, int Count, byte[] Content);
}
