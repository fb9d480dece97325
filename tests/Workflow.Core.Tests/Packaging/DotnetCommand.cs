using System.Diagnostics;
using System.Reflection;

namespace Workflow.Core.Tests.Packaging;

/// <summary>A command of the SDK that these tests were built with, as a process of its own.</summary>
internal static class DotnetCommand
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    /// <summary>Variables that the test run, or its caller, means for itself: the packages would come from elsewhere, or the build be set up for
    /// another.</summary>
    private static readonly string[] _foreign = ["NUGET_PACKAGES", "NUGET_FALLBACK_PACKAGES", "DOTNET_STARTUP_HOOKS", "CORECLR_ENABLE_PROFILING"];

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">The command and what it takes.</param>
    /// <returns>The output of the command.</returns>
    /// <exception cref="AssertionException">It failed, or took too long; the message has what it said.</exception>
    public static async Task<string> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        var host = typeof(DotnetCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "CompilerHost").Value;
        var start = new ProcessStartInfo(host is { Length: > 0 } ? host : "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(
            name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || _foreign.Contains(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(_patience);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        var command = string.Join(' ', start.ArgumentList);
        return process is { HasExited: true, ExitCode: 0 } && !limit.IsCancellationRequested
            ? await output
            : throw new AssertionException(
                $"'dotnet {command}' {(limit.IsCancellationRequested ? $"took longer than {_patience}" : "failed")}:\n{await output}\n{await errors}");
    }
}
