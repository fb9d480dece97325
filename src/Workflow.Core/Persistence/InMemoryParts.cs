namespace Workflow.Core.Persistence;

/// <summary>The parts of one process instance in memory, in the order of their keys: a few of them in one array of bytes, since most instances have few and
/// there are many instances; more of them each for itself, so that a commit costs what it changes (statement 14.6).</summary>
internal struct InMemoryParts
{
    private const int MostPacked = 8;

    /// <summary>Where the packed parts are laid out while a commit is merged into them.</summary>
    [ThreadStatic]
    private static List<StoredPart>? _scratch;

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
            _many = new ManyParts();
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
        Unpack(parts);
        Merge(parts, commit);
        var areFew = parts.Count <= MostPacked;
        if (areFew)
        {
            _packed = Pack(parts);
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

    private static byte[] Pack(List<StoredPart> parts)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += Size(part.Key.ActivityInstance) + Size(part.Key.Destination) + Size(part.Key.Detail) + Size(part.Content.Length) + part.Content.Length;
        }

        var packed = new byte[length];
        var at = 0;
        foreach (var part in parts)
        {
            Write(packed, ref at, part.Key.ActivityInstance);
            Write(packed, ref at, part.Key.Destination);
            Write(packed, ref at, part.Key.Detail);
            Write(packed, ref at, part.Content.Length);
            part.Content.Span.CopyTo(packed.AsSpan(at));
            at += part.Content.Length;
        }

        return packed;
    }

    private readonly List<StoredPart> Unpack()
    {
        var parts = new List<StoredPart>(MostPacked);
        Unpack(parts);
        return parts;
    }

    private readonly void Unpack(List<StoredPart> parts)
    {
        var packed = _packed ?? [];
        for (var at = 0; at < packed.Length;)
        {
            var key = new PartKey(Read(packed, ref at), Read(packed, ref at), Read(packed, ref at));
            var length = Read(packed, ref at);
            parts.Add(new StoredPart(key, packed.AsMemory(at, length)));
            at += length;
        }
    }

    private static int Size(int number)
    {
        var size = 1;
        for (var rest = (uint)number; rest > 0x7F; rest >>= 7)
        {
            size++;
        }

        return size;
    }

    private static void Write(byte[] packed, ref int at, int number)
    {
        var rest = (uint)number;
        for (; rest > 0x7F; rest >>= 7)
        {
            packed[at++] = (byte)(rest | 0x80);
        }

        packed[at++] = (byte)rest;
    }

    private static int Read(byte[] packed, ref int at)
    {
        var number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var piece = packed[at++];
            number |= (piece & 0x7F) << shift;
            if (piece <= 0x7F)
            {
                return number;
            }
        }
    }
}
