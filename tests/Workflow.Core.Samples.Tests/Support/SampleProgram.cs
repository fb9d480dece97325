using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Workflow.Core.Samples.Tests.Support;

/// <summary>A sample that runs as a process of its own, and whose lines are read as they come.</summary>
internal sealed class SampleProgram : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly List<string> _lines = [];

    private SampleProgram(Process process) => _process = process;

    public IReadOnlyList<string> Lines => _lines;

    public static SampleProgram Start(string name, params string[] arguments) => StartUnder(culture: null, name, arguments);

    /// <summary>Starts a sample as a user in another country does.</summary>
    /// <param name="culture">The name of the culture, such as sv_SE; null for that of the tests.</param>
    /// <param name="name">The name of the sample.</param>
    /// <param name="arguments">Its arguments.</param>
    public static SampleProgram StartUnder(string? culture, string name, params string[] arguments)
    {
        var host = typeof(SampleProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Host").Value;
        var start = new ProcessStartInfo(host is { Length: > 0 } ? host : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(PathOf(name));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (culture is not null)
        {
            start.Environment["LC_ALL"] = $"{culture}.UTF-8";
        }

        return new SampleProgram(Process.Start(start)!);
    }

    /// <summary>Reads so many lines, fewer if there are no more.</summary>
    public async Task ReadAsync(int count)
    {
        using var limit = new CancellationTokenSource(_patience);
        while (_lines.Count < count && await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _lines.Add(line);
        }
    }

    /// <summary>Reads until a line is there; fails when it does not come.</summary>
    public async Task ReadUntilAsync(string line)
    {
        using var limit = new CancellationTokenSource(_patience);
        while (!_lines.Contains(line))
        {
            var next = await _process.StandardOutput.ReadLineAsync(limit.Token);
            _lines.Add(next ?? throw new AssertionException($"'{line}' did not come:\n{string.Join('\n', _lines)}"));
        }
    }

    /// <summary>Ends it as a power failure does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Reads what is left, and waits for its end.</summary>
    /// <returns>Its exit code, and what it complains of.</returns>
    public async Task<(int Code, string Errors)> EndAsync()
    {
        using var limit = new CancellationTokenSource(_patience);
        var errors = _process.StandardError.ReadToEndAsync(limit.Token);
        await ReadAsync(int.MaxValue);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>Where the build has put it: as these tests, below its own project. Beside the tests it lies too, but without what is part of their
    /// framework.</summary>
    private static string PathOf(string name)
    {
        var tests = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));
        return Path.Combine(tests, "..", "..", "samples", name, Path.GetRelativePath(tests, AppContext.BaseDirectory), name + ".dll");
    }
}
