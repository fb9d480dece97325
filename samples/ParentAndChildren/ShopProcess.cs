using System.Diagnostics;
using System.Globalization;

namespace ParentAndChildren;

/// <summary>This program once more, at work in a process of its own that can be killed.</summary>
public sealed class ShopProcess : IDisposable
{
    private readonly Process _process;

    private ShopProcess(Process process) => _process = process;

    public static ShopProcess Start(string file, DateTimeOffset now, int? holdAfter = null)
    {
        // The program may run by itself, or as an assembly of dotnet.
        var assembly = typeof(ShopProcess).Assembly;
        var isProgram = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == assembly.GetName().Name;
        var start = new ProcessStartInfo(isProgram ? Environment.ProcessPath! : "dotnet") { RedirectStandardOutput = true };
        if (!isProgram)
        {
            start.ArgumentList.Add(assembly.Location);
        }

        foreach (var argument in new[] { "--work", file, now.ToString("O", CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        if (holdAfter is { } deliveries)
        {
            start.ArgumentList.Add(deliveries.ToString(CultureInfo.InvariantCulture));
        }

        return new ShopProcess(Process.Start(start)!);
    }

    /// <summary>The next thing that it tells; null when it has ended.</summary>
    public ValueTask<string?> ReadAsync() => _process.StandardOutput.ReadLineAsync(CancellationToken.None);

    /// <summary>Kills it, as a power failure would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It has failed.</exception>
    public async Task EndAsync()
    {
        await _process.WaitForExitAsync();
        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The shop ended with exit code {_process.ExitCode}.");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
