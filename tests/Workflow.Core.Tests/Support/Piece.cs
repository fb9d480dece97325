using System.Buffers.Binary;
using Workflow.Core.Formats;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Support;

/// <summary>Makes stored pieces, sound ones and damaged ones.</summary>
internal static class Piece
{
    public static byte[] Of(Action<PartWriter> write, PartKind kind = PartKind.Header, PartPlace place = default)
    {
        var writer = new PartWriter();
        writer.Begin(kind);
        write(writer);
        return writer.Memory(writer.End(place)).ToArray();
    }

    /// <summary>A piece with this content, checksum and all.</summary>
    public static byte[] OfContent(ReadOnlySpan<byte> content, PartKind kind = PartKind.Header) => Sealed([PartFormat.Lowest, (byte)kind, .. content]);

    /// <summary>The bytes with a checksum that fits behind them.</summary>
    public static byte[] Sealed(ReadOnlySpan<byte> bytes, PartPlace place = default)
    {
        var piece = new byte[bytes.Length + PartFormat.ChecksumLength];
        bytes.CopyTo(piece);
        BinaryPrimitives.WriteUInt32LittleEndian(piece.AsSpan(bytes.Length), bytes.IsEmpty ? 0 : PartFormat.Checksum(bytes, place));
        return piece;
    }

    /// <summary>The bytes with a checksum that fits behind them, in the place of a part.</summary>
    public static byte[] Sealed(ReadOnlySpan<byte> bytes, ProcessInstanceId id, PartKey key) =>
        Sealed(bytes, new PartPlace(id.Value, key.ActivityInstance, key.Destination, key.Number));

    /// <summary>The content of a piece, without its checksum.</summary>
    public static byte[] Opened(ReadOnlySpan<byte> piece) => piece[..^PartFormat.ChecksumLength].ToArray();

    public static byte[] OfValue(FieldValue value) => Of(writer => writer.Value(value));

    public static FieldValue ReadValue(byte[] piece)
    {
        var reader = new PartReader(piece, PartKind.Header, default, "value");
        var value = reader.Value();
        reader.End();
        return value;
    }
}
