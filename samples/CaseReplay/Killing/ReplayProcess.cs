using System.Diagnostics;
using Cases.Playing;

namespace Cases.Killing;

/// <summary>This program once more, in a process that can be killed.</summary>
public sealed class ReplayProcess : IDisposable
{
    /// <summary>How a process ends that was killed: on Unix by signal 9.</summary>
    private static readonly int _killed = OperatingSystem.IsWindows() ? -1 : 128 + 9;

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ReplayProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static ReplayProcess Start(ReplayOptions options)
    {
        // The program may run by itself, or as an assembly of dotnet; under a test, the process that runs is the test's.
        var assembly = typeof(ReplayProcess).Assembly;
        var isProgram = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == assembly.GetName().Name;
        var start = new ProcessStartInfo(isProgram ? Environment.ProcessPath! : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (!isProgram)
        {
            start.ArgumentList.Add(assembly.Location);
        }

        foreach (var argument in options.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        return new ReplayProcess(Process.Start(start)!);
    }

    /// <summary>Passes on what the process tells, until it has told enough or has ended.</summary>
    public async Task ReadUntilAsync(Func<bool> isEnough, IReplayObserver observer)
    {
        while (!isEnough() && await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            AnswerLines.Read(line, observer);
        }
    }

    /// <summary>Kills the process, as a power failure would, and passes on what it had told before.</summary>
    /// <returns>The most memory that it had, in bytes, and whether it was killed; false when it had come to its end.</returns>
    /// <exception cref="BadInputException">It had ended because something cannot be used.</exception>
    public async Task<(long PeakMemory, bool IsKilled)> KillAsync(IReplayObserver observer)
    {
        _process.Refresh();
        var memory = _process.HasExited ? 0 : _process.PeakWorkingSet64;
        _process.Kill();
        await ReadUntilAsync(() => false, observer);
        await _process.WaitForExitAsync();
        var errors = await _errors;
        return errors.Length == 0 ? (memory, _process.ExitCode == _killed) : throw new BadInputException(errors.Trim());
    }

    public void Dispose() => _process.Dispose();
}
