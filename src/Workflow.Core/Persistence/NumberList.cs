namespace Workflow.Core.Persistence;

/// <summary>Numbers of process instances, in order and each once. They are in pieces of limited length that say how far each is from one of them. One number
/// takes four bytes. To add and to remove one costs little, however many there are and in which order they come.</summary>
internal sealed class NumberList
{
    private const int MostInPiece = 512;

    private readonly List<Piece> _pieces = [];

    public bool IsEmpty => _pieces.Count == 0;

    /// <summary>How many numbers each piece has.</summary>
    public IEnumerable<int> Lengths => _pieces.Select(piece => piece.Count);

    /// <summary>Adds a number, unless it is there.</summary>
    public void Add(long number)
    {
        var index = PieceOf(number);
        if (index >= 0 && _pieces[index].Contains(number))
        {
            return;
        }

        if (TryInsert(index, number))
        {
            return;
        }

        if (index >= 0 && _pieces[index] is { IsFull: true } full && number < full.Last)
        {
            _pieces.Insert(index + 1, full.Split());
            Add(number);
            return;
        }

        // Between two pieces, or in front of all. A full piece stays full: new numbers come at the end, or all from one side.
        if (!TryInsert(index + 1, number))
        {
            _pieces.Insert(index + 1, new Piece(number, 1));
        }
    }

    public void Remove(long number)
    {
        var index = PieceOf(number);
        if (index < 0 || !_pieces[index].Remove(number))
        {
            return;
        }

        if (_pieces[index].Count == 0)
        {
            _pieces.RemoveAt(index);
        }
        else if (!TryMerge(index))
        {
            TryMerge(index - 1);
        }
    }

    /// <summary>The numbers behind one.</summary>
    public IEnumerable<long> Behind(long number)
    {
        for (var index = Math.Max(PieceOf(number), 0); index < _pieces.Count; index++)
        {
            var piece = _pieces[index];
            for (var place = piece.PlaceBehind(number); place < piece.Count; place++)
            {
                yield return piece[place];
            }
        }
    }

    /// <summary>The numbers in front of one, the nearest first.</summary>
    public IEnumerable<long> InFrontOf(long number)
    {
        for (var index = PieceOf(number); index >= 0; index--)
        {
            var piece = _pieces[index];
            for (var place = piece.PlaceOf(number) - 1; place >= 0; place--)
            {
                yield return piece[place];
            }
        }
    }

    private bool TryInsert(int index, long number)
    {
        if (index < 0 || index >= _pieces.Count || _pieces[index].IsFull || !_pieces[index].Reaches(number))
        {
            return false;
        }

        _pieces[index].Insert(number);
        return true;
    }

    /// <summary>Puts a piece and the next one together when both are small.</summary>
    private bool TryMerge(int index)
    {
        if (index < 0 || index + 1 >= _pieces.Count
            || _pieces[index].Count + _pieces[index + 1].Count > MostInPiece / 2 || !_pieces[index].Reaches(_pieces[index + 1].Last))
        {
            return false;
        }

        _pieces[index].Append(_pieces[index + 1]);
        _pieces.RemoveAt(index + 1);
        return true;
    }

    /// <summary>The last piece that begins with a number or in front of it; -1 for none.</summary>
    private int PieceOf(long number)
    {
        var low = 0;
        var high = _pieces.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_pieces[middle].First <= number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    /// <summary>Numbers that lie near to each other: how far they are from the one that came first. Those that follow one another without a gap are only
    /// counted, since most do.</summary>
    private sealed class Piece(long origin, int length)
    {
        private long _origin = origin;
        private int _length = length;
        private List<int>? _distances;

        public long First => this[0];

        public long Last => this[Count - 1];

        public int Count => _distances?.Count ?? _length;

        public bool IsFull => Count == MostInPiece;

        public long this[int place] => _origin + (_distances is null ? place : _distances[place]);

        /// <summary>Whether the distance of a number is small enough to be kept.</summary>
        public bool Reaches(long number) => number >= _origin ? number - _origin is >= 0 and <= int.MaxValue : _origin - number is > 0 and <= int.MaxValue;

        public bool Contains(long number) => PlaceOf(number) is var place && place < Count && this[place] == number;

        public void Insert(long number)
        {
            if (_distances is null && number == _origin + _length)
            {
                _length++;
                return;
            }

            if (_distances is null && number == _origin - 1)
            {
                (_origin, _length) = (number, _length + 1);
                return;
            }

            Distances().Insert(PlaceOf(number), (int)(number - _origin));
            if (IsFull)
            {
                CountIfWithoutGap();
            }
        }

        public void Append(Piece next)
        {
            var distances = Distances();
            for (var place = 0; place < next.Count; place++)
            {
                distances.Add((int)(next[place] - _origin));
            }

            CountIfWithoutGap();
        }

        public bool Remove(long number)
        {
            if (!Contains(number))
            {
                return false;
            }

            if (_distances is not null || (number != First && number != Last))
            {
                Distances().RemoveAt(PlaceOf(number));
                return true;
            }

            _origin += number == First ? 1 : 0;
            _length--;
            return true;
        }

        /// <summary>The place of the first number that is not smaller.</summary>
        public int PlaceOf(long number)
        {
            if (!Reaches(number))
            {
                return number < _origin ? 0 : Count;
            }

            if (_distances is null)
            {
                return (int)Math.Clamp(number - _origin, 0, _length);
            }

            var place = _distances.BinarySearch((int)(number - _origin));
            return place < 0 ? ~place : place;
        }

        /// <summary>The place of the first number that is greater.</summary>
        public int PlaceBehind(long number)
        {
            var place = PlaceOf(number);
            return place < Count && this[place] == number ? place + 1 : place;
        }

        /// <summary>Takes the second half away.</summary>
        public Piece Split()
        {
            var half = Count / 2;
            var second = new Piece(this[half], Count - half);
            if (_distances is not null)
            {
                second._distances = [.. _distances.Skip(half).Select(distance => (int)(_origin + distance - second._origin))];
                _distances.RemoveRange(half, _distances.Count - half);
                second.CountIfWithoutGap();
                CountIfWithoutGap();
            }
            else
            {
                _length = half;
            }

            return second;
        }

        /// <summary>The distances, written out if the numbers were only counted.</summary>
        private List<int> Distances() => _distances ??= [.. Enumerable.Range(0, _length)];

        private void CountIfWithoutGap()
        {
            if (Last - First == Count - 1)
            {
                (_origin, _length) = (First, Count);
                _distances = null;
            }
        }
    }
}
