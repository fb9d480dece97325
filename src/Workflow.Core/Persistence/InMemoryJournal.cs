namespace Workflow.Core.Persistence;

/// <summary>The history of one process instance in memory. Each commit adds a piece, which is kept alone; once the instance has ended, all of them share one array. Most
/// instances that wait have a piece or two, and there are many instances.</summary>
/// <remarks>An array of bytes begins with the number of its first fact. Then come its pieces: how many facts, how many bytes, and the bytes. It is never changed, so whoever
/// reads needs no copy.</remarks>
internal struct InMemoryJournal
{
    private const int LeastRoom = 4;
    private const int MostLeap = 64;

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
        var added = new byte[PackedNumber.Size(piece.FirstNumber) + Size(piece)];
        var at = 0;
        PackedNumber.Write(added, ref at, piece.FirstNumber);
        Write(added, ref at, piece);
        switch (_arrays)
        {
            case null:
                _arrays = added;
                break;
            case byte[] only:
                var several = new byte[]?[LeastRoom];
                (several[0], several[1]) = (only, added);
                _arrays = several;
                break;
            default:
                Append((byte[]?[])_arrays, added);
                break;
        }
    }

    /// <summary>Puts all pieces into one array, unless there are few of them, or their numbers have gaps: nothing is expected to come any more.</summary>
    public void Close()
    {
        if (_arrays is not byte[]?[] { Length: > LeastRoom } several)
        {
            return;
        }

        var count = CountOf(several);
        var length = several[0]!.Length;
        for (var index = 1; index < count; index++)
        {
            if (FirstNumberOf(several[index]!, out var content) != LastNumberOf(several[index - 1]!) + 1)
            {
                return;
            }

            length += several[index]!.Length - content;
        }

        var closed = new byte[length];
        several[0]!.CopyTo(closed, 0);
        var at = several[0]!.Length;
        for (var index = 1; index < count; index++)
        {
            FirstNumberOf(several[index]!, out var content);
            several[index].AsSpan(content).CopyTo(closed.AsSpan(at));
            at += several[index]!.Length - content;
        }

        _arrays = closed;
    }

    /// <summary>The pieces that hold a fact after a number, in their order, a limited number of them.</summary>
    public readonly StoredJournal[] Read(long after, int limit)
    {
        var count = Count;
        var first = count;
        while (first > 0 && LastNumberOf(At(first - 1)) > after)
        {
            first--;
        }

        var pieces = new List<StoredJournal>(Math.Min(count - first, limit));
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

    private void Append(byte[]?[] several, byte[] added)
    {
        var count = CountOf(several);
        if (count == several.Length)
        {
            Array.Resize(ref several, count * (count < MostLeap ? 4 : 2));
            _arrays = several;
        }

        several[count] = added;
    }

    /// <param name="array">One of the arrays.</param>
    /// <param name="content">Where its pieces begin.</param>
    private static long FirstNumberOf(byte[] array, out int content)
    {
        content = 0;
        return PackedNumber.Read(array, ref content);
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
            _number = FirstNumberOf(array, out _at);
        }

        public StoredJournal Current { get; private set; }

        public readonly Pieces GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_at == _array.Length)
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
