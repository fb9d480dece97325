namespace Workflow.Core.Persistence;

/// <summary>Tasks in the order of their serial numbers, in pieces of limited length: a long list costs little memory, and adding and removing little
/// time.</summary>
internal sealed class TaskList
{
    private const int MostInPiece = 512;

    private readonly List<List<InMemoryTask>> _pieces = [[]];

    public bool IsEmpty => _pieces.TrueForAll(piece => piece.Count == 0);

    /// <summary>How many tasks each piece has.</summary>
    public IEnumerable<int> Lengths => _pieces.Select(piece => piece.Count);

    /// <summary>Adds a task; one that has its serial number already is replaced.</summary>
    public void Add(InMemoryTask task)
    {
        var number = PieceOf(task.Serial);
        var piece = _pieces[number];
        var place = PlaceIn(piece, task.Serial);
        if (place < piece.Count && piece[place].Serial == task.Serial)
        {
            piece[place] = task;
            return;
        }

        piece.Insert(place, task);
        if (piece.Count <= MostInPiece)
        {
            return;
        }

        // At the end of all, where new tasks come, the full piece stays full.
        var kept = number == _pieces.Count - 1 && place == piece.Count - 1 ? MostInPiece : MostInPiece / 2;
        _pieces.Insert(number + 1, piece.GetRange(kept, piece.Count - kept));
        piece.RemoveRange(kept, piece.Count - kept);
        piece.Capacity = Math.Max(piece.Count, kept);
    }

    public void Remove(SerialNumber serial)
    {
        var number = PieceOf(serial);
        var piece = _pieces[number];
        var place = PlaceIn(piece, serial);
        if (place == piece.Count || piece[place].Serial != serial)
        {
            return;
        }

        piece.RemoveAt(place);
        if (piece.Count == 0 && _pieces.Count > 1)
        {
            _pieces.RemoveAt(number);
        }
        else if (!TryMerge(number))
        {
            TryMerge(number - 1);
        }
    }

    /// <summary>The tasks behind a serial number, in order.</summary>
    public IEnumerable<InMemoryTask> Behind(SerialNumber serial)
    {
        var number = PieceOf(serial);
        var place = PlaceIn(_pieces[number], serial);
        for (; number < _pieces.Count; number++, place = 0)
        {
            var piece = _pieces[number];
            for (; place < piece.Count; place++)
            {
                if (piece[place].Serial.CompareTo(serial) > 0)
                {
                    yield return piece[place];
                }
            }
        }
    }

    /// <summary>The tasks of instances in front of one, the nearest first.</summary>
    public IEnumerable<InMemoryTask> InFrontOf(long processInstance)
    {
        var serial = new SerialNumber(new ProcessInstanceId(processInstance), 0);
        for (var number = PieceOf(serial); number >= 0; number--)
        {
            var piece = _pieces[number];
            for (var place = PlaceIn(piece, serial) - 1; place >= 0; place--)
            {
                yield return piece[place];
            }
        }
    }

    /// <summary>The tasks of several lists behind a serial number as one, in order; one that is in several lists comes as often. It looks up the first task of
    /// each list, and the others only if the caller reads so far. There may be thousands of lists, and a page is short.</summary>
    public static IEnumerable<InMemoryTask> InOrder(IReadOnlyCollection<TaskList> lists, SerialNumber serial)
    {
        var firsts = new List<(Place, SerialNumber)>(lists.Count);
        foreach (var list in lists)
        {
            if (list.FirstBehind(serial) is { } first)
            {
                firsts.Add((new Place(list, first, Rest: null), first.Serial));
            }
        }

        // Made of all at once, which costs less than one after the other.
        var next = new PriorityQueue<Place, SerialNumber>(firsts);
        while (next.TryDequeue(out var place, out var reached))
        {
            yield return place.Task;
            var rest = place.Rest ?? place.List.Behind(reached).GetEnumerator();
            if (rest.MoveNext())
            {
                next.Enqueue(new Place(place.List, rest.Current, rest), rest.Current.Serial);
            }
        }
    }

    private InMemoryTask? FirstBehind(SerialNumber serial)
    {
        var number = PieceOf(serial);
        var piece = _pieces[number];
        var place = PlaceIn(piece, serial);
        place += place < piece.Count && piece[place].Serial == serial ? 1 : 0;
        return place < piece.Count ? piece[place] : number + 1 < _pieces.Count ? _pieces[number + 1][0] : null;
    }

    /// <summary>Puts a piece and the next one together when both are small.</summary>
    private bool TryMerge(int number)
    {
        if (number < 0 || number + 1 >= _pieces.Count || _pieces[number].Count + _pieces[number + 1].Count > MostInPiece / 2)
        {
            return false;
        }

        _pieces[number].AddRange(_pieces[number + 1]);
        _pieces.RemoveAt(number + 1);
        return true;
    }

    /// <summary>The last piece that begins with the serial number or before it.</summary>
    private int PieceOf(SerialNumber serial)
    {
        var low = 0;
        var high = _pieces.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle][0].Serial.CompareTo(serial) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>The place of the first task with the serial number or behind it.</summary>
    private static int PlaceIn(List<InMemoryTask> piece, SerialNumber serial)
    {
        var low = 0;
        var high = piece.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (piece[middle].Serial.CompareTo(serial) < 0)
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

    /// <summary>How far one of several lists has been read.</summary>
    /// <param name="List">The list.</param>
    /// <param name="Task">The next task.</param>
    /// <param name="Rest">Those behind it; null as long as nobody has asked for them.</param>
    private readonly record struct Place(TaskList List, InMemoryTask Task, IEnumerator<InMemoryTask>? Rest);
}
