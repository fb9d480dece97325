namespace Workflow.Core.Persistence;

/// <summary>The parts of one process instance in memory, in the order of their keys. A few share one array of bytes, since most instances have few and there
/// are many instances. More are kept each by itself, so that the cost of a commit follows its changes (statement 14.6).</summary>
internal struct InMemoryParts
{
    private const int MostPacked = 8;
    private const int LeastScratch = 1024;
    private const int MostScratch = 64 * 1024;
    private const int KindBits = 7;

    /// <summary>Where the packed parts are laid out while a commit is merged into them.</summary>
    [ThreadStatic]
    private static List<StoredPart>? _scratch;

    /// <summary>Where they are packed before they take the place of those that are packed now.</summary>
    [ThreadStatic]
    private static byte[]? _scratchBytes;

    /// <summary>The packed parts, with a zero behind them when there is room left. The next commit writes it again, so a reader gets a copy.</summary>
    private byte[]? _packed;
    private ManyParts? _many;

    public void Apply(Commit commit)
    {
        if (_many is null && commit.Parts.Count <= MostPacked && TryApplyToPacked(commit))
        {
            return;
        }

        if (_many is null)
        {
            _many = new ManyParts(commit.Parts.Count);
            foreach (var part in Unpack())
            {
                _many.Store(part);
            }

            _packed = null;
        }

        _many.Apply(commit);
    }

    public readonly IReadOnlyList<StoredPart> Read() => _many is null ? Unpack() : _many.Read();

    /// <summary>The header, an activity instance, and one destination of it with its details.</summary>
    public readonly IReadOnlyList<StoredPart> Read(int activityInstance, int destination) => _many is null
        ? [.. Unpack().Where(part => part.Key == PartKey.Header
            || (part.Key.ActivityInstance == activityInstance && (part.Key.Destination == 0 || part.Key.Destination == destination)))]
        : _many.Read(activityInstance, destination);

    private bool TryApplyToPacked(Commit commit)
    {
        var parts = _scratch ??= new List<StoredPart>(MostPacked);
        Unpack(_packed, parts);
        Merge(parts, commit);
        var areFew = parts.Count <= MostPacked;
        if (areFew)
        {
            _packed = Pack(parts, _packed);
        }

        parts.Clear();
        return areFew;
    }

    private static void Merge(List<StoredPart> parts, Commit commit)
    {
        if (commit.EndedActivities.Count > 0 || commit.RemovedParts.Count > 0)
        {
            Drop(parts, commit);
        }

        for (var index = 0; index < commit.Parts.Count; index++)
        {
            var part = commit.Parts[index];
            var place = 0;
            while (place < parts.Count && parts[place].Key.CompareTo(part.Key) < 0)
            {
                place++;
            }

            if (place < parts.Count && parts[place].Key == part.Key)
            {
                parts[place] = part;
            }
            else
            {
                parts.Insert(place, part);
            }
        }
    }

    private static void Drop(List<StoredPart> parts, Commit commit)
    {
        for (var index = parts.Count - 1; index >= 0; index--)
        {
            if (commit.EndedActivities.Contains(parts[index].Key.ActivityInstance) || commit.RemovedParts.Contains(parts[index].Key))
            {
                parts.RemoveAt(index);
            }
        }
    }

    /// <summary>Packs the parts where the old ones were, unless there is not enough room, or far too much.</summary>
    private static byte[] Pack(List<StoredPart> parts, byte[]? place)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += PackedNumber.Size(part.Key.ActivityInstance + 1L) + PackedNumber.Size(part.Key.Destination) + PackedNumber.Size(Detail(part.Key))
                + PackedNumber.Size(part.Content.Length) + part.Content.Length;
        }

        // The parts that stay are read from the place that is written, so all of them are packed elsewhere first.
        var packed = _scratchBytes is { } scratch && scratch.Length >= length ? scratch : _scratchBytes = new byte[Math.Max(LeastScratch, length)];
        var at = 0;
        foreach (var part in parts)
        {
            PackedNumber.Write(packed, ref at, part.Key.ActivityInstance + 1L);
            PackedNumber.Write(packed, ref at, part.Key.Destination);
            PackedNumber.Write(packed, ref at, Detail(part.Key));
            PackedNumber.Write(packed, ref at, part.Content.Length);
            part.Content.Span.CopyTo(packed.AsSpan(at));
            at += part.Content.Length;
        }

        if (place is null || place.Length < length || place.Length / 2 > length)
        {
            place = new byte[length];
        }

        packed.AsSpan(0, length).CopyTo(place);
        if (length < place.Length)
        {
            place[length] = 0;
        }

        if (length > MostScratch)
        {
            _scratchBytes = null;
        }

        return place;
    }

    /// <summary>A copy of the packed parts.</summary>
    private readonly List<StoredPart> Unpack()
    {
        var parts = new List<StoredPart>(MostPacked);
        Unpack((byte[]?)_packed?.Clone(), parts);
        return parts;
    }

    private static void Unpack(byte[]? packed, List<StoredPart> parts)
    {
        var end = packed?.Length ?? 0;
        for (var at = 0; at < end && packed![at] != 0;)
        {
            var (activity, destination, detail) = (ReadNumber(packed, ref at) - 1, ReadNumber(packed, ref at), ReadNumber(packed, ref at));
            var key = new PartKey(activity, destination, (DetailKind)(detail & PartKey.MostKind), detail >> KindBits);
            var length = ReadNumber(packed, ref at);
            parts.Add(new StoredPart(key, packed.AsMemory(at, length)));
            at += length;
        }
    }

    /// <summary>Kind and number in one, which takes one byte for an element and most of its details.</summary>
    private static long Detail(in PartKey key) => ((long)key.Number << KindBits) | (long)key.Kind;

    private static int ReadNumber(byte[] packed, ref int at) => (int)PackedNumber.Read(packed, ref at);
}
