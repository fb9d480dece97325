using System.Buffers.Binary;
using System.Numerics;

namespace Workflow.Core.Formats;

/// <summary>The frame around every stored piece: one byte for the version of the format, one for the kind, the content, and a checksum over all of it. A damaged
/// piece is refused and never read as something else. Version, kind and checksum stay where they are in every version. By them a piece of a newer version is
/// known from a damaged one.</summary>
/// <remarks>Each kind has a latest version of its own. The numbers are counted over all kinds together: something new gets the number above the highest.</remarks>
internal static class PartFormat
{
    /// <summary>The version of a piece that holds nothing that came later.</summary>
    public const byte Lowest = 1;

    /// <summary>The version that brought exclusions, unknown roles, and the details of an error.</summary>
    public const byte WithExclusions = 2;

    public const int ChecksumLength = sizeof(uint);

    private const int LeastLength = 2 + ChecksumLength;

    /// <summary>The highest version in which pieces of a kind are written.</summary>
    public static byte Latest(PartKind kind) => kind is PartKind.Planning or PartKind.ErrorDetails ? WithExclusions : Lowest;

    /// <summary>Whether the piece is long enough to have a frame.</summary>
    public static bool HasFrame(ReadOnlySpan<byte> piece) => piece.Length >= LeastLength;

    /// <summary>Whether the piece is as it was written.</summary>
    public static bool IsSound(ReadOnlySpan<byte> piece) =>
        HasFrame(piece) && BinaryPrimitives.ReadUInt32LittleEndian(piece[^ChecksumLength..]) == Checksum(piece[..^ChecksumLength]);

    /// <summary>Whether a sound piece is of a kind or version that this library does not know yet.</summary>
    public static bool IsNewer(ReadOnlySpan<byte> sound) => IsUnknown(sound[1]) || sound[0] > Latest((PartKind)sound[1]);

    public static bool IsUnknown(byte kind) => kind is 0 or > (byte)PartKind.ErrorDetails;

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
