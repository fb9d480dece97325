using System.Globalization;
using System.Reflection;
using System.Text;
using BenchmarkDotNet.Environments;

namespace Workflow.Core.Benchmarks;

/// <summary>A page of results, whatever was measured and however: it begins with the machine and the commit.</summary>
internal sealed class Page
{
    private readonly StringBuilder _text = new();

    /// <summary>The version of the program ends with the commit that it was built from.</summary>
    private static string Commit
    {
        get
        {
            var version = typeof(Page).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
            var plus = version.IndexOf('+', StringComparison.Ordinal);
            return plus < 0 ? "not known (built outside of a commit)" : version[(plus + 1)..];
        }
    }

    public static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public void Begin(string title, HostEnvironmentInfo host, string process)
    {
        Line($"# {title}");
        Line();
        Line("Written by the benchmark program; see [how to run it](../README.md). Only ratios and bytes mean anything on another machine.");
        Line();
        Line("```");
        foreach (var line in host.ToFormattedString())
        {
            Line(line);
        }

        Line(process);
        Line($"Commit {Commit}, {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {host.CpuInfo.Value.LogicalCoreCount} logical cores");
        Line("```");
        Line();
    }

    public void Line(string line = "") => _text.Append(line).Append('\n');

    public override string ToString() => _text.ToString();
}
