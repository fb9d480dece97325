namespace Workflow.Core.Persistence;

/// <summary>Numbers of process instances, in order and each once, in pieces of limited length that say how far each is from the first: four bytes for one. To add and to remove
/// one costs little, however many there are.</summary>
internal sealed class NumberList
{
    private const int MostInPiece = 512;

    private readonly List<Piece> _pieces = [];

    public bool IsEmpty => _pieces.Count == 0;

    /// <summary>Adds a number, unless it is there.</summary>
    public void Add(long number)
    {
        var index = PieceOf(number);
        if (index < 0 || number - _pieces[index].First > int.MaxValue)
        {
            _pieces.Insert(index + 1, new Piece(number));
            return;
        }

        var piece = _pieces[index];
        var place = piece.PlaceOf(number);
        if (place < piece.Count && piece[place] == number)
        {
            return;
        }

        if (piece.Count < MostInPiece)
        {
            piece.Insert(place, number);
        }
        else if (place == MostInPiece)
        {
            // Where new numbers come, the full piece stays full.
            _pieces.Insert(index + 1, new Piece(number));
        }
        else
        {
            _pieces.Insert(index + 1, piece.Split());
            Add(number);
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
    }

    /// <summary>The numbers behind one.</summary>
    public IEnumerable<long> Behind(long number)
    {
        for (var index = Math.Max(PieceOf(number), 0); index < _pieces.Count; index++)
        {
            var piece = _pieces[index];
            for (var place = piece.PlaceOf(number + 1); place < piece.Count; place++)
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

    /// <summary>Numbers that lie near to each other.</summary>
    private sealed class Piece(long first)
    {
        private readonly List<int> _distances = [0];

        /// <summary>What the distances count from; the first number, unless that was removed.</summary>
        public long First => first;

        public int Count => _distances.Count;

        public long this[int place] => first + _distances[place];

        public void Insert(int place, long number) => _distances.Insert(place, (int)(number - first));

        public bool Remove(long number)
        {
            var place = PlaceOf(number);
            if (place == Count || this[place] != number)
            {
                return false;
            }

            _distances.RemoveAt(place);
            return true;
        }

        /// <summary>The place of the first number that is not smaller.</summary>
        public int PlaceOf(long number)
        {
            if (number <= first)
            {
                return 0;
            }

            if (number - first > int.MaxValue)
            {
                return Count;
            }

            var place = _distances.BinarySearch((int)(number - first));
            return place < 0 ? ~place : place;
        }

        /// <summary>Takes the second half away.</summary>
        public Piece Split()
        {
            var half = Count / 2;
            var second = new Piece(this[half]);
            for (var place = half + 1; place < Count; place++)
            {
                second._distances.Add((int)(this[place] - second.First));
            }

            _distances.RemoveRange(half, Count - half);
            return second;
        }
    }
}
