using System.Buffers.Binary;
using System.Numerics;

namespace Workflow.Core.Formats;

/// <summary>The frame around every stored piece: one byte for the version of the format, one for the kind, the content, and a checksum over all of it, so that
/// a damaged piece is refused and never read as something else. The first byte and the checksum are the same in every version: by them a piece of a newer version
/// is known from a damaged one.</summary>
internal static class PartFormat
{
    public const byte Version = 1;

    public const int ChecksumLength = sizeof(uint);

    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var single in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, single);
        }

        return ~checksum;
    }
}
