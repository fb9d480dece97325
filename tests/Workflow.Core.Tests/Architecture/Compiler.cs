using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The compiler that this project was built with, for examples that stand in texts.</summary>
internal static class Compiler
{
    private const string ImplicitUsings =
        "global using System;\nglobal using System.Collections.Generic;\nglobal using System.IO;\nglobal using System.Linq;\n" +
        "global using System.Threading;\nglobal using System.Threading.Tasks;\n";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    /// <summary>Compiles a program that uses the library, with the settings of the projects of this repository.</summary>
    /// <param name="source">The program.</param>
    /// <param name="program">Where to put it.</param>
    /// <returns>The compiler's complaints, warnings included; nothing when the program was made.</returns>
    public static async Task<string> CompileAsync(string source, string program)
    {
        var settings = program + ".rsp";
        await File.WriteAllTextAsync(program + ".cs", source);
        await File.WriteAllTextAsync(program + ".usings.cs", ImplicitUsings);
        await File.WriteAllLinesAsync(settings,
        [
            "-nologo -target:exe -langversion:14 -nullable:enable -warnaserror+ -deterministic+ -nowarn:1701,1702",
            $"-out:\"{program}\"",
            .. References().Select(reference => $"-reference:\"{reference}\""),
            $"\"{program}.cs\"",
            $"\"{program}.usings.cs\"",
        ]);
        var host = Of("CompilerHost") is { Length: > 0 } known ? known : "dotnet";
        var start = new ProcessStartInfo(host, [Of("Compiler"), "-noconfig", "@" + settings]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = CultureInfo.InvariantCulture.Name;
        using var compiler = Process.Start(start)!;
        using var limit = new CancellationTokenSource(_patience);
        var complaints = await compiler.StandardOutput.ReadToEndAsync(limit.Token);
        await compiler.WaitForExitAsync(limit.Token);
        return compiler.ExitCode == 0 ? complaints.Trim() : $"{complaints}exit code {compiler.ExitCode}";
    }

    /// <summary>The framework, and the library as these tests use it.</summary>
    private static string[] References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static string Of(string key) => typeof(Compiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => string.Equals(metadata.Key, key, StringComparison.Ordinal)).Value!;
}
