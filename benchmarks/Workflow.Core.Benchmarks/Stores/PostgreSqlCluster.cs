using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workflow.Core.Benchmarks.Stores;

/// <summary>A PostgreSQL server with an empty database, made for this run and removed after it. Its settings are those of the installation,
/// so that a commit is on the disk when it is answered.</summary>
internal sealed class PostgreSqlCluster : IDisposable
{
    private const string Installations = "/usr/lib/postgresql";
    private const int Patience = 60_000;

    private readonly string _folder;
    private readonly string _programs;

    private PostgreSqlCluster(string folder, string programs)
    {
        _folder = folder;
        _programs = programs;
        ConnectionString = "";
    }

    public string ConnectionString { get; private set; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts the newest server that is installed.</summary>
    /// <returns>The server, or why there is none.</returns>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The caller disposes of a server that has started.")]
    public static (PostgreSqlCluster? Cluster, string? Reason) Start()
    {
        var programs = Directory.Exists(Installations)
            ? Directory.GetDirectories(Installations)
                .Select(folder => Path.Combine(folder, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
        if (programs is null)
        {
            return (null, $"PostgreSQL is not installed below {Installations}");
        }

        var cluster = new PostgreSqlCluster(Directory.CreateTempSubdirectory("workflow-benchmark-postgres-").FullName, programs);
        try
        {
            cluster.Begin();
            return (cluster, null);
        }
        catch (InvalidOperationException exception)
        {
            return (null, $"PostgreSQL in {programs} did not start: {exception.Message}");
        }
    }

    public void Dispose()
    {
        Run(Path.Combine(_programs, "pg_ctl"), "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private void Begin()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // The server refuses to run as root, so the account postgres runs it.
            RunAsIs("chown", ["postgres", _folder]);
        }

        Run(Path.Combine(_programs, "initdb"), "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8");
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var settings = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200";
        Run(Path.Combine(_programs, "pg_ctl"), "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", settings, "start");
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=150";
    }

    private static void Run(string program, params string[] arguments)
    {
        if (Environment.IsPrivilegedProcess)
        {
            RunAsIs("runuser", ["-u", "postgres", "--", program, .. arguments]);
        }
        else
        {
            RunAsIs(program, arguments);
        }
    }

    private static void RunAsIs(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");

        // The server that is started inherits the pipes and keeps them open, so they are not read to their end.
        var said = new StringBuilder();
        process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        process.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        if (!process.WaitForExit(Patience) || process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {said}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
