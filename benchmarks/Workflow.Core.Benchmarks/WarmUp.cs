using System.Diagnostics;
using System.Globalization;

namespace Workflow.Core.Benchmarks;

/// <summary>Runs both sides of a comparison, in turns, until the compiler has done with them. It compiles beside the first runs, and compiles frequent calls
/// again and better. That takes seconds for an engine and next to nothing for a loop. Without this its half-finished work would be measured, and in too short
/// iterations, since their length is chosen by how long the first runs take.</summary>
internal static class WarmUp
{
    /// <summary>Says for how many seconds. It is set for the processes that measure; without it nothing is warmed up.</summary>
    public const string Variable = "WARM_UP_SECONDS";

    public static void Run(Func<Task<int>> engine, Func<Task<int>> baseline)
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var seconds))
        {
            return;
        }

        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(seconds))
        {
            Check.Completes(engine());
            Check.Completes(baseline());
        }
    }
}
