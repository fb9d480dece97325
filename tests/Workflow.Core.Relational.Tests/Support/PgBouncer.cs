using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>The pooler pgbouncer in front of the test server, for one test.</summary>
internal sealed class PgBouncer : IDisposable
{
    private static readonly string[] _programs = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"];

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private PgBouncer(DirectoryInfo folder, Process process, string connectionString)
    {
        _folder = folder;
        _process = process;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Starts it; where it is not installed the test is skipped, or fails when the machine should have it.</summary>
    public static async Task<PgBouncer> StartAsync(string settings)
    {
        var program = _programs.FirstOrDefault(File.Exists);
        if (program is null)
        {
            const string Reason = "pgbouncer is not installed. Install the package pgbouncer.";
            if (Environment.GetEnvironmentVariable("WORKFLOW_POSTGRES_REQUIRED") == "1")
            {
                Assert.Fail(Reason);
            }

            Assert.Ignore(Reason);
        }

        var server = new NpgsqlConnectionStringBuilder(PostgreSqlServer.Required().ConnectionString);
        var folder = Directory.CreateTempSubdirectory("workflow-pgbouncer-");
        var port = FreePort();
        var file = Path.Combine(folder.FullName, "pgbouncer.ini");
        await File.WriteAllTextAsync(file, string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host={server.Host} port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            ignore_startup_parameters = extra_float_digits
            {settings}

            """).Replace("* = host", $"{server.Database} = user={server.Username} host", StringComparison.Ordinal));

        // It refuses to run as root, so then the account postgres runs it.
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", program!, file])
            : new ProcessStartInfo(program!, [file]);
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        }

        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var client = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = server.Username, Database = server.Database, Timeout = 5 };
        var bouncer = new PgBouncer(folder, process, client.ConnectionString);
        await bouncer.UntilListeningAsync(port);
        return bouncer;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task UntilListeningAsync(int port)
    {
        while (!_process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }

        Dispose();
        Assert.Fail("pgbouncer ended as soon as it was started.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
