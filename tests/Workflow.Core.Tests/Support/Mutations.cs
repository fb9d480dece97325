namespace Workflow.Core.Tests.Support;

/// <summary>Damages bytes, the same way for the same seed: changes, inserts, drops, doubles and swaps some of them.</summary>
internal sealed class Mutations(ulong seed)
{
    private static readonly byte[] _tellingBytes = [0, 1, 2, 0x7F, 0x80, 0x81, 0xFE, 0xFF];

    private ulong _state = (seed * 2_862_933_555_777_941_757) + 3_037_000_493;

    public byte[] Of(byte[] bytes, int from)
    {
        var list = bytes.ToList();
        for (var count = 1 + Next(3); count > 0; count--)
        {
            Mutate(list, from);
        }

        return [.. list];
    }

    /// <summary>A number from zero to below the limit.</summary>
    public int Next(int limit)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)((_state >> 11) % (ulong)limit);
    }

    private void Mutate(List<byte> bytes, int from)
    {
        if (bytes.Count <= from)
        {
            bytes.Add((byte)Next(256));
            return;
        }

        var at = from + Next(bytes.Count - from);
        switch (Next(7))
        {
            case 0: bytes[at] = (byte)Next(256); break;
            case 1: bytes[at] ^= (byte)(1 << Next(8)); break;
            case 2: bytes[at] = _tellingBytes[Next(_tellingBytes.Length)]; break;
            case 3: bytes.Insert(at, _tellingBytes[Next(_tellingBytes.Length)]); break;
            case 4: bytes.RemoveAt(at); break;
            case 5: bytes.InsertRange(at, bytes.Skip(at).Take(1 + Next(8)).ToList()); break;
            default: bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + Next(8))); break;
        }
    }
}
