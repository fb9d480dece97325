namespace Workflow.Core.Persistence;

/// <summary>The history of one process instance in memory. Each commit adds a piece. The first two are kept alone, because most waiting instances have no more,
/// and there are many of those. Later ones share arrays with spare room.</summary>
/// <remarks>An array of bytes begins with the number of its first fact. Then come its pieces: how many facts, how many bytes, and the bytes. A zero stands
/// behind the last one where room is left. A written piece is never changed, so a reader needs no copy.</remarks>
internal struct InMemoryJournal
{
    private const int LeastRoom = 4;
    private const int MostLeap = 64;
    private const int ArraysAlone = 2;
    private const int RoomStep = 64;
    private const int MostRoom = 4096;

    /// <summary>The bytes of one array, or several arrays with room at their end.</summary>
    private object? _arrays;

    /// <summary>The number of the last fact; zero for none.</summary>
    public readonly long LastNumber => Count switch
    {
        0 => 0,
        var count => LastNumberOf(At(count - 1)),
    };

    private readonly int Count => _arrays switch
    {
        null => 0,
        byte[] => 1,
        var several => CountOf((byte[]?[])several),
    };

    public void Add(in StoredJournal piece)
    {
        switch (_arrays)
        {
            case null:
                _arrays = ArrayOf(piece, room: 0);
                break;
            case byte[] only:
                var several = new byte[]?[LeastRoom];
                (several[0], several[1]) = (only, ArrayOf(piece, room: 0));
                _arrays = several;
                break;
            default:
                AddToSeveral((byte[]?[])_arrays, piece);
                break;
        }
    }

    /// <summary>The pieces that hold a fact after a number, in their order, a limited number of them.</summary>
    public readonly StoredJournal[] Read(long after, int limit)
    {
        var count = Count;
        var first = FirstBehind(after, count);
        var pieces = new List<StoredJournal>(Math.Min(Math.Max(count - first, LeastRoom), limit));
        for (; first < count && pieces.Count < limit; first++)
        {
            foreach (var piece in new Pieces(At(first)))
            {
                if (piece.FirstNumber + piece.Count - 1 > after && pieces.Count < limit)
                {
                    pieces.Add(piece);
                }
            }
        }

        return [.. pieces];
    }

    /// <summary>The last array that begins with the fact behind a number, or before it; the first of all otherwise.</summary>
    private readonly int FirstBehind(long number, int count)
    {
        var (least, most) = (0, count);
        while (least < most)
        {
            var middle = (least + most) / 2;
            (least, most) = FirstNumberOf(At(middle)) <= number + 1 ? (middle + 1, most) : (least, middle);
        }

        return Math.Max(least - 1, 0);
    }

    private readonly byte[] At(int index) => _arrays as byte[] ?? ((byte[]?[])_arrays!)[index]!;

    /// <summary>How many arrays stand before the room that is left.</summary>
    private static int CountOf(byte[]?[] several)
    {
        var (least, most) = (0, several.Length);
        while (least < most)
        {
            var middle = (least + most) / 2;
            (least, most) = several[middle] is null ? (least, middle) : (middle + 1, most);
        }

        return least;
    }

    private void AddToSeveral(byte[]?[] several, in StoredJournal piece)
    {
        var count = CountOf(several);
        if (count > ArraysAlone && TryWriteBehind(several[count - 1]!, piece))
        {
            return;
        }

        if (count == several.Length)
        {
            Array.Resize(ref several, count * (count < MostLeap ? 4 : 2));
            _arrays = several;
        }

        several[count] = ArrayOf(piece, Math.Min(RoomStep * count, MostRoom));
    }

    /// <summary>An array that begins with a piece.</summary>
    private static byte[] ArrayOf(in StoredJournal piece, int room)
    {
        var array = new byte[Math.Max(PackedNumber.Size(piece.FirstNumber) + Size(piece), room)];
        var at = 0;
        PackedNumber.Write(array, ref at, piece.FirstNumber);
        Write(array, ref at, piece);
        return array;
    }

    /// <summary>Writes a piece into the room that an array has left, if it is enough, and if no number is missing in between.</summary>
    private static bool TryWriteBehind(byte[] array, in StoredJournal piece)
    {
        var pieces = new Pieces(array);
        while (pieces.MoveNext())
        {
        }

        if (pieces.NextNumber != piece.FirstNumber || array.Length - pieces.End < Size(piece))
        {
            return false;
        }

        var at = pieces.End;
        Write(array, ref at, piece);
        return true;
    }

    private static long FirstNumberOf(byte[] array)
    {
        var at = 0;
        return PackedNumber.Read(array, ref at);
    }

    private static long LastNumberOf(byte[] array)
    {
        var last = 0L;
        foreach (var piece in new Pieces(array))
        {
            last = piece.FirstNumber + piece.Count - 1;
        }

        return last;
    }

    private static int Size(in StoredJournal piece) => PackedNumber.Size(piece.Count) + PackedNumber.Size(piece.Content.Length) + piece.Content.Length;

    private static void Write(byte[] array, ref int at, in StoredJournal piece)
    {
        PackedNumber.Write(array, ref at, piece.Count);
        PackedNumber.Write(array, ref at, piece.Content.Length);
        piece.Content.Span.CopyTo(array.AsSpan(at));
        at += piece.Content.Length;
    }

    /// <summary>Reads the pieces of an array one by one.</summary>
    private struct Pieces
    {
        private readonly byte[] _array;
        private long _number;
        private int _at;

        public Pieces(byte[] array)
        {
            _array = array;
            _number = PackedNumber.Read(array, ref _at);
        }

        public StoredJournal Current { get; private set; }

        /// <summary>The number behind the last fact that was read.</summary>
        public readonly long NextNumber => _number;

        /// <summary>Where the last piece that was read ends.</summary>
        public readonly int End => _at;

        public readonly Pieces GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_at == _array.Length || _array[_at] == 0)
            {
                return false;
            }

            var count = (int)PackedNumber.Read(_array, ref _at);
            var length = (int)PackedNumber.Read(_array, ref _at);
            Current = new StoredJournal(_number, count, _array.AsMemory(_at, length));
            _number += count;
            _at += length;
            return true;
        }
    }
}
