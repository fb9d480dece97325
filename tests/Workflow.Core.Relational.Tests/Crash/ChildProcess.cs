using System.Diagnostics;
using System.Globalization;
using Workflow.Core.CrashChild;

namespace Workflow.Core.Relational.Tests.Crash;

/// <summary>A child that runs load on a database, and what it has said.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Longer than any child has ever taken: only one that hangs is still there then.</summary>
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];
    private readonly Process _process;
    private readonly int _linesToWaitFor;
    private readonly Task<string> _errors;
    private readonly Task _listening;

    private ChildProcess(Process process, int linesToWaitFor)
    {
        _process = process;
        _linesToWaitFor = linesToWaitFor;
        _errors = process.StandardError.ReadToEndAsync();
        _listening = ListenAsync();
    }

    /// <summary>The exit code of a process that was killed.</summary>
    public static int Killed => 128 + 9;

    /// <summary>Starts a child. Each one runs under a culture whose numbers or letters are not those of English (statement 14.7b).</summary>
    /// <param name="options">The options for the child.</param>
    /// <param name="linesToWaitFor">After how many lines it is busy.</param>
    public static ChildProcess Start(ChildOptions options, int linesToWaitFor = 1)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["LC_ALL"] = int.IsOddInteger(options.Incarnation) ? "sv_SE.UTF-8" : "tr_TR.UTF-8";
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Workflow.Core.CrashChild.dll"));
        foreach (var argument in options.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        return new ChildProcess(Process.Start(start)!, linesToWaitFor);
    }

    /// <summary>Waits until it has said so many lines, or has ended.</summary>
    public Task BusyAsync() => _busy.Task.WaitAsync(_deadline);

    public void Kill() => _process.Kill();

    /// <summary>Sends SIGTERM.</summary>
    public async Task AskToStopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>How, and what it has said before: each line a word and what it is about.</returns>
    public async Task<(int ExitCode, IReadOnlyList<Acknowledgement> Said)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(_deadline);
        await _listening.WaitAsync(_deadline);
        var errors = await _errors.WaitAsync(_deadline);
        errors.ShouldBeEmpty();
        return (_process.ExitCode, [.. _lines.Select(Acknowledgement.Parse)]);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>A line that was cut off by the end of the process has not been said.</summary>
    private async Task ListenAsync()
    {
        var text = "";
        var buffer = new char[4096];
        int count;
        while ((count = await _process.StandardOutput.ReadAsync(buffer)) > 0)
        {
            text += new string(buffer, 0, count);
            int end;
            while ((end = text.IndexOf('\n', StringComparison.Ordinal)) >= 0)
            {
                _lines.Add(text[..end]);
                text = text[(end + 1)..];
                if (_lines.Count == _linesToWaitFor)
                {
                    _busy.TrySetResult();
                }
            }
        }

        _busy.TrySetResult();
    }
}
