using System.Net.Sockets;

namespace Workflow.Core.Relational.Tests.Crash.Proxy;

/// <summary>One connection through the proxy.</summary>
internal sealed class ProxiedConnection(CommitProxy proxy, TcpClient client) : IDisposable
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CommitTracker _tracker = new();
    private readonly TcpClient _server = new() { NoDelay = true };
    private int _asked;
    private volatile bool _isWithheld;

    /// <summary>Hands messages on in both directions until one side ends, or the connection is cut.</summary>
    public async Task RunAsync(string host, int port)
    {
        await _server.ConnectAsync(host, port);
        var answering = AnswerAsync();
        try
        {
            await AskAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone; the other is told below.
        }

        Dispose();
        await answering;
    }

    /// <summary>Cuts both sides at once, without a farewell.</summary>
    public void Dispose()
    {
        Reset(client);
        Reset(_server);
    }

    private static void Reset(TcpClient socket)
    {
        if (socket.Client is { } open)
        {
            open.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        socket.Dispose();
    }

    private async Task AskAsync()
    {
        var frames = new FrameReader(client.GetStream());
        var target = _server.GetStream();
        for (var frame = await frames.ReadFirstAsync(); frame is not null; frame = await frames.ReadAsync())
        {
            var cut = _tracker.Commits(frame) ? proxy.TakeCut() : null;
            if (cut is null)
            {
                Count(frame);
                await target.WriteAsync(frame.Bytes);
                continue;
            }

            await CutAsync(cut, frame, target);
            return;
        }
    }

    private async Task CutAsync(Cut cut, Frame frame, NetworkStream target)
    {
        if (cut.Kind is not CutKind.BeforeServer)
        {
            _isWithheld = true;
            Count(frame);
            await target.WriteAsync(frame.Bytes);
        }

        if (cut.Kind is CutKind.AfterServer)
        {
            await _answered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        if (cut.StaysAway)
        {
            proxy.GoAway(this);
        }
    }

    /// <summary>The server says once for each of them that it is ready for the next.</summary>
    private void Count(Frame frame)
    {
        if (frame.Type is 'Q' or 'S')
        {
            Interlocked.Increment(ref _asked);
        }
    }

    private async Task AnswerAsync()
    {
        try
        {
            var frames = new FrameReader(_server.GetStream());
            var target = client.GetStream();
            var answered = -1;
            while (await frames.ReadAsync() is { } frame)
            {
                // The first time that it is ready nobody has asked anything.
                answered += frame.Type is 'Z' ? 1 : 0;
                if (!_isWithheld)
                {
                    await target.WriteAsync(frame.Bytes);
                }
                else if (answered == Volatile.Read(ref _asked))
                {
                    _answered.TrySetResult();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection was cut.
        }

        _answered.TrySetResult();
        client.Dispose();
    }
}
