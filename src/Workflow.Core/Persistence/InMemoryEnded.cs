namespace Workflow.Core.Persistence;

/// <summary>The instances of a definition that have completed, those that ended first in front. They complete nearly in this order, so one is most often added
/// at the end; and they are purged from the front. An entry holds as long as the instance says that it ended then.</summary>
internal sealed class InMemoryEnded
{
    private readonly List<(long EndedAt, long Id)> _entries = [];
    private int _first;

    public void Add(long endedAt, ProcessInstanceId id)
    {
        lock (_entries)
        {
            var entry = (endedAt, id.Value);
            if (_entries.Count == _first || _entries[^1].CompareTo(entry) < 0)
            {
                _entries.Add(entry);
                return;
            }

            var place = _entries.BinarySearch(_first, _entries.Count - _first, entry, comparer: null);
            if (place < 0)
            {
                _entries.Insert(~place, entry);
            }
        }
    }

    /// <summary>The first ones that ended before an instant.</summary>
    public List<(long EndedAt, long Id)> Find(long endedBefore, int limit)
    {
        lock (_entries)
        {
            var found = new List<(long EndedAt, long Id)>();
            for (var place = _first; place < _entries.Count && found.Count < limit && _entries[place].EndedAt < endedBefore; place++)
            {
                found.Add(_entries[place]);
            }

            return found;
        }
    }

    /// <summary>Takes an entry out, which costs least in front.</summary>
    public void Remove((long EndedAt, long Id) entry)
    {
        lock (_entries)
        {
            var place = _entries.BinarySearch(_first, _entries.Count - _first, entry, comparer: null);
            if (place == _first && place < _entries.Count)
            {
                _first++;
                if (_first > _entries.Count / 2)
                {
                    _entries.RemoveRange(0, _first);
                    _first = 0;
                }
            }
            else if (place >= 0)
            {
                _entries.RemoveAt(place);
            }
        }
    }
}
