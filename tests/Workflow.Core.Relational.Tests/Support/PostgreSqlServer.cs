using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Workflow.Core.Relational.Tests.Support;

/// <summary>PostgreSQL for the tests: that of WORKFLOW_POSTGRES, or a throw-away cluster when the programs of the server are installed.</summary>
internal sealed class PostgreSqlServer : IDisposable
{
    private static readonly Lazy<(PostgreSqlServer? Server, string? Reason)> _found = new(Find);

    private readonly string? _folder;
    private readonly string? _programs;

    private PostgreSqlServer(string connectionString, string? folder = null, string? programs = null)
    {
        ConnectionString = connectionString;
        _folder = folder;
        _programs = programs;
    }

    public string ConnectionString { get; }

    /// <summary>Where the programs of the server are; null where it is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private static string DataOf(string folder) => Path.Combine(folder, "data");

    /// <summary>The server; without one the test is skipped, or fails when the machine should have one.</summary>
    public static PostgreSqlServer Required()
    {
        var (server, reason) = _found.Value;
        if (server is null)
        {
            if (Environment.GetEnvironmentVariable("WORKFLOW_POSTGRES_REQUIRED") == "1")
            {
                Assert.Fail($"PostgreSQL is required here: {reason}");
            }

            Assert.Ignore(reason!);
        }

        return server!;
    }

    public static void Stop()
    {
        if (_found.IsValueCreated)
        {
            _found.Value.Server?.Dispose();
        }
    }

    public void Dispose()
    {
        if (_folder is null)
        {
            return;
        }

        Run(_programs!, "pg_ctl", ["-D", DataOf(_folder), "-m", "immediate", "-w", "stop"]);
        Directory.Delete(_folder, recursive: true);
    }

    private static (PostgreSqlServer? Server, string? Reason) Find()
    {
        if (Environment.GetEnvironmentVariable("WORKFLOW_POSTGRES") is { Length: > 0 } given)
        {
            return (new PostgreSqlServer(given), null);
        }

        if (Programs is not { } programs)
        {
            return (null, "PostgreSQL is not installed. Install the package postgresql, or set WORKFLOW_POSTGRES to a connection string.");
        }

        var folder = NewFolder();
        try
        {
            return (Start(programs, folder), null);
        }
        catch (InvalidOperationException exception)
        {
            return (null, $"PostgreSQL in {programs} did not start: {exception.Message}");
        }
    }

    /// <summary>A folder in memory where the machine has enough of it. The server synchronizes nothing with the disk. But on one disk with it, the files of
    /// SQLite would wait for the many files that it makes and removes.</summary>
    private static string NewFolder()
    {
        const string Memory = "/dev/shm";
        const long Needed = 4L << 30;
        return Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= Needed
            ? Directory.CreateDirectory(Path.Combine(Memory, $"workflow-postgres-{Path.GetRandomFileName()}")).FullName
            : Directory.CreateTempSubdirectory("workflow-postgres-").FullName;
    }

    private static PostgreSqlServer Start(string programs, string folder)
    {
        if (Environment.IsPrivilegedProcess)
        {
            Run(programs: null, "chown", ["postgres", folder]);
        }

        Run(programs, "initdb", ["-D", DataOf(folder), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]);
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var settings = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200";
        Run(programs, "pg_ctl", ["-D", DataOf(folder), "-w", "-l", Path.Combine(folder, "log"), "-o", settings, "start"]);
        return new PostgreSqlServer($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=100", folder, programs);
    }

    /// <summary>The server refuses to run as root, so then the account postgres runs it.</summary>
    private static void Run(string? programs, string program, string[] arguments)
    {
        var path = programs is null ? program : Path.Combine(programs, program);
        var asPostgres = programs is not null && Environment.IsPrivilegedProcess;
        var start = new ProcessStartInfo(asPostgres ? "runuser" : path) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in asPostgres ? ["-u", "postgres", "--", path, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");

        // The server that is started inherits the pipes and keeps them open, so they are not read to their end.
        var errors = new System.Text.StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.OutputDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        if (!process.WaitForExit(milliseconds: 60_000) || process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {errors}");
        }
    }

    private static int FreePort()
    {
        for (var port = 20_001 + (Environment.ProcessId % 20_000); ; port++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException) when (port < 60_000)
            {
                // Taken; the next one.
            }
        }
    }
}
