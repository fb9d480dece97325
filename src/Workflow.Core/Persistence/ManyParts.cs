namespace Workflow.Core.Persistence;

/// <summary>The parts of a large process instance in memory, each by itself, in the order of their keys and in pieces of limited length. A commit costs what it
/// changes, and reading a few costs what is read (statement 14.6).</summary>
internal sealed class ManyParts
{
    private const int MostInPiece = 256;

    private readonly List<List<Part>> _pieces;

    /// <param name="expected">How many parts come first, so that there is room for them.</param>
    public ManyParts(int expected) => _pieces = [new List<Part>(Math.Min(expected, MostInPiece + 1))];

    public void Store(in StoredPart stored)
    {
        var part = new Part(stored.Key, stored.Content.ToArray());
        var number = PieceOf(part.Key);
        var piece = _pieces[number];
        var place = PlaceIn(piece, part.Key);
        if (place < piece.Count && piece[place].Key == part.Key)
        {
            piece[place] = part;
            return;
        }

        piece.Insert(place, part);
        if (piece.Count > MostInPiece)
        {
            _pieces.Insert(number + 1, piece.GetRange(MostInPiece / 2, piece.Count - (MostInPiece / 2)));
            piece.RemoveRange(MostInPiece / 2, piece.Count - (MostInPiece / 2));
        }
    }

    public void Apply(Commit commit)
    {
        for (var index = 0; index < commit.EndedActivities.Count; index++)
        {
            var activity = commit.EndedActivities[index];
            Remove(new PartKey(activity, 0), PartKey.LastOf(activity, int.MaxValue));
        }

        for (var index = 0; index < commit.RemovedParts.Count; index++)
        {
            Remove(commit.RemovedParts[index], commit.RemovedParts[index]);
        }

        for (var index = 0; index < commit.Parts.Count; index++)
        {
            Store(commit.Parts[index]);
        }
    }

    public IReadOnlyList<StoredPart> Read() => [.. Between(PartKey.Header, PartKey.LastOf(int.MaxValue, int.MaxValue))];

    public IReadOnlyList<StoredPart> Read(int activityInstance, int destination) =>
    [
        .. Between(PartKey.Header, PartKey.Header),
        .. Between(new PartKey(activityInstance, 0), PartKey.LastOf(activityInstance, 0)),
        .. Between(new PartKey(activityInstance, destination), PartKey.LastOf(activityInstance, destination)),
    ];

    private IEnumerable<StoredPart> Between(PartKey first, PartKey last)
    {
        for (var number = PieceOf(first); number < _pieces.Count; number++)
        {
            var piece = _pieces[number];
            for (var place = PlaceIn(piece, first); place < piece.Count; place++)
            {
                if (piece[place].Key.CompareTo(last) > 0)
                {
                    yield break;
                }

                yield return new StoredPart(piece[place].Key, piece[place].Content);
            }
        }
    }

    private void Remove(PartKey first, PartKey last)
    {
        for (var number = PieceOf(first); number < _pieces.Count; number++)
        {
            var piece = _pieces[number];
            var place = PlaceIn(piece, first);
            var end = PlaceIn(piece, last);
            end += end < piece.Count && piece[end].Key == last ? 1 : 0;
            var isLast = end < piece.Count;
            piece.RemoveRange(place, end - place);
            if (piece.Count == 0 && _pieces.Count > 1)
            {
                _pieces.RemoveAt(number--);
            }

            if (isLast)
            {
                return;
            }
        }
    }

    /// <summary>The last piece that begins with the key or before it.</summary>
    private int PieceOf(in PartKey key)
    {
        var low = 0;
        var high = _pieces.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle][0].Key.CompareTo(key) <= 0)
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

    /// <summary>The place of the first part with the key or behind it.</summary>
    private static int PlaceIn(List<Part> piece, in PartKey key)
    {
        var low = 0;
        var high = piece.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (piece[middle].Key.CompareTo(key) < 0)
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
}
