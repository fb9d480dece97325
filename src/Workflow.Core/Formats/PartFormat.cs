using System.Buffers.Binary;
using System.Numerics;

namespace Workflow.Core.Formats;

/// <summary>The frame around every stored piece: one byte for the version of the format, one for the kind, the content, and a checksum over all of it, so that
/// a damaged piece is refused and never read as something else. The first byte and the checksum are the same in every version: by them a piece of a newer version
/// is known from a damaged one.</summary>
internal static class PartFormat
{
    /// <summary>The version of most pieces.</summary>
    public const byte Version = 1;

    /// <summary>The version of a piece with something in it that no library of version 1 knows. Such a library then leaves the instance to newer ones, and takes nothing for
    /// damage.</summary>
    public const byte Newer = 2;

    /// <summary>The highest version in which pieces of a kind are written.</summary>
    public static byte Latest(PartKind kind) => kind is PartKind.Planning or PartKind.ErrorDetails ? Newer : Version;

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
