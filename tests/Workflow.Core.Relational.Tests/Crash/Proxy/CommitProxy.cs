using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Workflow.Core.Relational.Tests.Crash.Proxy;

/// <summary>Stands between the store and PostgreSQL, and cuts a connection exactly where a process instance is committed.</summary>
internal sealed class CommitProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<(ProxiedConnection Connection, Task Ended)> _connections = [];
    private readonly Lock _lock = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _listening;
    private Cut? _cut;
    private int _commitsBefore;
    private volatile bool _isAway;

    /// <param name="connection">How to reach the server.</param>
    public CommitProxy(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        (_host, _port) = (settings.Host!, settings.Port);
        _listener.Start();
        settings.Host = "127.0.0.1";
        settings.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        settings.SslMode = SslMode.Disable;
        settings.GssEncryptionMode = GssEncryptionMode.Disable;
        Connection = settings.ToString();
        _listening = ListenAsync();
    }

    /// <summary>How to reach the server through the proxy.</summary>
    public string Connection { get; }

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Asks for a cut.</summary>
    /// <param name="cut">Where.</param>
    /// <param name="commitsBefore">How many commits come through before.</param>
    public void Arm(Cut cut, int commitsBefore)
    {
        lock (_lock)
        {
            (_cut, _commitsBefore) = (cut, commitsBefore);
        }
    }

    /// <summary>Asks for no cut any more.</summary>
    public void Disarm()
    {
        lock (_lock)
        {
            _cut = null;
        }
    }

    /// <summary>Called with each commit.</summary>
    /// <returns>The cut to be made now; null for none.</returns>
    public Cut? TakeCut()
    {
        lock (_lock)
        {
            if (_cut is not { } cut || _commitsBefore-- > 0)
            {
                return null;
            }

            _cut = null;
            Cuts++;
            return cut;
        }
    }

    /// <summary>From now on the server cannot be reached.</summary>
    /// <param name="last">The connection that is still there, and is cut by itself when all others are.</param>
    public void GoAway(ProxiedConnection? last = null)
    {
        _isAway = true;
        foreach (var (connection, _) in _connections)
        {
            if (connection != last)
            {
                connection.Dispose();
            }
        }
    }

    /// <summary>The server can be reached again.</summary>
    public void ComeBack() => _isAway = false;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _listening;
        foreach (var (connection, ended) in _connections)
        {
            connection.Dispose();
            await ended;
        }

        _listener.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                Accept(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The proxy has been disposed of.
        }
    }

    private void Accept(TcpClient client)
    {
        if (_isAway)
        {
            client.Dispose();
            return;
        }

        client.NoDelay = true;
        var connection = new ProxiedConnection(this, client);
        _connections.Add((connection, connection.RunAsync(_host, _port)));
    }
}
