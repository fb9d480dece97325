using Workflow.Core.Instances;

namespace Workflow.Core.Persistence;

/// <summary>One process instance in the memory of <see cref="InMemoryProcessStore"/>.</summary>
internal sealed class InMemoryProcess
{
    private readonly Lock _gate = new();
    private readonly ProcessInstanceId _id;
    private readonly List<StoredPart> _parts = [];
    private readonly List<StoredJournal> _journal = [];
    private List<ServerItemRecord>? _serverItems;
    private long _version;
    private bool _hasPendingCall;

    public InMemoryProcess(ProcessInstanceId id) => _id = id;

    public long Version
    {
        get
        {
            lock (_gate)
            {
                return _version;
            }
        }
    }

    public bool HasPendingCall
    {
        get
        {
            lock (_gate)
            {
                return _hasPendingCall;
            }
        }
    }

    public void Apply(Commit commit)
    {
        lock (_gate)
        {
            if (_version != commit.ExpectedVersion)
            {
                throw new ConcurrencyException(_id, commit.ExpectedVersion, _version);
            }

            foreach (var ended in commit.EndedActivities)
            {
                _parts.RemoveAll(part => part.Key.ActivityInstance == ended);
            }

            foreach (var part in commit.Parts)
            {
                Store(new StoredPart(part.Key, part.Content.ToArray()));
            }

            if (commit.Journal is { } journal)
            {
                _journal.Add(journal with { Content = journal.Content.ToArray() });
            }

            foreach (var item in commit.ServerItems)
            {
                Store(item);
            }

            _hasPendingCall = commit.HasPendingCall;
            _version++;
        }
    }

    public StoredProcess Load()
    {
        lock (_gate)
        {
            return new StoredProcess(_version, [.. _parts]);
        }
    }

    public IReadOnlyList<StoredJournal> ReadJournal(long after, int limit)
    {
        lock (_gate)
        {
            return [.. _journal.Where(piece => piece.FirstNumber + piece.Count - 1 > after).Take(limit)];
        }
    }

    public ServerItemRecord? FindServerItem(SerialNumber serial)
    {
        lock (_gate)
        {
            return _serverItems?.Find(item => item.Serial == serial);
        }
    }

    public void AddMatching(ServerItemQuery query, List<ServerItemRecord> found)
    {
        lock (_gate)
        {
            if (_serverItems is null)
            {
                return;
            }

            foreach (var item in _serverItems)
            {
                if (query.Matches(item) && (query.After is not { } after || item.Serial.CompareTo(after) > 0))
                {
                    found.Add(item);
                }
            }
        }
    }

    private void Store(in StoredPart part)
    {
        var index = _parts.BinarySearch(part, PartOrder.Instance);
        if (index >= 0)
        {
            _parts[index] = part;
        }
        else
        {
            _parts.Insert(~index, part);
        }
    }

    /// <summary>Kept in the order of serial numbers.</summary>
    private void Store(ServerItemRecord item)
    {
        _serverItems ??= [];
        var index = _serverItems.FindIndex(stored => stored.Serial.Destination >= item.Serial.Destination);
        if (index < 0)
        {
            _serverItems.Add(item);
        }
        else if (_serverItems[index].Serial == item.Serial)
        {
            _serverItems[index] = item;
        }
        else
        {
            _serverItems.Insert(index, item);
        }
    }

    private sealed class PartOrder : IComparer<StoredPart>
    {
        public static PartOrder Instance { get; } = new();

        public int Compare(StoredPart x, StoredPart y) => x.Key.CompareTo(y.Key);
    }
}
