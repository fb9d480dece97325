using System.Buffers.Binary;

namespace Workflow.Core.Relational.Tests.Crash.Proxy;

/// <summary>Reads the messages of PostgreSQL's protocol one by one from a stream.</summary>
internal sealed class FrameReader(Stream stream)
{
    /// <summary>The first message of a client has no type.</summary>
    public async Task<Frame?> ReadFirstAsync()
    {
        var length = new byte[4];
        return await FillAsync(length) ? await RestAsync(default, length) : null;
    }

    /// <returns>The next message; null when the stream has ended.</returns>
    public async Task<Frame?> ReadAsync()
    {
        var head = new byte[5];
        return await FillAsync(head) ? await RestAsync((char)head[0], head) : null;
    }

    private async Task<Frame?> RestAsync(char type, byte[] head)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - 4)) - 4;
        var bytes = new byte[head.Length + length];
        head.CopyTo(bytes, 0);
        return await FillAsync(bytes.AsMemory(head.Length)) ? new Frame(type, bytes) : null;
    }

    private async Task<bool> FillAsync(Memory<byte> buffer) =>
        await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;
}
